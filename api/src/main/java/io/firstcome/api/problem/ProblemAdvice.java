package io.firstcome.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers what controllers and Spring MVC throw. */
@RestControllerAdvice
final class ProblemAdvice {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final ProblemWriter writer;

  ProblemAdvice(ProblemWriter writer) {
    this.writer = writer;
  }

  // Writes by itself: a returned body would be subject to the client's Accept header.
  @ExceptionHandler(Exception.class)
  void answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
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
    writer.write(request, response, ProblemTranslator.translate(thrown));
  }
}
