package io.firstcome.slice;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Who may call which endpoint, as a table to read: a row {@code METHOD path -> PUBLIC}, {@code ->
 * ADMIN} or {@code -> OPERATOR} for each, and {@code #} for remarks. An endpoint without a row
 * fails, so that nobody adds one without saying for whom; a row without an endpoint fails, so that
 * the table stays true.
 */
public final class EndpointRoles {
  private enum Access {
    PUBLIC,
    ADMIN,
    OPERATOR
  }

  private static final Pattern ROW =
      Pattern.compile("([A-Z*]+) +(/\\S*) +-> +(PUBLIC|ADMIN|OPERATOR)");

  private final Map<String, Access> rows = new TreeMap<>();

  public EndpointRoles(String table) {
    table
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(this::addRow);
  }

  private void addRow(String line) {
    Matcher row = ROW.matcher(line);
    assertThat(row.matches())
        .as("A row must be METHOD path -> PUBLIC|ADMIN|OPERATOR: " + line)
        .isTrue();
    String endpoint = row.group(1) + " " + row.group(2);
    assertThat(rows.put(endpoint, Access.valueOf(row.group(3)))).as("Twice: " + line).isNull();
  }

  /** The table and the controllers know the same endpoints. */
  public void assertComplete(Collection<RequestMappingHandlerMapping> mappings) {
    Set<String> endpoints =
        mappings.stream()
            .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
            .flatMap(EndpointRoles::endpoints)
            // The error page answers errors only; called directly it does not exist.
            .filter(endpoint -> !endpoint.endsWith(" /error"))
            .collect(toCollection(TreeSet::new));
    assertThat(rows.keySet())
        .as("rows of the table (actual) against endpoints of the controllers (expected)")
        .containsExactlyElementsOf(endpoints);
  }

  /** Every endpoint lets in, and keeps out, whom its row says. */
  public void assertEnforced(Caller caller, String adminCredentials, String operatorCredentials) {
    rows.forEach((endpoint, access) -> {
      assertEnforced(endpoint, "anonymous", access == Access.PUBLIC, call(caller, endpoint));
      int admin = call(caller, endpoint, "Authorization", adminCredentials);
      assertEnforced(endpoint, "admin", access != Access.OPERATOR, admin);
      int operator = call(caller, endpoint, "Authorization", operatorCredentials);
      assertEnforced(endpoint, "operator", access != Access.ADMIN, operator);
    });
  }

  private static void assertEnforced(String endpoint, String who, boolean letIn, int status) {
    var seen = assertThat(status).as(endpoint + ", " + who);
    if (letIn) {
      seen.isNotIn(401, 403);
    } else {
      seen.isEqualTo(401);
    }
  }

  private static int call(Caller caller, String endpoint, String... headers) {
    int space = endpoint.indexOf(' ');
    String method = endpoint.substring(0, space).replace("*", "GET");
    // A name that nothing has: the call shall pass the door, not change anything behind it.
    String path = endpoint.substring(space + 1).replaceAll("\\{[^}]+}", "no-such-name");
    HttpResponse<String> answer =
        caller.send(
            path,
            request ->
                (headers.length == 0 ? request : request.headers(headers))
                    .method(method, BodyPublishers.noBody()));
    return answer.statusCode();
  }

  private static Stream<String> endpoints(RequestMappingInfo mapping) {
    Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
    return mapping.getPatternValues().stream()
        .flatMap(path ->
            methods.isEmpty()
                ? Stream.of("* " + path)
                : methods.stream().map(method -> method + " " + path));
  }
}
