package io.firstcome.api.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No endpoint reads more than 16 KiB of body: then its stream throws {@code REQUEST_TOO_LARGE}. The
 * limit strikes while the body is read, not before, so that whatever a controller refuses without
 * reading, such as an unknown campaign, keeps its precedence. It counts bytes, because a
 * Content-Length may be absent.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class RequestBodyLimit extends OncePerRequestFilter {
  static final int BODY_BYTES_MAX = 16 * 1024;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new LimitedRequest(request, BODY_BYTES_MAX), response);
  }
}
