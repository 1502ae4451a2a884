package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of campaigns do and look at, past the api where that is the point. */
final class CampaignProbe {
  static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", TestServers.get().bootstrapServers());

  final Admin log = Admin.create(KAFKA);
  final ApiClient api;
  final JdbcClient database;

  CampaignProbe(ApiServer server) {
    this.api = server.admin();
    this.database = server.database();
  }

  long create(String name, long stock) {
    var answer =
        api.post(
            AdminCampaignController.PATH,
            "{\"name\":\"%s\",\"totalStock\":%d}".formatted(name, stock));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("id").asLong();
  }

  void participate(long campaignId, int users) {
    for (int user = 0; user < users; user++) {
      database
          .sql(
              """
              INSERT INTO participation
                (campaign_id, user_id, dedup_key, outcome, is_repeat, logged_at, decided_at)
              VALUES (:id, :user, :user, 'OUT_OF_STOCK', FALSE,
                      UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
              """)
          .param("id", campaignId)
          .param("user", "u" + user)
          .update();
    }
  }

  static String state(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("state").asString();
  }

  long count(String tableAndFilter) {
    return database.sql("SELECT COUNT(*) FROM " + tableAndFilter).query(Long.class).single();
  }

  List<@Nullable String> actions(String campaign) {
    return database
        .sql("SELECT action FROM audit_log WHERE campaign_name = :name ORDER BY id DESC")
        .param("name", campaign)
        .query(String.class)
        .list();
  }

  int topicId(String campaign) {
    return database
        .sql("SELECT topic_id FROM campaign WHERE name = :name")
        .param("name", campaign)
        .query(Integer.class)
        .single();
  }

  String uuidInDatabase(String campaign) {
    return database
        .sql("SELECT uuid FROM topic WHERE id = :id")
        .param("id", topicId(campaign))
        .query(String.class)
        .single();
  }

  TopicDescription topic(String name, int partitions) {
    return Topics.await(log, name, partitions);
  }

  Map<String, String> configuration(String topic) throws InterruptedException, ExecutionException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var found =
        Objects.requireNonNull(log.describeConfigs(List.of(resource)).all().get().get(resource));
    return found.entries().stream()
        .collect(Collectors.toMap(ConfigEntry::name, e -> String.valueOf(e.value())));
  }

  static List<Answer> atOnce(List<Callable<Answer>> calls) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }
}
