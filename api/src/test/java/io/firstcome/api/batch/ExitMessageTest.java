package io.firstcome.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitMessageTest {
  @Test
  void showsWhatAJobSaysAndNoStackTraces() {
    assertThat(ExitMessage.shown(null)).isNull();
    assertThat(ExitMessage.shown("")).isNull();
    assertThat(ExitMessage.shown("20 campaigns; 1 of them failed: sale"))
        .isEqualTo("20 campaigns; 1 of them failed: sale");
    assertThat(ExitMessage.shown("java.lang.IllegalStateException: SELECT secret"))
        .isEqualTo("It failed; the log of the job says why.");
    assertThat(
            ExitMessage.shown(
                "java.lang.IllegalStateException\n\tat io.firstcome.batch.Job.run(Job.java:1)\n"))
        .isEqualTo("It failed; the log of the job says why.");
    assertThat(ExitMessage.shown("SELECT secret\n\tat java.base/java.lang.Thread.run(Thread:1)"))
        .isEqualTo("It failed; the log of the job says why.");
  }
}
