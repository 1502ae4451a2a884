package io.firstcome.api.audit;

import io.firstcome.api.paging.PageWanted;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditLogController {
  private final AuditLog log;

  AuditLogController(AuditLog log) {
    this.log = log;
  }

  /**
   * What was done, newest first.
   *
   * @param campaign a campaign's id or name, also of one that was deleted; null for all
   */
  @GetMapping("/api/admin/audit-log")
  ResponseEntity<List<AuditRow>> list(
      @RequestParam(required = false) @Nullable String campaign,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = PageWanted.SIZE_DEFAULT) int size) {
    return PageWanted.answer(log.list(campaign, new PageWanted(page, size)), log.count(campaign));
  }
}
