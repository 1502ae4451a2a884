package io.firstcome.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningPartsTest {
  private final List<Part> stopped = new ArrayList<>();
  private final RunningParts parts = new RunningParts();

  @Test
  void stopsInTheOrderOfThePartsWhateverWasStartedFirst() {
    add(Part.DATABASE);
    add(Part.API);
    add(Part.KAFKA);
    add(Part.CONSUMER);
    parts.stop();
    assertThat(stopped).containsExactly(Part.API, Part.CONSUMER, Part.KAFKA, Part.DATABASE);
  }

  @Test
  void onePartThatDoesNotStopDoesNotKeepTheOthers() {
    parts.add(
        Part.API,
        () -> {
          throw new IllegalStateException("stuck");
        });
    add(Part.DATABASE);
    parts.stop();
    assertThat(stopped).containsExactly(Part.DATABASE);
  }

  @Test
  void whatIsStartedAfterTheStopIsStoppedAtOnce() {
    parts.stop();
    assertThatThrownBy(() -> add(Part.KAFKA)).isInstanceOf(RefusedException.class);
    assertThat(stopped).containsExactly(Part.KAFKA);
  }

  private void add(Part part) {
    parts.add(part, () -> stopped.add(part));
  }
}
