package io.firstcome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {

  /** Written as partition:offsets:next, several of them with a space between. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # first,          then,              joined
          0:1:2,            -,                 0:1:2
          0:1:2,            0:2.3:4,           0:1.2.3:4
          0:1:2,            0:4:6,             0:1.4:6
          0:1:2,            1:7:8,             0:1:2 1:7:8
          0:1:2 1:7:8,      1:8.9:10 2:0:1,    0:1:2 1:7.8.9:10 2:0:1
          0:1:5,            0::9,              0:1:9
          """)
  void joined(String first, String then, String joined) {
    assertThat(text(Batch.joined(records(first), records(then)))).isEqualTo(joined);
  }

  private static ConsumerRecords<byte[], byte[]> records(String text) {
    if (text == null) {
      return ConsumerRecords.empty();
    }
    var fields = Arrays.stream(text.split(" ")).map(it -> it.split(":")).toList();
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records =
        fields.stream()
            .filter(it -> !it[1].isEmpty())
            .collect(Collectors.toMap(it -> partition(it[0]), BatchTest::records));
    var next =
        fields.stream()
            .collect(
                Collectors.toMap(
                    it -> partition(it[0]), it -> new OffsetAndMetadata(Long.parseLong(it[2]))));
    return new ConsumerRecords<>(records, next);
  }

  private static TopicPartition partition(String number) {
    return new TopicPartition("sale", Integer.parseInt(number));
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(String[] field) {
    return Arrays.stream(field[1].split("\\."))
        .map(offset ->
            new ConsumerRecord<>(
                "sale",
                Integer.parseInt(field[0]),
                Long.parseLong(offset),
                new byte[0],
                new byte[0]))
        .toList();
  }

  private static String text(ConsumerRecords<byte[], byte[]> records) {
    return records.nextOffsets().entrySet().stream()
        .sorted((a, b) -> a.getKey().partition() - b.getKey().partition())
        .map(entry ->
            entry.getKey().partition()
                + ":"
                + records.records(entry.getKey()).stream()
                    .map(record -> Long.toString(record.offset()))
                    .collect(Collectors.joining("."))
                + ":"
                + entry.getValue().offset())
        .collect(Collectors.joining(" "));
  }
}
