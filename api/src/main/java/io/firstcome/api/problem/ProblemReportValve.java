package io.firstcome.api.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Answers what Tomcat itself refuses before any application is chosen, such as a bad path. */
final class ProblemReportValve extends ErrorReportValve {
  private final ProblemWriter writer;

  ProblemReportValve(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    AtomicBoolean writable = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
    if (!writable.get()) {
      return;
    }
    // Of a request that could not be parsed the exception says no more than the status.
    ProblemException problem =
        thrown == null || status < 500
            ? ProblemTranslator.of(status, thrown)
            : ProblemTranslator.translate(thrown);
    for (String method : response.getHeaders(HttpHeaders.ALLOW)) {
      problem.withHeader(HttpHeaders.ALLOW, method);
    }
    try {
      writer.write(request.getRequest(), response.getResponse(), problem);
      response.finishResponse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
