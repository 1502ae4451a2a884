package io.firstcome.api.drain;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Between the signal to stop and the stop: the process is no longer ready, still takes every
 * request, and closes each connection behind its answer. A load balancer sends no new connections
 * to a process that is not ready, but clients keep the ones they have, and would send into the very
 * moment in which the server closes them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Drain extends OncePerRequestFilter implements ApplicationListener<ContextClosedEvent> {
  private static final Logger log = LoggerFactory.getLogger(Drain.class);

  private final Duration time;
  private final ApplicationContext context;
  private volatile boolean draining;

  Drain(DrainSettings settings, ApplicationContext context) {
    time = settings.drain();
    this.context = context;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (draining) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    chain.doFilter(request, response);
  }

  /**
   * Comes before every other listener, because the first thing that those stop is scheduled work.
   */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (!event.getApplicationContext().equals(context) || time.isZero()) {
      return;
    }
    log.info("Stopping: requests are taken for another {} s", time.toSeconds());
    draining = true;
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
