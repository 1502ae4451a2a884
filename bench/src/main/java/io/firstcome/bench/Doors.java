package io.firstcome.bench;

import io.firstcome.bench.OpenLoop.FollowUp;
import io.firstcome.bench.OpenLoop.Next;
import io.firstcome.bench.OpenLoop.Outcome;
import io.firstcome.bench.OpenLoop.Plan;
import io.firstcome.bench.Stage.Campaign;
import io.firstcome.testing.ApiSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The variants as servers, and how a participant talks to each of them. */
final class Doors implements AutoCloseable {
  static final String EMPTY = "L1 nothing behind";
  static final String SYNC = "B0 sync";
  static final String RECORD = "B1 record by record";
  static final String REDIS = "B2 Redis script";
  static final String SCRIPT = "L5 script only";
  static final String OURS = "Firstcome";

  /** How often a participant of B1 asks; the usual interval. */
  static final Duration POLLING = Duration.ofMillis(500);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long STOCK_OF_SCRIPTS = 1_000;

  private final Stage stage;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();
  private final Optional<Redis> redis = Redis.start();

  Doors(Stage stage) {
    this.stage = stage;
    var environment = new HashMap<>(stage.environment());
    environment.put("BENCH_SETTINGS", apiSettings(stage));
    redis.ifPresent(server -> environment.put("BENCH_REDIS_PORT", "" + server.port()));
    subjects.put(EMPTY, Subject.start("empty", environment));
    subjects.put(SYNC, Subject.start("sync", environment));
    subjects.put(RECORD, Subject.start("record", environment));
    redis.ifPresent(_ -> subjects.put(REDIS, Subject.start("redis", environment)));
    subjects.put(OURS, Subject.start("firstcome", environment));
  }

  /** What the api has to be told; the tables are there already. */
  static String apiSettings(Stage stage) {
    return String.join("\n", ApiSettings.on(stage.database())) + "\nspring.flyway.enabled=false";
  }

  /** All that can run here; without B2 if no Redis or Valkey server is installed. */
  List<String> variants() {
    return new ArrayList<>(subjects.keySet());
  }

  Subject subject(String variant) {
    return Objects.requireNonNull(subjects.get(variant));
  }

  /** L5, where it can be measured. */
  OptionalDouble scriptsPerSecond() throws Exception {
    if (redis.isEmpty()) {
      return OptionalDouble.empty();
    }
    return redis.get().decisionsPerSecond(campaign(REDIS, STOCK_OF_SCRIPTS).id());
  }

  /** A campaign that the variant serves; its consumer, if it has one, reads the log already. */
  Campaign campaign(String variant, long stock) throws Exception {
    return switch (variant) {
      case OURS -> {
        var campaign = stage.campaign(1, stock);
        stage.awaitReader("firstcome", campaign.topic());
        yield campaign;
      }
      case RECORD -> {
        var campaign = stage.baselineCampaign(1, stock);
        stage.awaitReader("baseline", campaign.topic());
        yield campaign;
      }
      default -> {
        var campaign = stage.baselineCampaign(0, stock);
        redis.ifPresent(server -> server.stock(campaign.id(), stock));
        yield campaign;
      }
    };
  }

  /** Participants who are content with the first answer. */
  Outcome send(String variant, Campaign campaign, Plan plan, Duration patience) {
    return OpenLoop.run(
        subject(variant).port(), plan, posts(variant, campaign, ""), FollowUp.NONE, patience);
  }

  /** Participants who want to know what came of it, in the way that the variant offers. */
  Outcome sendAndAsk(String variant, Campaign campaign, Plan plan) {
    return untilKnown(variant, campaign, plan, "");
  }

  /** As the others, but ours is asked to answer with the result and not with the place. */
  Outcome sendAndWait(String variant, Campaign campaign, Plan plan) {
    return untilKnown(variant, campaign, plan, variant.equals(OURS) ? "Prefer: wait=30\r\n" : "");
  }

  private Outcome untilKnown(String variant, Campaign campaign, Plan plan, String header) {
    FollowUp followUp =
        switch (variant) {
          case RECORD -> (status, body) -> pollAgain(campaign, body);
          case OURS -> (status, body) -> awaitResult(body);
          default -> FollowUp.NONE;
        };
    return OpenLoop.run(
        subject(variant).port(), plan, posts(variant, campaign, header), followUp, PATIENCE);
  }

  private static IntFunction<String> posts(String variant, Campaign campaign, String header) {
    var headers =
        variant.equals(RECORD) ? header + "X-Topic: " + campaign.topic() + "\r\n" : header;
    return user -> {
      var body = "{\"userId\":\"user-%d\"}".formatted(user);
      return ("POST /api/campaigns/%d/participation HTTP/1.1\r\nHost: localhost\r\n%s"
              + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s")
          .formatted(campaign.id(), headers, body.length(), body);
    };
  }

  private static @Nullable Next pollAgain(Campaign campaign, String body) {
    return body.contains("PROCESSING")
        ? new Next(
            POLLING, get("/api/results/%d/%s".formatted(campaign.id(), field(body, "requestId"))))
        : null;
  }

  private static @Nullable Next awaitResult(String body) {
    return body.contains("PROCESSING")
        ? new Next(
            Duration.ZERO,
            get("/api/participations/%s?wait=30".formatted(field(body, "requestId"))))
        : null;
  }

  private static String get(String path) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
  }

  private static String field(String json, String name) {
    int start = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return json.substring(start, json.indexOf('"', start));
  }

  @Override
  public void close() {
    subjects.values().forEach(Subject::close);
    redis.ifPresent(Redis::close);
  }
}
