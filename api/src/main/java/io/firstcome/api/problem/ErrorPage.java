package io.firstcome.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** What a browser shows instead of a page that is not there or does not work. */
final class ErrorPage {
  static final String TYPE = "text/html;charset=UTF-8";

  private static final List<String> FOR_PROGRAMS =
      List.of("/api/", "/coupons/", "/v3/", "/actuator");
  private static final byte[] MISSING = read("missing.html");
  private static final byte[] TROUBLE = read("trouble.html");

  private ErrorPage() {}

  /** Whether a person has gone to this path, and not a program. */
  static boolean isWanted(HttpServletRequest request, @Nullable String path) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return path != null
        && accept != null
        && accept.contains(MediaType.TEXT_HTML_VALUE)
        && FOR_PROGRAMS.stream().noneMatch(path::startsWith);
  }

  static byte[] of(int status) {
    return status < 500 ? MISSING : TROUBLE;
  }

  private static byte[] read(String name) {
    try {
      return new ClassPathResource("static/pages/" + name).getContentAsByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
