package io.firstcome.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
  enum Colour {
    RED,
    BLUE
  }

  record Part(int size) {}

  record Order(
      String name,
      int count,
      @Nullable Long total,
      @Nullable Boolean again,
      @Nullable Instant at,
      @Nullable Colour colour,
      @Nullable List<Part> parts) {
    Order {
      if (count == 13) {
        throw ProblemException.malformed("count", "'count' must not be 13.");
      }
      if (count == 14) {
        throw new IllegalArgumentException("secret of io.firstcome.Order");
      }
    }
  }

  private final StrictJson json = new StrictJson();

  @Test
  void readsAWellFormedBody() {
    assertThat(
            read(
                """
                {"name":"","count":2,"at":"2026-12-24T11:00:00Z","colour":"RED",
                 "parts":[{"size":1}]}\
                """))
        .isEqualTo(
            new Order(
                "",
                2,
                null,
                null,
                Instant.parse("2026-12-24T11:00:00Z"),
                Colour.RED,
                List.of(new Part(1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          {"name":"a","count":1,"stok":5}         | stok  | not known here; known are again, at
          {"name":"a","count":1,"count":2}        | count | is given twice
          {"name":"a","count":1.7}                | count | must be a whole number
          {"name":"a","count":"1"}                | count | must be a whole number
          {"name":"a","count":null}               | count | must be a whole number
          {"name":"a"}                            | count | must be a whole number
          {"name":"a","count":99999999999}        | count | out of range
          {"name":"a","count":true}               | count | must be a whole number
          {"name":"a","count":[1]}                | count | must be a whole number
          {"name":7,"count":1}                    | name  | must be text
          {"name":{},"count":1}                   | name  | must be text
          {"name":"a","count":1,"total":""}       | total | must be a whole number
          {"name":"a","count":1,"total":2.0}      | total | must be a whole number
          {"name":"a","count":1,"again":""}       | again | must be true or false
          {"name":"a","count":1,"again":1}        | again | must be true or false
          {"name":"a","count":1,"again":"true"}   | again | must be true or false
          {"name":"a","count":1,"at":"tomorrow"}  | at    | must be an instant in UTC such as
          {"name":"a","count":1,"at":""}          | at    | must be an instant in UTC such as
          {"name":"a","count":1,"at":1700000000}  | at    | must be an instant in UTC such as
          {"name":"a","count":1,"at":1.5}         | at    | must be an instant in UTC such as
          {"name":"a","count":1,"colour":"GREEN"} | colour | must be one of RED, BLUE
          {"name":"a","count":1,"colour":0}       | colour | must be one of RED, BLUE
          {"name":"a","count":1,"colour":""}      | colour | must be one of RED, BLUE
          {"name":"a","count":1,"parts":{}}       | parts | must be a JSON list
          {"name":"a","count":1,"parts":[{"size":1},{"size":"x"}]} | parts[1].size | whole number
          {"name":"a","count":1,"parts":[{"size":1,"size":1}]} | parts[0].size | is given twice
          {"name":"a","count":13}                 | count | must not be 13
          {"name":"a","count":14}                 | -     | cannot be read
          {"name":"a","count":1} x                | -     | not valid JSON
          {"name":"a","count":1} {}               | -     | nothing else
          {"name":"a",                            | -     | not valid JSON
          []                                      | -     | must be a JSON object
          "text"                                  | -     | must be a JSON object
          null                                    | -     | is null
          ''                                      | -     | is empty
          """)
  void refusesAndNamesTheField(String body, @Nullable String field, String detail) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> read(body));

    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(ErrorCode.REQUEST_MALFORMED);
    assertThat(refusal.properties().get("field")).isEqualTo(field);
    assertThat(refusal.detail()).contains(detail).doesNotContain("firstcome", "java", "Exception");
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"name\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
    ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> read(deep));
    assertThat(refusal.code()).isEqualTo(ErrorCode.REQUEST_MALFORMED);
  }

  private Order read(String body) {
    return json.read(body.getBytes(StandardCharsets.UTF_8), Order.class);
  }
}
