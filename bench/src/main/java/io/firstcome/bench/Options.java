package io.firstcome.bench;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line. */
record Options(Set<Experiment> experiments, Scale scale, @Nullable Path json) {
  enum Experiment {
    EXPERIMENT1,
    EXPERIMENT2,
    EXPERIMENT3
  }

  private static final int ROUNDS = 5;
  private static final int ROUNDS_MAX = 50;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Options parse(List<String> arguments) {
    var experiments = EnumSet.noneOf(Experiment.class);
    int rounds = ROUNDS;
    boolean isSmoke = false;
    Path json = null;
    for (var words = arguments.iterator(); words.hasNext(); ) {
      var word = words.next();
      switch (word) {
        case "experiment1", "experiment2", "experiment3" ->
            experiments.add(Experiment.valueOf(word.toUpperCase(Locale.ROOT)));
        case "all" -> experiments.addAll(EnumSet.allOf(Experiment.class));
        case "--smoke" -> isSmoke = true;
        case "--rounds" -> rounds = rounds(value(word, words));
        case "--json" -> json = Path.of(value(word, words));
        default -> throw new IllegalArgumentException("Unknown argument " + word);
      }
    }
    if (experiments.isEmpty()) {
      experiments.addAll(EnumSet.allOf(Experiment.class));
    }
    return new Options(experiments, isSmoke ? Scale.smoke() : Scale.full(rounds), json);
  }

  private static String value(String option, java.util.Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return words.next();
  }

  private static int rounds(String text) {
    if (!text.matches("[0-9]{1,2}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > ROUNDS_MAX) {
      throw new IllegalArgumentException("--rounds takes a number from 1 to " + ROUNDS_MAX);
    }
    return Integer.parseInt(text);
  }
}
