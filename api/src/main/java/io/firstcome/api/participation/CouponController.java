package io.firstcome.api.participation;

import io.firstcome.api.participation.ParticipationController.ParticipationBody;
import io.firstcome.api.participation.Participations.Taken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The same two calls under the names that coupon clients use: a coupon is a campaign. */
@RestController
@Tag(name = "Coupons")
final class CouponController {
  private final Participations participations;

  CouponController(Participations participations) {
    this.participations = participations;
  }

  record Issued(String requestId, String message) {}

  @PostMapping("/coupons/{coupon}/issue")
  @Operation(
      summary = "Ask for a coupon",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = ParticipationBody.class))))
  ResponseEntity<Object> issue(@PathVariable String coupon, HttpServletRequest http) {
    return switch (participations.take(coupon, http)) {
      case Taken.Decided(var result) -> ResponseEntity.ok(result);
      case Taken.InLine(var requestId, _, _) ->
          ResponseEntity.accepted()
              .location(ParticipationController.location(requestId))
              .body(new Issued(requestId, Participation.Status.PROCESSING.message(null)));
    };
  }

  @GetMapping("/coupons/issue-status/{requestId}")
  @Operation(summary = "What came of it", description = "wait=5 waits for it, at most 30 s.")
  Participation status(
      @PathVariable String requestId, @RequestParam(required = false) @Nullable String wait) {
    return participations.result(requestId, WaitTime.asked(wait));
  }
}
