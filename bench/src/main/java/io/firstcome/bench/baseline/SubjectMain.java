package io.firstcome.bench.baseline;

import io.firstcome.api.ApiApplication;
import io.firstcome.consumer.ConsumerApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One variant as a process. It prints "ready" and its port when it takes requests, and ends when
 * its input ends. Settings come as environment variables; {@code BENCH_SETTINGS} has those of the
 * api, a line each.
 */
public final class SubjectMain {
  private SubjectMain() {}

  public static void main(String[] args) throws Exception {
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    switch (args[0]) {
      case "drain" -> new Drainer().run(commands);
      case "firstcome" -> serve(firstcome(), commands);
      default -> serve(baseline(args[0]), commands);
    }
    System.exit(0);
  }

  /** The product's api and consumer, in one process like the baselines' two halves. */
  private static ConfigurableApplicationContext firstcome() {
    var given = System.getenv().getOrDefault("BENCH_SETTINGS", "").lines().map(s -> "--" + s);
    var own = Stream.of("--server.address=127.0.0.1", "--spring.main.log-startup-info=false");
    var api =
        ApiApplication.builder()
            .registerShutdownHook(false)
            .run(Stream.concat(given, own).toArray(String[]::new));
    var _ =
        ConsumerApplication.builder()
            .registerShutdownHook(false)
            .run("--spring.main.web-application-type=none", "--spring.main.log-startup-info=false");
    return api;
  }

  private static ConfigurableApplicationContext baseline(String variant) {
    return new SpringApplicationBuilder(BaselineApplication.of(variant))
        .properties("spring.config.name=bench-baseline")
        .registerShutdownHook(false)
        .run();
  }

  private static void serve(ConfigurableApplicationContext context, BufferedReader commands)
      throws IOException {
    System.out.println("ready " + context.getEnvironment().getProperty("local.server.port"));
    while (commands.readLine() != null) {
      // Nothing is asked of it but to end with its input.
    }
  }
}
