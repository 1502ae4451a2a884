package io.firstcome.standalone.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firstcome.standalone.AdminPassword;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What is done to campaigns through the product's own door. */
final class AdminApi implements AutoCloseable {
  private static final String PATH = "/api/admin/campaigns";
  // One of the lanes that the product has: no topic has to be made for each campaign.
  private static final String LANE = "coupons";
  private static final int PAGE_SIZE = 1_000;
  private static final int PAGES_MAX = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  // A campaign goes away together with all its rows.
  private static final Duration DELETION_MAX = Duration.ofHours(2);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String pages;
  private final String authorization;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  AdminApi(String pages, AdminPassword password) {
    this.pages = pages;
    var account = AdminPassword.ACCOUNT + ":" + password.text();
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(account.getBytes(UTF_8));
  }

  /** A campaign of the list. */
  record Listed(long id, String name, String displayName) {
    /** Both marks together are nothing that anybody else gives a campaign by accident. */
    boolean isGenerated() {
      return name.startsWith(HistoryPlan.NAME_PREFIX) && displayName.startsWith(HistoryPlan.MARK);
    }
  }

  /** Finds out whether it answers, and to us. */
  void check() throws IOException, InterruptedException {
    send(request(PATH + "?size=1", PATIENCE).GET(), 200);
  }

  /** Makes the campaign and returns its id. */
  long create(CampaignPlan plan) throws IOException, InterruptedException {
    var body =
        JSON.writeValueAsString(
            Map.of(
                "name", plan.name(),
                "displayName", plan.displayName(),
                "totalStock", plan.stock(),
                "repeatable", plan.repeatable(),
                "opensAt", plan.opensAt().toString(),
                "closesAt", plan.closesAt().toString(),
                "timeZone", plan.zone().getId(),
                "lane", LANE));
    var request =
        request(PATH, PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return JSON.readTree(send(request, 201)).path("id").asLong();
  }

  List<Listed> generated() throws IOException, InterruptedException {
    var found = new ArrayList<Listed>();
    for (int page = 0; page < PAGES_MAX; page++) {
      var path = "%s?page=%d&size=%d".formatted(PATH, page, PAGE_SIZE);
      var campaigns = JSON.readTree(send(request(path, PATIENCE).GET(), 200));
      for (var campaign : campaigns) {
        var listed =
            new Listed(
                campaign.path("id").asLong(),
                campaign.path("name").asString(""),
                campaign.path("displayName").asString(""));
        if (listed.isGenerated()) {
          found.add(listed);
        }
      }
      if (campaigns.size() < PAGE_SIZE) {
        break;
      }
    }
    return found;
  }

  /** Deletes the campaign with all its rows; one that is gone already is fine. */
  void delete(long id) throws IOException, InterruptedException {
    send(request(PATH + "/" + id, DELETION_MAX).DELETE(), 204, 404);
  }

  private HttpRequest.Builder request(String path, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(pages + path))
        .timeout(timeout)
        .header("Authorization", authorization);
  }

  private String send(HttpRequest.Builder builder, Integer... expected)
      throws IOException, InterruptedException {
    var request = builder.build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() == 401) {
      throw AdminPassword.wrong();
    }
    if (!List.of(expected).contains(answer.statusCode())) {
      throw new IOException(
          "%s %s: HTTP %d %s"
              .formatted(
                  request.method(), request.uri().getPath(), answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  @Override
  public void close() {
    // An answer that is still awaited when the user has stopped is not waited for.
    http.shutdownNow();
  }
}
