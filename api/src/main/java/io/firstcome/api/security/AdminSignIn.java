package io.firstcome.api.security;

import io.firstcome.core.place.RequestIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.RememberMeAuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * The ways to sign in as administrator: a password, or a token of an OIDC provider, or both. There
 * is no way without one of them, and no token is accepted whose issuer or audience nobody checks:
 * startup fails instead.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminSettings.class)
class AdminSignIn {
  static final String ADMIN = "ADMIN";

  private static final String ADMIN_SCOPE = "SCOPE_firstcome.admin";
  private static final String JWT_SETTINGS = "spring.security.oauth2.resourceserver.jwt";

  /** The administrator with the password, or nobody. */
  @Bean
  UserDetailsService administrators(AdminSettings settings) {
    var hash = settings.passwordHash();
    return hash == null
        ? new InMemoryUserDetailsManager()
        : new InMemoryUserDetailsManager(
            User.withUsername(settings.name()).password(hash).roles(ADMIN).build());
  }

  @Bean
  AuthenticationManager adminAuthentication(
      AdminSettings settings,
      UserDetailsService administrators,
      RequestIds secrets,
      ObjectProvider<JwtDecoder> decoder,
      OAuth2ResourceServerProperties oauth) {
    List<AuthenticationProvider> ways = new ArrayList<>();
    if (settings.passwordHash() != null) {
      ways.add(password(administrators));
      ways.add(new RememberMeAuthenticationProvider(PageSignIn.key(secrets)));
    }
    JwtDecoder tokens = decoder.getIfAvailable();
    if (tokens != null) {
      requireIssuerAndAudience(oauth.getJwt());
      ways.add(token(tokens));
    }
    if (ways.isEmpty()) {
      throw new IllegalStateException(
          "Nobody could sign in as administrator: set firstcome.admin.password-hash"
              + " ({bcrypt}...) or "
              + JWT_SETTINGS
              + ".issuer-uri and .audiences");
    }
    return new ProviderManager(ways);
  }

  /** The defaults let a token without an end live for ever. */
  @Bean
  OAuth2TokenValidator<Jwt> expiryRequired() {
    OAuth2Error endless =
        new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The token has no end", null);
    return token ->
        token.getExpiresAt() == null
            ? OAuth2TokenValidatorResult.failure(endless)
            : OAuth2TokenValidatorResult.success();
  }

  private static AuthenticationProvider password(UserDetailsService administrators) {
    // Only bcrypt: the usual delegates include one that compares plain text.
    PasswordEncoder encoder =
        new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder()));
    DaoAuthenticationProvider provider = new DaoAuthenticationProvider(administrators);
    provider.setPasswordEncoder(new RememberingPasswordEncoder(encoder));
    return provider;
  }

  private static AuthenticationProvider token(JwtDecoder decoder) {
    JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(AdminSignIn::authorities);
    JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
    provider.setJwtAuthenticationConverter(converter);
    return provider;
  }

  private static List<GrantedAuthority> authorities(Jwt token) {
    List<String> roles = token.hasClaim("roles") ? token.getClaimAsStringList("roles") : null;
    boolean admin =
        (roles != null && roles.contains(ADMIN))
            || new JwtGrantedAuthoritiesConverter()
                .convert(token).stream()
                    .anyMatch(authority -> ADMIN_SCOPE.equals(authority.getAuthority()));
    return admin ? List.of(new SimpleGrantedAuthority("ROLE_" + ADMIN)) : List.of();
  }

  private static void requireIssuerAndAudience(OAuth2ResourceServerProperties.Jwt settings) {
    String issuer = settings.getIssuerUri();
    if (issuer == null || issuer.isBlank()) {
      throw new IllegalStateException(
          JWT_SETTINGS
              + ".issuer-uri must be set: otherwise any issuer's tokens would be accepted");
    }
    List<String> audiences = settings.getAudiences();
    if (audiences == null || audiences.stream().allMatch(String::isBlank)) {
      throw new IllegalStateException(
          JWT_SETTINGS
              + ".audiences must be set: otherwise tokens for other services would be accepted");
    }
  }
}
