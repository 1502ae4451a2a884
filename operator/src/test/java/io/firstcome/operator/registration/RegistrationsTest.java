package io.firstcome.operator.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the answers of the api are read. */
class RegistrationsTest {
  private static final String COMPLETE =
      """
      {"id":7,"name":"a","namespace":null,"released":false,"displayName":"A","totalStock":5,
       "opensAt":"2026-12-24T11:00:00Z","closesAt":null,"timeZone":"Asia/Seoul","repeatable":false,
       "soldOut":"Record","paused":false,"closed":true,"state":"CLOSED","topic":null,
       "lane":"coupons","newer":1,
       "sample":{"total":5,"remaining":5,"succeeded":0,"failed":0,"lag":null,
                 "asOf":"2026-12-24T11:00:00.123456Z"}}
      """;

  private HttpServer server;
  private Registrations registrations;
  private int status;
  private String body = "";

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    registrations = new Registrations(address, "token", Duration.ofSeconds(2));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(204, "", new ApiAnswer.Missing()),
        Arguments.of(404, problem("CAMPAIGN_NOT_FOUND"), new ApiAnswer.Missing()),
        Arguments.of(
            409, problem("CHANGE_REFUSED"), new ApiAnswer.Refused("CHANGE_REFUSED", "Do this.")),
        Arguments.of(
            400,
            problem("REQUEST_MALFORMED"),
            new ApiAnswer.Refused("REQUEST_MALFORMED", "Do this.")),
        Arguments.of(
            401,
            problem("UNAUTHORIZED"),
            new ApiAnswer.Away(
                "it does not know this operator's token (firstcome.operator.token)")),
        Arguments.of(
            404,
            problem("NOT_FOUND"),
            new ApiAnswer.Away(
                "it has no interface for operators (firstcome.operator.token is not set)")),
        Arguments.of(
            503, problem("LOG_UNAVAILABLE"), new ApiAnswer.Away("HTTP 503 LOG_UNAVAILABLE")),
        Arguments.of(502, "<html>Bad gateway</html>", new ApiAnswer.Away("HTTP 502")),
        Arguments.of(409, "<html>Conflict</html>", new ApiAnswer.Away("HTTP 409")),
        Arguments.of(200, "{\"id\":", new ApiAnswer.Away("its answer cannot be read")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void reads(int status, String body, ApiAnswer expected) {
    this.status = status;
    this.body = body;
    assertThat(registrations.get("a")).isEqualTo(expected);
  }

  @Test
  void readsARegistrationAndLeavesWhatItDoesNotKnow() {
    status = 200;
    body = COMPLETE;
    var found = ((ApiAnswer.Found) registrations.get("a")).registration();
    assertThat(found.id()).isEqualTo(7);
    assertThat(found.lane()).isEqualTo("coupons");
    assertThat(found.sample().lag()).isNull();
    assertThat(found.opensAt()).hasToString("2026-12-24T11:00:00Z");
  }

  @Test
  void nobodyListens() {
    server.stop(0);
    assertThat(registrations.get("a")).isEqualTo(new ApiAnswer.Away("no answer"));
    assertThat(registrations.names("sales")).isEmpty();
  }

  @Test
  void namesAreThoseThatAreNotReleased() {
    status = 200;
    body = "[{\"name\":\"a\",\"released\":true},{\"name\":\"b\",\"released\":false,\"x\":1}]";
    assertThat(registrations.names("sales")).isEqualTo(Optional.of(java.util.List.of("b")));
  }

  @Test
  void aCampaignThatIsClosedForGoodIsNeitherPausedNorResumed() {
    status = 200;
    body = COMPLETE.replace("\"namespace\":null", "\"namespace\":\"sales\"");
    var closed = ((ApiAnswer.Found) registrations.get("a")).registration();
    assertThat(wanted(true).isMetBy(closed)).isTrue();
    assertThat(wanted(false).isMetBy(closed)).isTrue();
    body = body.replace("\"closed\":true", "\"closed\":false");
    var open = ((ApiAnswer.Found) registrations.get("a")).registration();
    assertThat(wanted(true).isMetBy(open)).isFalse();
    assertThat(wanted(false).isMetBy(open)).isTrue();
    body = body.replace("\"released\":false", "\"released\":true");
    var released = ((ApiAnswer.Found) registrations.get("a")).registration();
    assertThat(wanted(false).isMetBy(released)).isFalse();
  }

  private static WantedRegistration wanted(boolean paused) {
    return new WantedRegistration(
        "sales",
        "A",
        5,
        java.time.Instant.parse("2026-12-24T11:00:00Z"),
        null,
        "Europe/Berlin",
        false,
        "Record",
        paused,
        null,
        "coupons");
  }

  private static String problem(String code) {
    return "{\"code\":\"%s\",\"detail\":\"Do this.\",\"status\":0}".formatted(code);
  }
}
