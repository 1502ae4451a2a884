package io.firstcome.api.campaign;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the time by the clock that opens and closes the campaigns. */
@RestController
@Tag(name = "Campaigns")
final class ClockController {
  private final CampaignDirectory directory;

  ClockController(CampaignDirectory directory) {
    this.directory = directory;
  }

  /** The database's clock, to the millisecond. */
  record Time(Instant now) {}

  @GetMapping("/api/time")
  @Operation(summary = "The time by which campaigns open and close")
  ResponseEntity<Time> now() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Time(directory.databaseNow().truncatedTo(ChronoUnit.MILLIS)));
  }
}
