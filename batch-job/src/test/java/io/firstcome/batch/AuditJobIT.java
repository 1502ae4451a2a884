package io.firstcome.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.ledger.Ledger;
import io.firstcome.core.ledger.LoggedRequest;
import io.firstcome.core.ledger.Source;
import io.firstcome.core.log.RequestMessage;
import io.firstcome.core.rule.Request;
import io.firstcome.testing.TestServers;
import io.firstcome.testing.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit as a command: what it says, and with which code it ends. */
class AuditJobIT {
  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", TestServers.get().bootstrapServers());

  private final TestCampaigns campaigns = new TestCampaigns();
  private final String topic = "audit-" + UUID.randomUUID();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Admin admin = Admin.create(KAFKA);
  private long sale;

  /** Three requests on a stock of two, logged and decided. */
  @BeforeEach
  void decideSome() throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    var uuid = Topics.await(admin, topic, 1).topicId().toString();
    campaigns
        .jdbc
        .sql("UPDATE topic SET name = ?, uuid = ?, lane = 'line'")
        .params(topic, uuid)
        .update();
    sale = campaigns.campaign("sale", 2, "UTC");
    campaigns.campaign("quiet", 2, "UTC");
    campaigns.jdbc.sql("UPDATE campaign SET lane_part = 0").update();
    var requests = new ArrayList<LoggedRequest>();
    try (var producer =
        new KafkaProducer<>(KAFKA, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (var user : List.of("ann", "bob", "cho")) {
        var request = new Request(user, null);
        var value = new RequestMessage(sale, request).encode();
        var sent = producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
        requests.add(
            new LoggedRequest(
                sent.offset(), Instant.ofEpochMilli(sent.timestamp()), sale, request));
      }
    }
    int topicId = campaigns.jdbc.sql("SELECT id FROM topic").query(Integer.class).single();
    try (var tx = campaigns.dataSource.getConnection()) {
      TestCampaigns.begin(tx);
      Ledger.decide(tx, new Source(topicId, 0), requests);
      tx.commit();
    }
    campaigns
        .jdbc
        .sql("INSERT INTO consumer_offset VALUES (?, 0, 3, NULL, 1, 'somebody')")
        .param(topicId)
        .update();
  }

  @AfterEach
  void deleteTopic() {
    admin.deleteTopics(List.of(topic));
    admin.close();
  }

  private int run(String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(campaigns.settings());
    if (all.stream().noneMatch(arg -> arg.contains("bootstrap-servers"))) {
      all.add("--spring.kafka.bootstrap-servers=" + TestServers.get().bootstrapServers());
    }
    return new CommandLine(new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(all.toArray(String[]::new));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void agreementEndsWithZero() {
    assertThat(run("--job=audit", "--campaign=sale")).as(this::said).isZero();
    assertThat(said())
        .contains("audit: COMPLETED in ")
        .contains("log and tables agree; 1 campaigns looked at, 3 requests decided once more");
    assertThat(run("--job=audit")).isZero();
    assertThat(said()).contains("agree; 2 campaigns looked at, 3 requests");
  }

  @Test
  void aDifferenceEndsWithOneAndIsNamed() {
    campaigns.jdbc.sql("UPDATE participation SET user_id = 'eve' WHERE user_id = 'bob'").update();
    assertThat(run("--job=audit", "--campaign=sale")).as(this::said).isEqualTo(1);
    assertThat(said())
        .contains("audit: FAILED in ")
        .contains("1 campaigns differ: sale (1, first: The result belongs to another user");
    assertThat(run("--job=audit", "--campaign=quiet")).as(this::said).isZero();
  }

  @Test
  void aLogThatIsGoneProvesNothing() throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
    Awaitility.await().until(() -> !admin.listTopics().names().get().contains(topic));
    assertThat(run("--job=audit", "--campaign=sale")).as(this::said).isEqualTo(1);
    assertThat(said()).contains("1 campaigns differ: sale (");
  }

  @Test
  void aSilentKafkaIsNoDifference() {
    var nobody = "--spring.kafka.bootstrap-servers=localhost:1";
    assertThat(run("--job=audit", "--campaign=sale", nobody)).as(this::said).isEqualTo(3);
    assertThat(said()).contains("audit: FAILED in ").doesNotContain("differ");
  }

  @Test
  void aDateIsRefused() {
    assertThat(run("--job=audit", "--date=2025-12-28")).isEqualTo(2);
    assertThat(run("--job=audit", "--campaign=nobody")).isEqualTo(2);
  }
}
