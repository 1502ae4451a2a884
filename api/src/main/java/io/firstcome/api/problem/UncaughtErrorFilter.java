package io.firstcome.api.problem;

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
 * Answers what filters throw, which no controller advice sees. Without it Tomcat would log the
 * error before the error page logs it again.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class UncaughtErrorFilter extends OncePerRequestFilter {
  private final ProblemWriter writer;

  UncaughtErrorFilter(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException e) {
      if (response.isCommitted()) {
        throw e;
      }
      writer.write(request, response, ProblemTranslator.translate(e));
    }
  }
}
