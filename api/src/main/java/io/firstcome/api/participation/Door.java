package io.firstcome.api.participation;

import io.firstcome.api.campaign.CachedCampaign;
import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import io.firstcome.core.rule.Request;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets a request in or says why not. Of several reasons that apply, the first of these is the
 * answer: unknown campaign, malformed request, not open yet, paused, closed, sold out (only where
 * the campaign refuses then), too large, wrong media type.
 *
 * <p>That order is why the body is read and judged here instead of by Spring: there, a wrong media
 * type would hide that the campaign does not even exist.
 */
@Component
final class Door {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final CampaignDirectory campaigns;
  private final JsonMapper json;
  private final Results results;

  Door(CampaignDirectory campaigns, JsonMapper json, Results results) {
    this.campaigns = campaigns;
    this.json = json;
    this.results = results;
  }

  /**
   * A request that may go on.
   *
   * @param earlier what it got when it was sent before, if the campaign takes no requests any more:
   *     a repeated request is not refused, because its first sending may have won
   */
  record Admitted(
      CachedCampaign campaign,
      Request request,
      WaitTime waitTime,
      @Nullable Participation earlier) {}

  /**
   * @param campaignText an id or a name
   * @throws ProblemException the first reason that applies
   */
  Admitted admit(String campaignText, HttpServletRequest http) {
    var campaign = campaigns.get(campaignText);
    var body = body(http);
    var wait = WaitTime.preferred(http.getHeaders(WaitTime.PREFER));
    var request = body.isPresent() ? request(body.get(), http.getHeader(IDEMPOTENCY_KEY)) : null;
    var refusal = refusal(campaign);
    if (refusal != null) {
      var earlier = request == null ? null : earlier(campaign, request);
      if (request == null || earlier == null) {
        throw refusal;
      }
      return new Admitted(campaign, request, wait, earlier);
    }
    if (request == null) {
      throw new ProblemException(
          ErrorCode.REQUEST_TOO_LARGE, "A participation is a few dozen bytes; this is far more.");
    }
    refuseUnlessJson(http.getContentType());
    return new Admitted(campaign, request, wait, null);
  }

  private static Optional<byte[]> body(HttpServletRequest http) {
    try {
      return Optional.of(http.getInputStream().readAllBytes());
    } catch (ProblemException e) {
      if (e.code() == ErrorCode.REQUEST_TOO_LARGE) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.REQUEST_MALFORMED, "The body ended before it was complete.", e);
    }
  }

  private Request request(byte[] body, @Nullable String idempotencyKey) {
    JsonNode tree;
    try {
      tree = json.readTree(body);
    } catch (JacksonException e) {
      throw new ProblemException(
          ErrorCode.REQUEST_MALFORMED, "The body is not JSON; expected {\"userId\": 123}.", e);
    }
    if (!tree.isObject()) {
      throw new ProblemException(
          ErrorCode.REQUEST_MALFORMED, "The body is no JSON object; expected {\"userId\": 123}.");
    }
    var userId = userId(tree.get("userId"));
    try {
      return new Request(userId, idempotencyKey);
    } catch (IllegalArgumentException e) {
      // The message is the rule's own sentence about the field that it refuses.
      var detail = String.valueOf(e.getMessage());
      var field = detail.startsWith(IDEMPOTENCY_KEY) ? IDEMPOTENCY_KEY : "userId";
      throw ProblemException.malformed(field, detail + ".");
    }
  }

  /** The number 123 and the text "123" are the same user. */
  private static String userId(@Nullable JsonNode node) {
    if (node != null && node.isString()) {
      return node.stringValue();
    }
    if (node != null && node.isIntegralNumber()) {
      return node.bigIntegerValue().toString();
    }
    throw ProblemException.malformed(
        "userId", "userId must be a whole number or a text of 1 to 64 characters.");
  }

  private @Nullable Participation earlier(CachedCampaign campaign, Request request) {
    return request.idempotencyKey() == null
        ? null
        : results.ofSameRequest(campaign.id(), campaign.repeatable(), request).orElse(null);
  }

  private @Nullable ProblemException refusal(CachedCampaign campaign) {
    return switch (campaign.phase(campaigns.databaseNow())) {
      case SCHEDULED ->
          new ProblemException(
                  ErrorCode.CAMPAIGN_NOT_OPEN, "The campaign opens at " + campaign.opensAt() + ".")
              .with("opensAt", String.valueOf(campaign.opensAt()));
      case PAUSED ->
          new ProblemException(
              ErrorCode.CAMPAIGN_PAUSED,
              "The campaign takes no requests for now; try again later.");
      case CLOSED ->
          new ProblemException(
              ErrorCode.CAMPAIGN_CLOSED, "The campaign takes no requests any more.");
      case OPEN ->
          campaign.refuseWhenSoldOut() && campaign.remaining() == 0
              ? new ProblemException(ErrorCode.OUT_OF_STOCK, "Everything has been given away.")
              : null;
    };
  }

  private static void refuseUnlessJson(@Nullable String contentType) {
    if (contentType == null) {
      return;
    }
    try {
      var type = MediaType.parseMediaType(contentType);
      if (type.isCompatibleWith(MediaType.APPLICATION_JSON)
          || type.getSubtype().toLowerCase(Locale.ROOT).endsWith("+json")) {
        return;
      }
    } catch (InvalidMediaTypeException e) {
      throw notJson(e);
    }
    throw notJson(null);
  }

  private static ProblemException notJson(@Nullable Throwable cause) {
    return new ProblemException(
        ErrorCode.MEDIA_TYPE_UNSUPPORTED,
        "Send the body as JSON, with the header Content-Type: application/json.",
        cause);
  }
}
