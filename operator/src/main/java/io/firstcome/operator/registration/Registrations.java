package io.firstcome.operator.registration;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The internal interface of the api. No method throws for what the api does or does not do, and
 * none takes longer than the timeouts. Safe for any number of threads.
 */
public final class Registrations {
  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
  private static final String PATH = "/api/internal/campaigns";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final String address;
  private final String token;
  private final Duration timeout;

  /**
   * For the api at this address.
   *
   * @param timeout of a question or a change; a removal may take ten times as long, because it
   *     waits for requests that are under way
   */
  public Registrations(URI api, String token, Duration timeout) {
    this.address = api.toString().replaceAll("/+$", "");
    this.token = token;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** What the api has of the campaign. */
  public ApiAnswer get(String name) {
    return registration(request("/" + name, timeout).GET());
  }

  /** Makes or changes the campaign to be this. */
  public ApiAnswer put(String name, WantedRegistration wanted) {
    var body = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(wanted));
    return registration(
        request("/" + name, timeout).header("Content-Type", "application/json").PUT(body));
  }

  /**
   * Shuts the door and keeps the history. {@link ApiAnswer.Missing} is success, also if the
   * campaign belongs to another namespace.
   */
  public ApiAnswer release(String name, String namespace) {
    return registration(
        request("/" + name + "/release" + of(namespace), timeout)
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  /**
   * Deletes topic and history. {@link ApiAnswer.Missing} is success, also if the campaign belongs
   * to another namespace: whoever has the name keeps what is theirs.
   */
  public ApiAnswer delete(String name, String namespace) {
    return registration(request("/" + name + of(namespace), timeout.multipliedBy(10)).DELETE());
  }

  /** The names of a namespace that are not released, or empty if the api does not say. */
  public Optional<List<String>> names(String namespace) {
    try {
      var response = send(request(of(namespace), timeout).GET());
      if (response.statusCode() != 200) {
        LOG.warn("The api does not list its campaigns: {}", response.statusCode());
        return Optional.empty();
      }
      var entries = JSON.readValue(response.body(), Entry[].class);
      return Optional.of(
          List.of(entries).stream().filter(one -> !one.released()).map(Entry::name).toList());
    } catch (IOException | JacksonException e) {
      LOG.warn("The api does not list its campaigns: {}", e.toString());
      return Optional.empty();
    }
  }

  private static String of(String namespace) {
    return "?namespace=" + URLEncoder.encode(namespace, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(URI.create(address + PATH + path))
        .timeout(patience)
        .header("Accept", "application/json, application/problem+json")
        .header("Authorization", "Bearer " + token);
  }

  private ApiAnswer registration(HttpRequest.Builder request) {
    try {
      var response = send(request);
      return switch (response.statusCode()) {
        case 200 -> new ApiAnswer.Found(JSON.readValue(response.body(), Registration.class));
        case 204 -> new ApiAnswer.Missing();
        default -> problem(response);
      };
    } catch (IOException e) {
      LOG.debug("The api does not answer.", e);
      return new ApiAnswer.Away("no answer");
    } catch (JacksonException e) {
      LOG.warn("The answer of the api cannot be read.", e);
      return new ApiAnswer.Away("its answer cannot be read");
    }
  }

  private static ApiAnswer problem(HttpResponse<String> response) {
    var problem = Problem.of(response.body());
    int status = response.statusCode();
    if (status == 404 && "CAMPAIGN_NOT_FOUND".equals(problem.code())) {
      return new ApiAnswer.Missing();
    }
    if ((status == 409 || status == 400) && problem.code() != null) {
      return new ApiAnswer.Refused(problem.code(), problem.sentence());
    }
    return new ApiAnswer.Away(
        switch (status) {
          case 401, 403 -> "it does not know this operator's token (firstcome.operator.token)";
          case 404 -> "it has no interface for operators (firstcome.operator.token is not set)";
          default -> "HTTP " + status + (problem.code() == null ? "" : " " + problem.code());
        });
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private record Entry(String name, boolean released) {}

  private record Problem(@Nullable String code, @Nullable String detail) {
    static Problem of(String body) {
      try {
        return JSON.readValue(body, Problem.class);
      } catch (JacksonException e) {
        return new Problem(null, null);
      }
    }

    String sentence() {
      return detail == null ? "" : detail;
    }
  }
}
