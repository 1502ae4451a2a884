package io.firstcome.api.problem;

import io.firstcome.core.error.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every error answer of the process, whichever layer refuses: as {@code
 * application/problem+json} (RFC 9457) whatever the client's Accept says, because a client that
 * cannot read the reason is still better off with the status than with another error; only a
 * browser that goes to the address of a page gets a page. Counts it in {@code firstcome.errors} and
 * logs it, once, if somebody other than the client has to act.
 */
@Component
public final class ProblemWriter {
  private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);
  private static final int INCIDENT_BYTES = 8;

  private final JsonMapper mapper;
  private final MeterRegistry meters;
  private final SecureRandom random = new SecureRandom();

  public ProblemWriter(JsonMapper mapper, MeterRegistry meters) {
    this.mapper = mapper;
    this.meters = meters;
  }

  /**
   * Answers what was thrown while a request was handled.
   *
   * @throws E what was thrown, if the answer has begun already
   */
  public <E extends Exception> void answer(
      E thrown, HttpServletRequest request, HttpServletResponse response) throws E, IOException {
    if (ProblemTranslator.isBrokenOff(thrown)) {
      // Tomcat remembers it and calls the error page, whatever is answered here.
      log.debug("The client left, or its body is broken", thrown);
      return;
    }
    if (response.isCommitted()) {
      // Too late for another answer. Tomcat breaks the connection, so that nobody takes half an
      // answer for a whole one.
      throw thrown;
    }
    write(request, response, ProblemTranslator.translate(thrown));
  }

  /** Answers with the problem. The response must not be committed; what was set on it is undone. */
  public void write(
      HttpServletRequest request, HttpServletResponse response, ProblemException problem)
      throws IOException {
    ErrorCode code = problem.code();
    String owner = code.owner().name();
    meters.counter("firstcome.errors", "code", code.name(), "owner", owner).increment();
    String path = path(request);
    String detail = report(request.getMethod() + " " + path, problem);
    boolean forPeople = ErrorPage.isWanted(request, path);
    byte[] body =
        forPeople
            ? ErrorPage.of(code.status())
            : mapper.writeValueAsBytes(document(problem, detail, path));

    response.reset();
    response.setStatus(code.status());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    problem
        .headers()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    Duration delay = problem.retryAfter();
    if (delay != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wholeSeconds(delay)));
    }
    response.setContentType(forPeople ? ErrorPage.TYPE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Logs the problem as its owner needs it, and gives the detail that the client may read. */
  private String report(String call, ProblemException problem) {
    return switch (problem.code().owner()) {
      case CLIENT -> {
        log.debug("{} refused", call, problem);
        yield problem.detail();
      }
      case OUTSIDE -> {
        // One line: while a database is away every request ends here.
        log.warn("{} failed: {}, caused by {}", call, problem.getMessage(), rootCause(problem));
        yield problem.detail();
      }
      case OURS -> {
        byte[] number = new byte[INCIDENT_BYTES];
        random.nextBytes(number);
        String incident = HexFormat.of().formatHex(number);
        log.error("Incident {}: {} failed", incident, call, problem);
        yield problem.detail() + " Please give the number " + incident + " when you report this.";
      }
    };
  }

  private static Map<String, Object> document(
      ProblemException problem, String detail, @Nullable String path) {
    ErrorCode code = problem.code();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", code.type());
    document.put("title", code.title());
    document.put("status", code.status());
    document.put("detail", detail);
    if (path != null) {
      document.put("instance", path);
    }
    document.put("code", code.name());
    problem.properties().forEach(document::putIfAbsent);
    return document;
  }

  /** The path as it was sent, or null if it is no URI reference, which RFC 9457 asks for. */
  private static @Nullable String path(HttpServletRequest request) {
    // In an error dispatch the request itself points to the error page.
    Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = original == null ? request.getRequestURI() : original.toString();
    if (path == null) {
      return null;
    }
    try {
      return new URI(path).getRawPath();
    } catch (URISyntaxException _) {
      return null;
    }
  }

  private static long wholeSeconds(Duration delay) {
    return delay.plusSeconds(1).minusNanos(1).toSeconds();
  }

  private static @Nullable Throwable rootCause(Throwable problem) {
    Throwable cause = problem.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
