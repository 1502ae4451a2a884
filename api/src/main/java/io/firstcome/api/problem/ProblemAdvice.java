package io.firstcome.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers what controllers and Spring MVC throw. */
@RestControllerAdvice
final class ProblemAdvice {
  private final ProblemWriter writer;

  ProblemAdvice(ProblemWriter writer) {
    this.writer = writer;
  }

  // Writes by itself: a returned body would be subject to the client's Accept header.
  @ExceptionHandler(Exception.class)
  void answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    writer.answer(thrown, request, response);
  }
}
