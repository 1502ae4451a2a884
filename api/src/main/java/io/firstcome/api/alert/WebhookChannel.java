package io.firstcome.api.alert;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An incoming webhook as Slack has them, and others understand. The address is a secret, because
 * whoever knows it can write there; so nothing that is thrown here repeats what the client says.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Incoming
 *     webhooks</a>
 */
final class WebhookChannel implements AlertChannel {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  WebhookChannel(URI address) {
    this.address = address;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void send(AlertMessage message) throws AlertNotSentException, InterruptedException {
    var body = JSON.writeValueAsString(Map.of("text", escaped(message.text())));
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(body))
            .build();
    int status = status(request);
    if (status < 200 || status > 299) {
      throw new AlertNotSentException("answered " + status);
    }
  }

  private int status(HttpRequest request) throws AlertNotSentException, InterruptedException {
    var answer = client.sendAsync(request, BodyHandlers.discarding());
    try {
      // The client's own timeout ends with the headers; a body may take for ever.
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      throw new AlertNotSentException(noAnswer());
    } catch (ExecutionException e) {
      throw new AlertNotSentException(
          e.getCause() instanceof HttpTimeoutException
              ? noAnswer()
              : "not reached: " + String.valueOf(e.getCause()).replaceAll("[^\\w.].*", ""));
    } finally {
      answer.cancel(true);
    }
  }

  private static String noAnswer() {
    return "no answer within %d s".formatted(PATIENCE.toSeconds());
  }

  /** Slack reads these three as markup, and among others as a call to everybody. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
