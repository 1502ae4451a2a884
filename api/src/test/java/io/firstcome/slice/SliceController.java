package io.firstcome.slice;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;

/** Endpoints that break in every way that ours could. */
@RestController
class SliceController {
  record Entry(@NotBlank String name, int count) {}

  @PostMapping(
      path = "/api/campaigns/{campaign}/entry",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> enter(@PathVariable String campaign, @Valid @RequestBody Entry entry) {
    return Map.of("campaign", campaign, "name", entry.name(), "at", Instant.EPOCH);
  }

  @PostMapping("/api/campaigns/{campaign}/bytes")
  Map<String, Object> bytes(@PathVariable String campaign, @RequestBody byte[] body) {
    return Map.of("campaign", campaign, "bytes", body.length);
  }

  @PostMapping("/api/campaigns/{campaign}/stream")
  Map<String, Object> stream(@PathVariable String campaign, HttpServletRequest request)
      throws IOException {
    if (campaign.equals("none")) {
      throw new ProblemException(ErrorCode.CAMPAIGN_NOT_FOUND, "No campaign is named 'none'.");
    }
    return Map.of("bytes", request.getInputStream().readAllBytes().length);
  }

  @PostMapping("/api/campaigns/{campaign}/text")
  Map<String, Object> text(HttpServletRequest request) throws IOException {
    return Map.of("lines", request.getReader().lines().count());
  }

  @PostMapping("/api/campaigns/{campaign}/form")
  Map<String, Object> form(@RequestParam String name) {
    return Map.of("chars", name.length());
  }

  @GetMapping("/api/campaigns/{campaign}/query")
  Map<String, Object> query(
      @RequestParam @Max(30) int wait,
      @RequestParam(required = false) LocalDate date,
      @RequestHeader("Idempotency-Key") String key) {
    return Map.of("wait", wait, "key", key, "date", String.valueOf(date));
  }

  @GetMapping("/api/participations/never")
  DeferredResult<String> never() {
    return new DeferredResult<>(50L);
  }

  @GetMapping("/api/participations/half")
  void half(HttpServletResponse response) throws IOException {
    response.getOutputStream().write("half".getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
    throw new IllegalStateException("jdbc:mysql://db:3306 secret");
  }

  @GetMapping("/api/campaigns/fail")
  void fail(@RequestParam String how, HttpServletResponse response) throws Exception {
    switch (how) {
      case "runtime" -> throw new IllegalStateException("SELECT secret at io.firstcome.Secret");
      case "checked" -> throw new IOException("org.hidden /etc/secret");
      case "error" -> throw new StackOverflowError("org.hidden");
      case "connection" -> throw new CannotGetJdbcConnectionException("jdbc:mysql://db:3306");
      case "transaction" ->
          throw new CannotCreateTransactionException(
              "jdbc:mysql://db:3306", new EOFException("Connection reset by peer"));
      case "timeout" -> throw new QueryTimeoutException("SELECT secret");
      case "lock" -> throw new CannotAcquireLockException("SELECT secret");
      case "integrity" -> throw new DataIntegrityViolationException("INSERT secret");
      case "status" -> throw new ResponseStatusException(HttpStatus.FORBIDDEN, "org.hidden");
      case "send" -> response.sendError(406, "org.hidden");
      case "printed" -> {
        response.getWriter().print("half an answer of org.hidden");
        throw new IllegalStateException("org.hidden");
      }
      case "ours" ->
          throw new ProblemException(ErrorCode.CAMPAIGN_NOT_OPEN, "Opens later.")
              .with("opensAt", Instant.parse("2026-12-24T11:00:00Z"))
              .with("code", "FORGED");
      case "retry" ->
          throw new ProblemException(ErrorCode.LOG_UNAVAILABLE, "Outcome unknown.")
              .retryAfter(Duration.ofMillis(1200));
      default -> throw new IllegalArgumentException(how);
    }
  }
}
