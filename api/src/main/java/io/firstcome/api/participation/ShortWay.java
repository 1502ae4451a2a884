package io.firstcome.api.participation;

import io.firstcome.api.participation.ParticipationController.Answer;
import io.firstcome.api.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ServerHttpObservationFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the one request that comes by the thousand past Spring MVC: a third of its processor time
 * went into finding the method, its arguments and a converter for the answer. It stands behind the
 * security chain, so headers, firewall, limits and measurements are those of every request, and
 * answers what {@link ParticipationController} answers, which still gets whatever is unusual. See
 * docs/adr/0017.
 */
@Component
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1)
final class ShortWay extends HttpFilter {
  private static final Pattern PATH =
      Pattern.compile("/api/campaigns/([A-Za-z0-9-]{1,64})/participation");

  private final Participations participations;
  private final JsonMapper json;
  private final ProblemWriter problems;

  ShortWay(Participations participations, JsonMapper json, ProblemWriter problems) {
    this.participations = participations;
    this.json = json;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = PATH.matcher(request.getRequestURI());
    if (!request.getMethod().equals("POST") || !path.matches() || !takesJson(request)) {
      chain.doFilter(request, response);
      return;
    }
    ServerHttpObservationFilter.findObservationContext(request)
        .ifPresent(seen -> seen.setPathPattern(ParticipationController.TAKE_PART));
    try {
      write(response, Answer.of(participations.take(path.group(1), request)));
    } catch (RuntimeException e) {
      problems.answer(e, request, response);
    }
  }

  /** What most clients send; any other list is for Spring to weigh. */
  private static boolean takesJson(HttpServletRequest request) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept == null
        || accept.equals(MediaType.ALL_VALUE)
        || accept.equals(MediaType.APPLICATION_JSON_VALUE);
  }

  private void write(HttpServletResponse response, Answer answer) throws IOException {
    var body = json.writeValueAsBytes(answer.body());
    response.setStatus(answer.status());
    if (answer.location() != null) {
      response.setHeader(HttpHeaders.LOCATION, answer.location().toString());
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
