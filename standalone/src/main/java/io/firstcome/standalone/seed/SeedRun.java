package io.firstcome.standalone.seed;

import io.firstcome.standalone.ConnectionFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes campaigns and writes their history, several at a time. A campaign is written by one thread
 * in order, because the order of its rows is the order of its decisions.
 */
final class SeedRun {
  private final ConnectionFile product;
  private final AdminApi api;
  private final AtomicBoolean stopped;
  private final AtomicInteger campaigns = new AtomicInteger();

  /**
   * A run that has not begun.
   *
   * @param stopped set by whoever wants it to end early
   */
  SeedRun(ConnectionFile product, AdminApi api, AtomicBoolean stopped) {
    this.product = product;
    this.api = api;
    this.stopped = stopped;
  }

  /** How many campaigns have been made so far. */
  int campaigns() {
    return campaigns.get();
  }

  /** Writes all of it, or what comes before the stop. */
  void write(List<CampaignPlan> plans, int writers, Progress progress)
      throws IOException, SQLException, InterruptedException {
    try (var threads = Executors.newFixedThreadPool(writers)) {
      var written = new ArrayList<Future<?>>();
      for (var plan : plans) {
        written.add(
            threads.submit(() -> {
              write(plan, progress);
              return null;
            }));
      }
      for (var one : written) {
        one.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case SQLException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private void write(CampaignPlan plan, Progress progress)
      throws IOException, SQLException, InterruptedException {
    if (stopped.get()) {
      return;
    }
    try (var writer = new HistoryWriter(product)) {
      long id = api.create(plan);
      campaigns.incrementAndGet();
      var requests = new PastRequests(plan, id);
      while (requests.hasNext() && !stopped.get()) {
        progress.add(writer.write(id, requests));
      }
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      // What fails for one fails for the others: they need not go on.
      stopped.set(true);
      throw e;
    }
  }
}
