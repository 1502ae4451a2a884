package io.firstcome.api.security;

import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Three chains, tried in this order: the actuator on its own port, the admin API, and all the rest,
 * where everything is denied that is not listed. Sign-in exists in the admin chain alone: elsewhere
 * credentials are not even looked at, so that a wrong one cannot lock out a participant.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
  /** What everybody may call; with which method is for the controllers to say, by 405. */
  private static final String[] PUBLIC = {
    "/api/campaigns/**",
    "/api/participations/**",
    "/coupons/**",
    "/v3/api-docs/**",
    "/v3/api-docs.yaml",
  };

  private static final String[] API_PAGE = {"/swagger-ui.html", "/swagger-ui/**"};

  private static final String CONTENT_POLICY =
      "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'self'";

  private final ProblemRefusals refusals;

  ApiSecurity(ProblemRefusals refusals) {
    this.refusals = refusals;
  }

  /**
   * Open without sign-in, because it is reached by the kubelet and the metrics collector only. If
   * somebody puts the actuator on the main port this chain is absent and the actuator is denied.
   */
  @Bean
  @Order(1)
  @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
  SecurityFilterChain actuatorChain(HttpSecurity http) {
    return stateless(http, CONTENT_POLICY)
        .securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain adminChain(
      HttpSecurity http,
      AuthenticationManager adminAuthentication,
      AdminSettings settings,
      ObjectProvider<JwtDecoder> decoder) {
    boolean password = settings.passwordHash() != null;
    boolean token = decoder.getIfAvailable() != null;
    AuthenticationEntryPoint signIn = refusals.askForSignIn(password, token);
    stateless(http, CONTENT_POLICY)
        .securityMatcher("/api/admin/**")
        .authenticationManager(adminAuthentication)
        .authorizeHttpRequests(requests ->
            requests
                // Its first dispatch was let in already, and the stateless second has no
                // credentials of its own.
                .dispatcherTypeMatchers(DispatcherType.ASYNC)
                .permitAll()
                .anyRequest()
                .hasRole(AdminSignIn.ADMIN))
        .exceptionHandling(errors ->
            errors.authenticationEntryPoint(signIn).accessDeniedHandler(refusals.roleMissing()));
    if (password) {
      http.httpBasic(basic -> basic.authenticationEntryPoint(signIn));
    }
    if (token) {
      http.oauth2ResourceServer(oauth ->
          oauth
              .jwt(jwt -> jwt.authenticationManager(adminAuthentication))
              .authenticationEntryPoint(signIn)
              .accessDeniedHandler(refusals.roleMissing()));
    }
    return http.build();
  }

  /** The page for the OpenAPI document draws its arrows from data: images. */
  @Bean
  @Order(3)
  SecurityFilterChain apiPageChain(HttpSecurity http) {
    return stateless(http, CONTENT_POLICY + "; img-src 'self' data:")
        .securityMatcher(API_PAGE)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(4)
  SecurityFilterChain publicChain(HttpSecurity http) {
    return stateless(http, CONTENT_POLICY)
        .authorizeHttpRequests(requests ->
            requests
                // The original request of these was let in or refused already.
                .dispatcherTypeMatchers(
                    DispatcherType.ERROR,
                    DispatcherType.INCLUDE,
                    DispatcherType.ASYNC,
                    DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(PUBLIC)
                .permitAll()
                .anyRequest()
                .denyAll())
        .exceptionHandling(errors ->
            errors
                .authenticationEntryPoint(refusals.nothingHereForAnyone())
                .accessDeniedHandler(refusals.nothingHere()))
        .build();
  }

  @Bean
  RequestRejectedHandler requestRejectedHandler() {
    return refusals.rejected();
  }

  private static HttpSecurity stateless(HttpSecurity http, String contentPolicy) {
    return http
        // Forged requests live off a cookie that the browser adds by itself. There is no session
        // and no cookie here: credentials are in a header that the caller sets.
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(contentPolicy))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)));
  }
}
