package io.firstcome.standalone.seed;

import io.firstcome.standalone.AdminPassword;
import io.firstcome.standalone.ConnectionFile;
import io.firstcome.standalone.RefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What {@code ./firstcome seed} runs. It ends with code 2 and one line if the user has to change
 * something, with 1 if something broke, with 130 after Ctrl-C.
 */
public final class Seed {
  private static final int REFUSED = 2;
  private static final int BROKEN = 1;
  private static final int STOPPED = 130;
  private static final long STOP_MAX_S = 10;

  /** More gain nothing: the database is busy with this many. */
  private static final int WRITERS = 3;

  private final PrintStream out;
  private final boolean onTerminal;
  private final Map<String, String> environment;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private Seed(PrintStream out, boolean onTerminal, Map<String, String> environment) {
    this.out = out;
    this.onTerminal = onTerminal;
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    var seed = new Seed(System.out, isTerminal(), System.getenv());
    var finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> seed.stop(finished), "stop"));
    int code = seed.run(arguments);
    finished.countDown();
    System.exit(code);
  }

  // It is null where the property jdk.console says java.base, as it does by default in some
  // releases.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /** Ctrl-C: the transactions that are under way are finished. */
  private void stop(CountDownLatch finished) {
    stopped.set(true);
    try {
      var _ = finished.await(STOP_MAX_S, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private int run(String... arguments) {
    try {
      var options = SeedOptions.parse(arguments);
      if (options.help()) {
        out.print(SeedOptions.helpText());
        return 0;
      }
      var product = ConnectionFile.read(options.data()).orElseThrow(() -> notRunning(options));
      var password = AdminPassword.known(options.data(), environment);
      try (var api = new AdminApi(product.pages(), password)) {
        try {
          api.check();
        } catch (ConnectException _) {
          // A product that was killed has left its file.
          throw notRunning(options);
        }
        if (options.remove()) {
          remove(api);
        } else {
          write(options, product, password, api);
        }
      }
      return stopped.get() ? STOPPED : 0;
    } catch (RefusedException e) {
      System.err.println(e.getMessage());
      return REFUSED;
    } catch (IOException | SQLException | RuntimeException e) {
      System.err.println("It did not work: " + e.getMessage());
      return BROKEN;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return STOPPED;
    }
  }

  private static RefusedException notRunning(SeedOptions options) {
    return new RefusedException(
        "Firstcome is not running on %s. Start it first: ./firstcome up --detach"
            .formatted(options.data()));
  }

  private void write(
      SeedOptions options, ConnectionFile product, AdminPassword password, AdminApi api)
      throws IOException, SQLException, InterruptedException {
    var now = Instant.now();
    var plans = HistoryPlan.of(options, now, product.timeZone(), now.toEpochMilli());
    var run = new SeedRun(product, api, stopped);
    var progress = Progress.start(out, onTerminal, "rows", options.rows());
    try (progress) {
      run.write(plans, WRITERS, progress);
    } catch (IOException | SQLException | RuntimeException e) {
      stopped.set(true);
      throw e;
    } finally {
      if (stopped.get()) {
        out.printf(
            Locale.ROOT,
            "Stopped. %,d rows in %d campaigns were written, whole as they are;"
                + " this takes them away: %s%n",
            progress.done(),
            run.campaigns(),
            removal(options));
      }
    }
    if (!stopped.get()) {
      summarise(progress, plans.getFirst(), plans.size());
      hint(product.pages(), password, plans.getFirst().lastDay().toString());
      out.println("Take all of it away again: " + removal(options));
    }
  }

  private void summarise(Progress progress, CampaignPlan plan, int campaigns) {
    double seconds = progress.took().toMillis() / 1000.0;
    out.printf(
        Locale.ROOT,
        "Generated %,d rows in %d campaigns and %d days, %s to %s (%s): %.1f s, %,.0f rows a"
            + " second.%n",
        progress.done(),
        campaigns,
        plan.rowsByDay().size(),
        plan.firstDay(),
        plan.lastDay(),
        plan.zone(),
        seconds,
        Progress.rate(progress.done(), progress.took()));
  }

  private void hint(String pages, AdminPassword password, String date) {
    var curl = "curl -sS -u %s:%s".formatted(AdminPassword.ACCOUNT, password.forShell());
    out.println("Try it:");
    out.printf(
        Locale.ROOT, "  %s -X POST '%s/api/admin/batch/aggregate?date=%s'%n", curl, pages, date);
    out.printf(Locale.ROOT, "  %s '%s/api/admin/stats/daily?date=%s'%n", curl, pages, date);
  }

  private static String removal(SeedOptions options) {
    var data = options.data().toString().replace("'", "'\\''");
    return "./firstcome seed --remove --data '%s'".formatted(data);
  }

  private void remove(AdminApi api) throws IOException, InterruptedException {
    var generated = api.generated();
    if (generated.isEmpty()) {
      out.println("There are no generated campaigns.");
      return;
    }
    var progress = Progress.start(out, onTerminal, "campaigns", generated.size());
    try (progress) {
      for (var campaign : generated) {
        if (stopped.get()) {
          break;
        }
        api.delete(campaign.id());
        progress.add(1);
      }
    }
    out.printf(
        Locale.ROOT, "Removed %d of %d generated campaigns.%n", progress.done(), generated.size());
  }
}
