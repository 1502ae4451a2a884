package io.firstcome.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firstcome.slice.Caller;
import io.firstcome.slice.EndpointRoles;
import io.firstcome.slice.WebSlice;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The table of roles works: it finds what is missing, superfluous or wrong. */
@SpringBootTest(
    classes = WebSlice.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {WebSlice.CONFIG, WebSlice.ACTUATOR_PORT, WebSlice.HASH})
class EndpointRolesTest {
  private static final String TABLE =
      """
      GET  /api/admin/whoami                  -> ADMIN
      GET  /api/admin/later                   -> ADMIN
      POST /api/admin/wishes                  -> ADMIN
      POST /api/campaigns/{campaign}/entry    -> PUBLIC
      POST /api/campaigns/{campaign}/bytes    -> PUBLIC
      POST /api/campaigns/{campaign}/stream   -> PUBLIC
      POST /api/campaigns/{campaign}/text     -> PUBLIC
      POST /api/campaigns/{campaign}/form     -> PUBLIC
      GET  /api/campaigns/{campaign}/query    -> PUBLIC
      GET  /api/campaigns/fail                -> PUBLIC
      GET  /api/participations/never          -> PUBLIC
      GET  /api/participations/half           -> PUBLIC
      # springdoc
      GET  /v3/api-docs                       -> PUBLIC
      GET  /v3/api-docs.yaml                  -> PUBLIC
      GET  /v3/api-docs/swagger-config        -> PUBLIC
      GET  /swagger-ui.html                   -> PUBLIC
      """;

  @LocalServerPort int port;
  @Autowired ApplicationContext context;

  @Test
  void agreesWithTheControllers() {
    new EndpointRoles(TABLE).assertComplete(mappings());
  }

  @Test
  void agreesWithTheServer() {
    // The one that breaks off on purpose gives no status to look at.
    String table = TABLE.replaceAll("GET +/api/participations/half.*\n", "");
    new EndpointRoles(table)
        .assertEnforced(
            new Caller(port), Caller.basic("admin", WebSlice.ADMIN_PASSWORD), "Bearer nobody");
  }

  @Test
  void findsAnEndpointWithoutARow() {
    EndpointRoles roles = new EndpointRoles(TABLE.replaceAll("GET +/api/admin/later.*\n", ""));
    assertThatThrownBy(() -> roles.assertComplete(mappings()))
        .hasMessageContaining("GET /api/admin/later");
  }

  @Test
  void findsARowWithoutAnEndpoint() {
    EndpointRoles roles = new EndpointRoles(TABLE + "GET /api/gone -> PUBLIC\n");
    assertThatThrownBy(() -> roles.assertComplete(mappings()))
        .hasMessageContaining("GET /api/gone");
  }

  @Test
  void findsAnOpenDoor() {
    EndpointRoles roles = new EndpointRoles("GET /api/campaigns/fail -> ADMIN");
    assertThatThrownBy(() -> roles.assertEnforced(new Caller(port), "Basic eDp5", "Bearer nobody"))
        .hasMessageContaining("GET /api/campaigns/fail, anonymous");
  }

  @Test
  void refusesRowsThatItCannotRead() {
    assertThatThrownBy(() -> new EndpointRoles("GET /api/x -> EVERYBODY"))
        .hasMessageContaining("EVERYBODY");
    assertThat(new EndpointRoles("# nothing\n\n")).isNotNull();
  }

  private Collection<RequestMappingHandlerMapping> mappings() {
    return context.getBeansOfType(RequestMappingHandlerMapping.class).values();
  }
}
