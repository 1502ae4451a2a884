package io.firstcome.api.security;

import static io.firstcome.slice.Caller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.error.ErrorCode;
import io.firstcome.slice.Caller;
import io.firstcome.slice.WebSlice;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The actuator as it is started outside of tests, which switch the metrics of Prometheus off. */
class ActuatorPortTest {
  @Test
  void showsTheCountedErrorsToPrometheus() {
    try (ConfigurableApplicationContext slice = start("--management.server.port=0")) {
      assertProblem(new Caller(port(slice, "server")).get("/nothing"), ErrorCode.NOT_FOUND);
      HttpResponse<String> answer =
          new Caller(port(slice, "management")).get("/actuator/prometheus");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .contains("firstcome_errors_total{code=\"NOT_FOUND\",owner=\"CLIENT\"} 1.0");
    }
  }

  @Test
  void isClosedIfSomebodyMovesItToTheMainPort() {
    try (ConfigurableApplicationContext slice = start("--management.server.port=")) {
      Caller caller = new Caller(port(slice, "server"));
      for (String path : new String[] {"/actuator", "/actuator/health", "/actuator/prometheus"}) {
        assertProblem(caller.get(path), ErrorCode.NOT_FOUND);
      }
    }
  }

  private static ConfigurableApplicationContext start(String actuatorPort) {
    return new SpringApplicationBuilder(WebSlice.class)
        .properties(WebSlice.CONFIG)
        .run("--server.port=0", "--" + WebSlice.HASH, actuatorPort);
  }

  private static int port(ConfigurableApplicationContext slice, String server) {
    return slice.getEnvironment().getRequiredProperty("local." + server + ".port", Integer.class);
  }
}
