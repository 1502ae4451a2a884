package io.firstcome.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.kubernetes.Page.Block;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void commandsAreFoundWithWhatTheyShow() {
    var page =
        Page.parse(
            """
            # Page
            ## First
            Text.
            ```sh
            echo 1
            echo 2
            ```
            ```text
            1
            2
            ```
            ## Second
            ```sh until=60s
            date
            ```
            Text in between: this is not what it prints.
            ```text
            Monday
            ```
            ```sh example
            rm -rf /
            ```
            ```yaml
            a: b
            ```
            """);

    assertThat(page.blocks())
        .containsExactly(
            new Block("First", "echo 1\necho 2\n", Duration.ZERO, new Shown(List.of("1", "2"))),
            new Block("Second", "date\n", Duration.ofSeconds(60), new Shown(List.of())));
  }
}
