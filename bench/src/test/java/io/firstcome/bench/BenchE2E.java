package io.firstcome.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Everything once, small: what it says of speed is nobody's business here. */
class BenchE2E {
  @TempDir Path folder;

  @Test
  void runsAllExperimentsAndTheirGates() throws IOException {
    var json = folder.resolve("result.json");
    var console = new ByteArrayOutputStream();
    int code;
    try (var out = new PrintStream(console, true, StandardCharsets.UTF_8)) {
      code = Bench.run(out, "all", "--smoke", "--json", json.toString());
    }
    var text = console.toString(StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    assertThat(text)
        .contains("fdatasync of 4 KiB (F): ")
        .contains("innodb_flush_log_at_trx_commit=1")
        .contains("| Crowd: sold too many | of 50 | Firstcome | 0 | 0 to 0 |")
        .contains("| Drain of 500 on 1 | records/s | Firstcome |")
        .contains("| A day of 1,000 requests, read | ms, fastest of 5 | from the aggregate |")
        .contains("nothing is said of speed");
    var result = new JsonMapper().readTree(json);
    assertThat(result.path("measured").size()).isGreaterThan(30);
    assertThat(result.path("machine").path("Servers").asString()).contains("Kafka");
    assertThat(Files.readString(folder.resolve("result.svg"))).startsWith("<svg").contains("L1");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(Bench.run(System.out, "experiment4")).isEqualTo(2);
    assertThat(Bench.run(System.out, "--rounds", "0")).isEqualTo(2);
    assertThat(Bench.run(System.out, "--json")).isEqualTo(2);
  }
}
