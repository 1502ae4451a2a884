package io.firstcome.api.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets the operator in by its token; who sends none or another one goes on as nobody. */
final class OperatorSignIn extends OncePerRequestFilter {
  static final String OPERATOR = "OPERATOR";

  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  OperatorSignIn(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var credentials = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    if (credentials.size() == 1 && isOperator(credentials.getFirst())) {
      var context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              "operator", null, List.of(new SimpleGrantedAuthority("ROLE_" + OPERATOR))));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }

  private boolean isOperator(String credentials) {
    if (!credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    var sent = credentials.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
    // Takes the same time wherever the first wrong byte is.
    return MessageDigest.isEqual(sent, token);
  }
}
