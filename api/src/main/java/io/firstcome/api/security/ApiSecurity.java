package io.firstcome.api.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
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
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * The chains, tried in this order: the actuator on its own port, the admin API as the pages of the
 * administrator call it, as everybody else calls it, the operator's interface, these pages, the
 * page that shows the API, taking part, and all the rest, where everything is denied that is not
 * listed. Sign-in exists in the admin's and the operator's chains alone: elsewhere credentials are
 * not even looked at, so that a wrong one cannot lock out a participant, and nobody makes the
 * server hash passwords at the door of a sale.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperatorSettings.class)
class ApiSecurity {
  /** What everybody may call; with which method is for the controllers to say, by 405. */
  private static final String[] PUBLIC = {
    "/",
    "/campaigns/*",
    "/assets/**",
    // Of the libraries that come along those that pages use, and not their sources.
    "/webjars/lit-html/*.js",
    "/webjars/lit-html/directives/*.js",
    "/webjars/echarts/echarts.esm.min.js",
    "/api/time",
    "/api/campaigns/**",
    "/api/participations/**",
    "/coupons/**",
    "/v3/api-docs/**",
    "/v3/api-docs.yaml",
  };

  /** What a sale minute consists of. */
  private static final String[] PARTICIPATION = {
    "/api/campaigns/*/participation", "/api/participations/*", "/coupons/**"
  };

  private static final String[] API_PAGE = {"/swagger-ui.html", "/swagger-ui/**"};

  private static final String CONTENT_POLICY =
      "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'self'";

  private final ProblemRefusals refusals;
  private final PageSignIn pages;

  ApiSecurity(ProblemRefusals refusals, PageSignIn pages) {
    this.refusals = refusals;
    this.pages = pages;
  }

  /**
   * The whole of the actuator's port: open without sign-in, because only the kubelet and the
   * metrics collector reach it. An actuator that somebody moves to the main port is not open: this
   * chain goes by the server that was called, and there the last one denies it.
   */
  @Bean
  @Order(1)
  SecurityFilterChain actuatorChain(HttpSecurity http) {
    return stateless(http, CONTENT_POLICY)
        .securityMatcher(ApiSecurity::isActuatorServer)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(EndpointRequest.toAnyEndpoint())
                .permitAll()
                .anyRequest()
                .denyAll())
        .exceptionHandling(errors ->
            errors
                .authenticationEntryPoint(refusals.nothingHereForAnyone())
                .accessDeniedHandler(refusals.nothingHere()))
        .build();
  }

  private static boolean isActuatorServer(HttpServletRequest request) {
    ApplicationContext called =
        WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext());
    return WebServerApplicationContext.hasServerNamespace(called, "management");
  }

  /** The admin API for a browser that has signed in at a page. */
  @Bean
  @Order(2)
  SecurityFilterChain adminApiOfPagesChain(HttpSecurity http, AuthenticationManager admin) {
    return pages
        .signedIn(stateless(http, CONTENT_POLICY), admin)
        .securityMatcher(pages::callsApi)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ASYNC)
                .permitAll()
                .anyRequest()
                .hasRole(AdminSignIn.ADMIN))
        .exceptionHandling(errors ->
            errors
                .authenticationEntryPoint(refusals.askForSignIn(false, false))
                .accessDeniedHandler(refusals.forgedOrRoleMissing()))
        .build();
  }

  @Bean
  @Order(3)
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

  /** Without a token this interface does not exist. */
  @Bean
  @Order(4)
  SecurityFilterChain operatorChain(HttpSecurity http, OperatorSettings operator) {
    stateless(http, CONTENT_POLICY).securityMatcher("/api/internal/**");
    String token = operator.token();
    if (token == null) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
          .exceptionHandling(errors ->
              errors
                  .authenticationEntryPoint(refusals.nothingHereForAnyone())
                  .accessDeniedHandler(refusals.nothingHere()))
          .build();
    }
    return http.addFilterBefore(new OperatorSignIn(token), AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(requests -> requests.anyRequest().hasRole(OperatorSignIn.OPERATOR))
        .exceptionHandling(errors ->
            errors
                .authenticationEntryPoint(refusals.askForSignIn(false, true))
                .accessDeniedHandler(refusals.nothingHere()))
        .build();
  }

  @Bean
  @Order(5)
  SecurityFilterChain adminPagesChain(HttpSecurity http, AuthenticationManager admin) {
    stateless(http, CONTENT_POLICY)
        .securityMatcher("/admin", "/admin/**", PageSignIn.SIGN_IN, PageSignIn.SIGN_OUT)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(PageSignIn.SIGN_IN)
                .permitAll()
                .anyRequest()
                .hasRole(AdminSignIn.ADMIN))
        .exceptionHandling(errors ->
            errors
                .authenticationEntryPoint(pages.leadToSignIn())
                .accessDeniedHandler(refusals.forgedOrRoleMissing()));
    return pages.signInAndOut(pages.signedIn(http, admin)).build();
  }

  /** The page for the OpenAPI document draws its arrows from data: images. */
  @Bean
  @Order(6)
  SecurityFilterChain apiPageChain(HttpSecurity http) {
    return stateless(http, CONTENT_POLICY + "; img-src 'self' data:")
        .securityMatcher(API_PAGE)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  /**
   * Participants have no identity here and nothing is asked of them, so of the chain only the
   * headers are left: a request of theirs is what this process spends its time on.
   */
  @Bean
  @Order(7)
  SecurityFilterChain participationChain(HttpSecurity http) {
    return stateless(http, CONTENT_POLICY)
        .securityMatcher(PARTICIPATION)
        .anonymous(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable)
        .securityContext(AbstractHttpConfigurer::disable)
        .sessionManagement(AbstractHttpConfigurer::disable)
        .exceptionHandling(AbstractHttpConfigurer::disable)
        .build();
  }

  @Bean
  @Order(8)
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
        // Forged requests live off a cookie that the browser adds by itself. There is no session;
        // credentials are in a header that the caller sets, and where they are in a cookie
        // PageSignIn
        // switches this on again.
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
