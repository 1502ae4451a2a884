package io.firstcome.api.registration;

import io.firstcome.api.ApiServer;
import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;

/** Calls the internal interface as the operator does. */
public final class OperatorClient {
  static final String PATH = "/api/internal/campaigns";

  private final ApiClient api;
  private final String token;

  public OperatorClient(ApiServer server) {
    this(server, ApiServer.OPERATOR_TOKEN);
  }

  OperatorClient(ApiServer server, String token) {
    this.api = server.anybody();
    this.token = token;
  }

  public Answer put(String name, String json) {
    return api.send(
        api.request(PATH + "/" + name)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  public Answer get(String nameOrQuery) {
    return call("GET", nameOrQuery);
  }

  public Answer release(String name, String namespace) {
    return call("POST", name + "/release?namespace=" + namespace);
  }

  public Answer delete(String name, String namespace) {
    return call("DELETE", name + "?namespace=" + namespace);
  }

  private Answer call(String method, String rest) {
    var path = rest.startsWith("?") ? PATH + rest : PATH + "/" + rest;
    return api.send(
        api.request(path)
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.noBody()));
  }
}
