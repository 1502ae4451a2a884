package io.firstcome.bench.baseline;

import io.firstcome.bench.baseline.Answers.Taken;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** L1: what the server can do if there is nothing to do. */
@RestController
class EmptyDoor {
  private static final Taken ANSWER = Taken.processing("none");

  @PostMapping("/api/campaigns/{campaign}/participation")
  ResponseEntity<Taken> participate() {
    return ResponseEntity.accepted().body(ANSWER);
  }
}
