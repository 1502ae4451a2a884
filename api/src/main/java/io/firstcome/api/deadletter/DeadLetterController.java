package io.firstcome.api.deadletter;

import io.firstcome.api.paging.PageWanted;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/admin/dead-letters")
class DeadLetterController {
  private final DeadLetterQueries letters;
  private final DeadLetterRetry retry;

  DeadLetterController(DeadLetterQueries letters, DeadLetterRetry retry) {
    this.letters = letters;
    this.retry = retry;
  }

  /**
   * What could not be read, newest first.
   *
   * @param campaign a campaign's id or name; null for all
   */
  @GetMapping
  ResponseEntity<List<DeadLetter>> list(
      @RequestParam(required = false) @Nullable String campaign,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = PageWanted.SIZE_DEFAULT) int size) {
    var wanted = new PageWanted(page, size);
    var campaignId = campaign == null ? null : letters.campaignId(campaign);
    return PageWanted.answer(letters.list(campaignId, wanted), letters.count(campaignId));
  }

  /** Sends the record to the end of its line, where it is decided as if it had come now. */
  @PostMapping("/{id}/retry")
  ResponseEntity<RetriedDeadLetter> retry(@PathVariable long id, Principal operator) {
    var retried = retry.retry(id, operator.getName());
    return ResponseEntity.accepted()
        .location(URI.create("/api/participations/" + retried.requestId()))
        .body(retried);
  }
}
