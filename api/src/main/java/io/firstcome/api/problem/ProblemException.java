package io.firstcome.api.problem;

import io.firstcome.core.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure on its way to the client. The detail is shown as it stands, so it helps the
 * reader and contains no class names, SQL or secrets.
 */
public final class ProblemException extends RuntimeException {
  private final ErrorCode code;
  private final String detail;
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private @Nullable Duration retryAfter;

  public ProblemException(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  public ProblemException(ErrorCode code, String detail, @Nullable Throwable cause) {
    super(code + ": " + detail, cause);
    this.code = code;
    this.detail = detail;
  }

  /** An offending field of the request body, named in the problem's {@code field}. */
  public static ProblemException malformed(String field, String detail) {
    return new ProblemException(ErrorCode.REQUEST_MALFORMED, detail).with("field", field);
  }

  /** Adds a member to the problem document. */
  public ProblemException with(String name, Object value) {
    properties.put(name, Objects.requireNonNull(value));
    return this;
  }

  /** When a retry makes sense, rounded up to whole seconds in the {@code Retry-After} header. */
  public ProblemException retryAfter(Duration delay) {
    retryAfter = delay;
    return this;
  }

  /** Adds a response header; a name may be added several times. */
  public ProblemException withHeader(String name, String value) {
    headers.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    return this;
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  public Map<String, Object> properties() {
    return properties;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
