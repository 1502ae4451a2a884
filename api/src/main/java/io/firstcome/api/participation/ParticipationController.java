package io.firstcome.api.participation;

import io.firstcome.api.participation.Door.Admitted;
import io.firstcome.api.participation.Participation.Status;
import io.firstcome.api.participation.Participations.Taken;
import io.firstcome.api.participation.RequestLog.Appended;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Taking part, and asking what came of it. Most who take part come through {@link ShortWay}. */
@RestController
@Tag(name = "Participation")
final class ParticipationController {
  static final String TAKE_PART = "/api/campaigns/{campaign}/participation";

  private final Participations participations;
  private final ResultStream stream;

  ParticipationController(Participations participations, ResultStream stream) {
    this.participations = participations;
    this.stream = stream;
  }

  /** What a participant sends. */
  record ParticipationBody(
      @Schema(description = "A whole number, or a text of 1 to 64 characters", example = "123")
          Object userId) {}

  /** The place in line, as soon as nobody can take it away. */
  record Accepted(
      String requestId,
      long campaignId,
      String userId,
      Status status,
      int partition,
      long offset,
      Instant acceptedAt) {

    static Accepted of(String requestId, Admitted admitted, Appended appended) {
      return new Accepted(
          requestId,
          admitted.campaign().id(),
          admitted.request().userId(),
          Status.PROCESSING,
          appended.place().partition(),
          appended.place().offset(),
          appended.at());
    }
  }

  @PostMapping(TAKE_PART)
  @Operation(
      summary = "Take part",
      description =
          "202 with a place in line once all in-sync replicas of the log have it. With the header"
              + " Prefer: wait=5 (at most 30) 200 with the result if it is known in time.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = ParticipationBody.class))))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Accepted.class)))
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Participation.class)))
  ResponseEntity<Object> participate(@PathVariable String campaign, HttpServletRequest http) {
    var answer = Answer.of(participations.take(campaign, http));
    var response = ResponseEntity.status(answer.status());
    if (answer.location() != null) {
      response.location(answer.location());
    }
    return response.body(answer.body());
  }

  /** What a participant is told who asked to take part. */
  record Answer(int status, @Nullable URI location, Object body) {
    static Answer of(Taken taken) {
      return switch (taken) {
        case Taken.Decided(var result) -> new Answer(200, null, result);
        case Taken.InLine(var requestId, var admitted, var appended) ->
            new Answer(
                202,
                ParticipationController.location(requestId),
                Accepted.of(requestId, admitted, appended));
      };
    }
  }

  static URI location(String requestId) {
    return URI.create("/api/participations/" + requestId);
  }

  @PostMapping("/api/campaigns/{campaign}/participation-sync")
  @Operation(
      summary = "Take part without the log, for comparison",
      description = "The same decision made in the request, against the database.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = ParticipationBody.class))))
  Participation participateSync(@PathVariable String campaign, HttpServletRequest http) {
    return participations.decideNow(campaign, http);
  }

  @GetMapping("/api/participations/{requestId}")
  @Operation(
      summary = "The result of a request",
      description = "wait=5 waits for it, at most 30 s.")
  Participation result(
      @PathVariable String requestId, @RequestParam(required = false) @Nullable String wait) {
    return participations.result(requestId, WaitTime.asked(wait));
  }

  @GetMapping(path = "/api/participations/{requestId}/events", produces = "text/event-stream")
  @Operation(
      summary = "The result of a request as server-sent events",
      description =
          "An event processing, then one event result, then the stream ends. With ahead=true events"
              + " ahead in between, at most one a second: how many requests of its line are still"
              + " to be decided before this one.")
  SseEmitter events(
      @PathVariable String requestId, @RequestParam(defaultValue = "false") boolean ahead) {
    return stream.open(participations.place(requestId), ahead);
  }
}
