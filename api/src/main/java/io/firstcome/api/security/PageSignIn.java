package io.firstcome.api.security;

import io.firstcome.core.place.RequestIds;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.rememberme.TokenBasedRememberMeServices;
import org.springframework.security.web.authentication.rememberme.TokenBasedRememberMeServices.RememberMeTokenAlgorithm;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * The administrator in a browser: signs in with name and password at a page, and is then known by a
 * cookie that says who, until when, and is signed. No process keeps anything of it, so every
 * replica takes it; another password ends it. The cookie is not sent with requests that other sites
 * cause, and a change needs a token besides that only our own pages can read.
 */
@Component
final class PageSignIn {
  static final String SIGN_IN = "/sign-in";
  static final String SIGN_OUT = "/sign-out";

  private static final String COOKIE = "firstcome-admin";
  private static final String SAME_SITE = "SameSite";
  private static final Duration LENGTH = Duration.ofHours(12);
  private static final Pattern ADMIN_PAGE = Pattern.compile("/admin([/?][!-~&&[^\\\\]]*)?");

  private final AdminSettings settings;
  private final TokenBasedRememberMeServices cookie;
  private final String key;

  PageSignIn(AdminSettings settings, UserDetailsService administrators, RequestIds secrets) {
    this.settings = settings;
    this.key = key(secrets);
    this.cookie =
        new TokenBasedRememberMeServices(key, administrators, RememberMeTokenAlgorithm.SHA256);
    cookie.setCookieName(COOKIE);
    cookie.setAlwaysRemember(true);
    cookie.setTokenValiditySeconds((int) LENGTH.toSeconds());
    cookie.setCookieCustomizer(made -> made.setAttribute(SAME_SITE, "Strict"));
  }

  /** What the cookie is signed with, besides the stored form of the password. */
  static String key(RequestIds secrets) {
    return secrets.secretFor("sign-in of administrators at pages");
  }

  /**
   * Whether a page of the administrator calls the admin API, and not a program with credentials.
   */
  boolean callsApi(HttpServletRequest request) {
    return request.getServletPath().startsWith("/api/admin/")
        && request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && cookie(request) != null;
  }

  /** Takes the cookie for a sign-in, and asks for the token with every change. */
  HttpSecurity signedIn(HttpSecurity http, AuthenticationManager admin) {
    var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    tokens.setCookieCustomizer(made -> made.sameSite("Strict"));
    return http.authenticationManager(admin)
        // Nobody gains anything by signing somebody in: that takes the password.
        .csrf(csrf -> csrf.spa().csrfTokenRepository(tokens).ignoringRequestMatchers(SIGN_IN))
        .rememberMe(remember -> remember.rememberMeServices(cookie).key(key));
  }

  /** Adds the form's two ends. Without a password there is no way in here. */
  HttpSecurity signInAndOut(HttpSecurity http) {
    if (settings.passwordHash() != null) {
      http.formLogin(form ->
          form.loginPage(SIGN_IN)
              .loginProcessingUrl(SIGN_IN)
              .successHandler(new ToWantedPage())
              .failureHandler((request, response, _) ->
                  response.sendRedirect(signIn("error&", request.getParameter("next")))));
    }
    return http.logout(logout ->
        logout
            .logoutUrl(SIGN_OUT)
            .addLogoutHandler(cookie)
            .logoutSuccessHandler((_, response, _) -> response.setStatus(204)));
  }

  AuthenticationEntryPoint leadToSignIn() {
    return (request, response, _) -> {
      var query = request.getQueryString();
      var wanted = request.getRequestURI() + (query == null ? "" : "?" + query);
      var reason = settings.passwordHash() == null ? "off&" : "";
      response.sendRedirect(signIn(reason, wanted));
    };
  }

  private static String signIn(String reason, @Nullable String next) {
    return SIGN_IN
        + "?"
        + reason
        + "next="
        + URLEncoder.encode(adminPage(next), StandardCharsets.UTF_8);
  }

  /** Nowhere but to a page of the administrator, whatever the address said. */
  static String adminPage(@Nullable String wanted) {
    return wanted != null && ADMIN_PAGE.matcher(wanted).matches() ? wanted : "/admin";
  }

  private static @Nullable Cookie cookie(HttpServletRequest request) {
    return WebUtils.getCookie(request, COOKIE);
  }

  private static final class ToWantedPage extends SimpleUrlAuthenticationSuccessHandler {
    @Override
    protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response) {
      return adminPage(request.getParameter("next"));
    }
  }
}
