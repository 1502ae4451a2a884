package io.firstcome.api.problem;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Puts our error report in front of Tomcat's. The last valve added stands closest to the
 * application and reports first, hence the order: after Spring Boot's own customizers.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemReportCustomizer
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private final ProblemWriter writer;

  ProblemReportCustomizer(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(context -> {
      StandardHost host = (StandardHost) context.getParent();
      // Empty: otherwise Tomcat appends its own at start, closer than ours.
      host.setErrorReportValveClass("");
      host.getPipeline().addValve(new ProblemReportValve(writer));
    });
  }
}
