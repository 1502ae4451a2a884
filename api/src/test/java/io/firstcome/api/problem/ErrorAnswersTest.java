package io.firstcome.api.problem;

import static io.firstcome.slice.Caller.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.core.error.ErrorCode;
import io.firstcome.slice.Caller;
import io.firstcome.slice.WebSlice;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * Whatever goes wrong, in whichever layer: the answer is a problem document without our insides.
 */
@SpringBootTest(
    classes = WebSlice.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {WebSlice.CONFIG, WebSlice.ACTUATOR_PORT, WebSlice.HASH})
@ExtendWith(OutputCaptureExtension.class)
class ErrorAnswersTest {
  @LocalServerPort int port;
  @Autowired MeterRegistry meters;
  Caller caller = new Caller(0);

  @BeforeEach
  void connect() {
    caller = new Caller(port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /                               | NOT_FOUND
          GET    | /nothing                        | NOT_FOUND
          GET    | /error                          | NOT_FOUND
          GET    | /actuator/health                | NOT_FOUND
          GET    | /api/campaigns/a/b/c            | NOT_FOUND
          GET    | /api/campaigns/summer/entry     | METHOD_NOT_ALLOWED
          DELETE | /api/campaigns/summer/entry     | METHOD_NOT_ALLOWED
          PATCH  | /api/campaigns/fail             | METHOD_NOT_ALLOWED
          POST   | /nothing                        | NOT_FOUND
          GET    | /api/campaigns/fail             | REQUEST_MALFORMED
          GET    | /api/campaigns/%2e%2e/admin     | REQUEST_MALFORMED
          GET    | /api//campaigns                 | REQUEST_MALFORMED
          GET    | /api/campaigns;x=1/fail         | REQUEST_MALFORMED
          GET    | /api/campaigns/a%2Fb            | REQUEST_MALFORMED
          GET    | /api/campaigns/a%00b            | REQUEST_MALFORMED
          GET    | /api/campaigns/a%0ab            | REQUEST_MALFORMED
          PROPFIND | /api/campaigns/fail           | REQUEST_MALFORMED
          """)
  void refusesWhatIsNotThere(String method, String path, ErrorCode code) {
    HttpResponse<String> answer =
        caller.send(path, request -> request.method(method, BodyPublishers.noBody()));
    JsonNode problem = assertProblem(answer, code);
    assertThat(problem.path("instance").asString()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          runtime     | INTERNAL_ERROR
          checked     | INTERNAL_ERROR
          error       | INTERNAL_ERROR
          printed     | INTERNAL_ERROR
          integrity   | INTERNAL_ERROR
          connection  | DATABASE_UNAVAILABLE
          transaction | DATABASE_UNAVAILABLE
          timeout     | DATABASE_UNAVAILABLE
          lock        | DATABASE_UNAVAILABLE
          status      | FORBIDDEN
          send        | NOT_ACCEPTABLE
          ours        | CAMPAIGN_NOT_OPEN
          retry       | LOG_UNAVAILABLE
          """)
  void hidesWhatBroke(String how, ErrorCode code) {
    HttpResponse<String> answer = caller.get("/api/campaigns/fail?how=" + how);
    JsonNode problem = assertProblem(answer, code);
    assertThat(problem.path("instance").asString()).isEqualTo("/api/campaigns/fail");
    assertThat(answer.headers().firstValue("Retry-After"))
        .isEqualTo(
            switch (code) {
              case DATABASE_UNAVAILABLE -> Optional.of("1");
              case LOG_UNAVAILABLE -> Optional.of("2");
              default -> Optional.empty();
            });
  }

  @Test
  void keepsExtraMembersButNotThoseThatWouldForgeOurs() {
    JsonNode problem =
        assertProblem(caller.get("/api/campaigns/fail?how=ours"), ErrorCode.CAMPAIGN_NOT_OPEN);
    assertThat(problem.path("opensAt").asString()).isEqualTo("2026-12-24T11:00:00Z");
  }

  @Test
  void logsOurOwnFailuresOnceWithTheIncidentThatTheClientGot(CapturedOutput output) {
    JsonNode problem =
        assertProblem(caller.get("/api/campaigns/fail?how=runtime"), ErrorCode.INTERNAL_ERROR);
    String incident = problem.path("detail").asString().replaceAll(".*number ([0-9a-f]+).*", "$1");
    assertThat(incident).hasSize(16);
    assertThat(output).containsOnlyOnce(incident).containsOnlyOnce("Caused by: java.lang.Illegal");
  }

  @Test
  void doesNotLogWhatClientsDoWrong(CapturedOutput output) throws IOException {
    caller.get("/nothing");
    caller.get("/api/campaigns/fail");
    caller.get("/api/campaigns/fail?how=ours");
    caller.get("/api//campaigns");
    caller.get("/api/admin/whoami");
    caller.raw("GET /{bad} HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(output.getAll()).doesNotContain("WARN", "ERROR", "refused");
  }

  @Test
  void countsByCodeAndOwner() {
    double before = count(ErrorCode.NOT_FOUND);
    caller.get("/nothing");
    assertThat(count(ErrorCode.NOT_FOUND)).isEqualTo(before + 1);
  }

  private double count(ErrorCode code) {
    return meters
        .counter("firstcome.errors", "code", code.name(), "owner", code.owner().name())
        .count();
  }

  @Test
  void namesTheAllowedMethods() {
    HttpResponse<String> answer = caller.get("/api/campaigns/summer/entry");
    assertThat(answer.headers().allValues("Allow")).containsExactly("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "image/png", "application/xml", "nonsense", "*/*;q=0"})
  void answersWhateverTheClientAccepts(String accept) {
    assertProblem(caller.get("/api/campaigns/a/b/c", "Accept", accept), ErrorCode.NOT_FOUND);
    assertProblem(
        caller.get("/api/campaigns/fail?how=runtime", "Accept", accept), ErrorCode.INTERNAL_ERROR);
  }

  @Test
  void refusesRepresentationsItDoesNotHave() {
    HttpResponse<String> answer =
        post(
            "/api/campaigns/summer/entry", "{\"name\":\"ann\",\"count\":1}", "Accept", "image/png");
    assertProblem(answer, ErrorCode.NOT_ACCEPTABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data;boundary=x", "bad"})
  void refusesOtherMediaTypes(String type) {
    HttpResponse<String> answer =
        caller.send(
            "/api/campaigns/summer/entry",
            request -> request.header("Content-Type", type).POST(BodyPublishers.ofString("x")));
    assertProblem(answer, ErrorCode.MEDIA_TYPE_UNSUPPORTED);
    if (!type.equals("bad")) {
      assertThat(answer.headers().firstValue("Accept")).hasValue("application/json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          {"name":"ann"                   | -
          nonsense                        | -
          ''                              | -
          []                              | -
          {"name":"ann"}                  | count
          {"name":"ann","count":"many"}   | count
          {"name":"ann","count":99999999999} | count
          {"name":{},"count":1}           | name
          {"name":" ","count":1}          | name
          """)
  void namesTheFieldOfAMalformedBody(String body, @Nullable String field) {
    JsonNode problem =
        assertProblem(post("/api/campaigns/summer/entry", body), ErrorCode.REQUEST_MALFORMED);
    assertThat(problem.path("field").asStringOpt()).isEqualTo(Optional.ofNullable(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ?                        | wait
          ?wait=                   | wait
          ?wait=soon               | wait
          ?wait=31                 | wait
          ?wait=1&date=yesterday   | date
          """)
  void namesTheParameter(String query, String field) {
    JsonNode problem =
        assertProblem(
            caller.get("/api/campaigns/summer/query" + query, "Idempotency-Key", "k"),
            ErrorCode.REQUEST_MALFORMED);
    assertThat(problem.path("field").asString()).isEqualTo(field);
  }

  @Test
  void namesTheMissingHeader() {
    JsonNode problem =
        assertProblem(
            caller.get("/api/campaigns/summer/query?wait=1"), ErrorCode.REQUEST_MALFORMED);
    assertThat(problem.path("field").asString()).isEqualTo("Idempotency-Key");
  }

  @Test
  void answersWhenNobodyDoesInTime() {
    assertProblem(caller.get("/api/participations/never"), ErrorCode.SERVICE_UNAVAILABLE);
  }

  @Test
  void breaksAnAnswerThatFailsHalfway() throws IOException {
    String answer =
        caller.raw("GET /api/participations/half HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    // A chunked answer that is complete ends with an empty chunk.
    assertThat(answer)
        .contains("half")
        .doesNotContain("secret", "Exception")
        .doesNotEndWith("0\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /api/{x} HTTP/1.1                  | 400 | REQUEST_MALFORMED
          GET /api/%zz HTTP/1.1                  | 400 | REQUEST_MALFORMED
          GET /../../etc HTTP/1.1                | 400 | REQUEST_MALFORMED
          GET /api/campaigns/../admin/x HTTP/1.1 | 400 | REQUEST_MALFORMED
          GET\\1 / HTTP/1.1                  | 400 | REQUEST_MALFORMED
          G@T / HTTP/1.1                         | 400 | REQUEST_MALFORMED
          GET / HTTP/9.9                         | 400 | REQUEST_MALFORMED
          TRACE /api/campaigns/fail HTTP/1.1     | 405 | METHOD_NOT_ALLOWED
          TRACE /nothing HTTP/1.1                | 405 | METHOD_NOT_ALLOWED
          CONNECT localhost:1 HTTP/1.1           | 400 | REQUEST_MALFORMED
          """)
  void answersWhatTomcatRefuses(String line, int status, ErrorCode code) throws IOException {
    String answer =
        caller.raw(line.translateEscapes() + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertRawProblem(answer, status, code);
  }

  @Test
  void answersBadHeaders() throws IOException {
    String start = "GET /api/campaigns/fail HTTP/1.1\r\n";
    for (String headers :
        new String[] {
          "Host: localhost\r\nX-Large: " + "x".repeat(9000) + "\r\n",
          "Host: a\r\nHost: b\r\n",
          "Host: localhost\r\nTransfer-Encoding: sideways\r\nConnection: close\r\n",
          "Host: localhost\r\nContent-Length: minus\r\nConnection: close\r\n",
          "Connection: close\r\n",
        }) {
      assertRawProblem(caller.raw(start + headers + "\r\n"), 400, ErrorCode.REQUEST_MALFORMED);
    }
  }

  @Test
  void aHeaderThatTheFirewallRefusesWhenItIsReadIsTheClientsFault() throws IOException {
    String start = "GET /api/campaigns/summer/query?wait=1 HTTP/1.1\r\nHost: localhost\r\n";
    String answer = caller.raw(start + "Idempotency-Key: \u0085\r\nConnection: close\r\n\r\n");
    assertRawProblem(answer, 400, ErrorCode.REQUEST_MALFORMED);
  }

  private static void assertRawProblem(String answer, int status, ErrorCode code) {
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(answer).containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n");
    assertProblem(answer.substring(answer.indexOf("\r\n\r\n") + 4), code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"entry", "bytes", "stream", "text"})
  void answersBrokenBodiesAsTheClientsFault(String reader) throws IOException {
    double before = count(ErrorCode.REQUEST_MALFORMED);
    String start =
        "POST /api/campaigns/summer/"
            + reader
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";
    assertRawProblem(
        caller.raw(start + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        400,
        ErrorCode.REQUEST_MALFORMED);
    assertThat(count(ErrorCode.REQUEST_MALFORMED)).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"entry", "bytes", "stream", "text"})
  void doesNotRaiseAnAlarmWhenAClientLeavesHalfway(String reader, CapturedOutput output)
      throws IOException {
    caller.rawAndLeave(
        "POST /api/campaigns/summer/"
            + reader
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n{\"name\":");
    assertThat(output.getAll()).doesNotContain("ERROR", "WARN");
  }

  @Test
  void answersHeadWithoutABody() {
    HttpResponse<String> answer =
        caller.send("/nothing", request -> request.method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void tellsTheMethodsOnOptions() {
    HttpResponse<String> answer =
        caller.send(
            "/api/campaigns/summer/entry",
            request -> request.method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entry", "bytes", "stream", "text"})
  void refusesLargeBodiesHoweverTheyAreSentAndRead(String reader) {
    String json = "{\"name\":\"" + "x".repeat(1_000_000) + "\",\"count\":1}";
    String path = "/api/campaigns/summer/" + reader;
    assertProblem(post(path, json), ErrorCode.REQUEST_TOO_LARGE);
    assertProblem(send(path, chunked(json)), ErrorCode.REQUEST_TOO_LARGE);
  }

  @Test
  void readsBodiesUpToTheLimit() {
    assertThat(post("/api/campaigns/summer/bytes", "x".repeat(16 * 1024)).body()).contains("16384");
    assertProblem(
        post("/api/campaigns/summer/bytes", "x".repeat(16 * 1024 + 1)),
        ErrorCode.REQUEST_TOO_LARGE);
  }

  @Test
  void refusesForOtherReasonsBeforeItReadsALargeBody() {
    String large = "x".repeat(1_000_000);
    assertProblem(post("/api/campaigns/none/stream", large), ErrorCode.CAMPAIGN_NOT_FOUND);
    assertProblem(send("/api/campaigns/none/stream", chunked(large)), ErrorCode.CAMPAIGN_NOT_FOUND);
  }

  @Test
  void refusesLargeForms() {
    HttpResponse<String> answer =
        caller.send(
            "/api/campaigns/summer/form",
            request ->
                request
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("name=" + "x".repeat(1_000_000))));
    assertProblem(answer, ErrorCode.REQUEST_TOO_LARGE);
  }

  private static BodyPublisher chunked(String body) {
    return BodyPublishers.fromPublisher(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> post(String path, String body, String... headers) {
    return caller.send(
        path,
        request ->
            (headers.length == 0 ? request : request.headers(headers))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(String path, BodyPublisher body) {
    return caller.send(
        path, request -> request.header("Content-Type", "application/json").POST(body));
  }
}
