package io.firstcome.api.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The error page: what anything below Spring MVC reported by a status or by an exception. */
@Controller
@Hidden
final class ProblemErrorController implements ErrorController {
  private final ProblemWriter writer;

  ProblemErrorController(ProblemWriter writer) {
    this.writer = writer;
  }

  @RequestMapping("${spring.web.error.path:/error}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    // If half an answer is on its way Tomcat includes this page in it, then breaks the connection.
    if (!response.isCommitted()) {
      writer.write(request, response, problem(request));
    }
  }

  private static ProblemException problem(HttpServletRequest request) {
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    // What the application throws is answered before it gets here, so this is Tomcat reading a
    // body.
    if (thrown instanceof IOException broken) {
      return ProblemTranslator.brokenOff(broken);
    }
    if (thrown instanceof Throwable other) {
      return ProblemTranslator.translate(other);
    }
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return ProblemTranslator.of(status instanceof Integer code ? code : 404, null);
  }
}
