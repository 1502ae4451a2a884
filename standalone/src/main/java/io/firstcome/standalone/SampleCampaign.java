package io.firstcome.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firstcome.embedded.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The campaign that a newcomer finds, made once: who deletes it does not get it back. */
final class SampleCampaign {
  static final String NAME = "welcome";

  private static final Logger log = LoggerFactory.getLogger(SampleCampaign.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String BODY =
      """
      {"name": "%s", "displayName": "Welcome to Firstcome", "totalStock": 100}\
      """
          .formatted(NAME);

  private SampleCampaign() {}

  /** Asks the api to create it, unless that was done in an earlier start. */
  static void createOnce(DataFolder folder, int port, Secrets secrets)
      throws IOException, InterruptedException {
    var created = folder.resolve("sample-campaign-created");
    if (Files.exists(created)) {
      return;
    }
    var account = Secrets.ADMIN + ":" + secrets.adminPassword();
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/api/admin/campaigns".formatted(port)))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(account.getBytes(UTF_8)))
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofString(BODY))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      // 409: it exists, for example in a database outside that others use, too.
      if (answer.statusCode() == 201 || answer.statusCode() == 409) {
        Files.createFile(created);
      } else {
        log.warn("The sample campaign {} was not created: HTTP {}", NAME, answer.statusCode());
      }
    }
  }
}
