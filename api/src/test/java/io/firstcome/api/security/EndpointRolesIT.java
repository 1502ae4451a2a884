package io.firstcome.api.security;

import io.firstcome.api.ApiServer;
import io.firstcome.slice.Caller;
import io.firstcome.slice.EndpointRoles;
import io.firstcome.testing.ApiSettings;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may call what, of the whole api: an endpoint without a row here fails the build. */
class EndpointRolesIT {
  private static final EndpointRoles ROLES =
      new EndpointRoles(
          """
          GET    /api/campaigns                                      -> PUBLIC
          GET    /api/campaigns/{campaign}                           -> PUBLIC
          GET    /api/campaigns/{campaign}/status                    -> PUBLIC
          GET    /api/time                                           -> PUBLIC
          POST   /api/campaigns/{campaign}/participation             -> PUBLIC
          POST   /api/campaigns/{campaign}/participation-sync        -> PUBLIC
          GET    /api/participations/{requestId}                     -> PUBLIC
          GET    /api/participations/{requestId}/events              -> PUBLIC
          POST   /coupons/{coupon}/issue                             -> PUBLIC
          GET    /coupons/issue-status/{requestId}                   -> PUBLIC
          GET    /api/admin/campaigns                                -> ADMIN
          POST   /api/admin/campaigns                                -> ADMIN
          GET    /api/admin/campaigns/{campaign}                     -> ADMIN
          PATCH  /api/admin/campaigns/{campaign}                     -> ADMIN
          DELETE /api/admin/campaigns/{campaign}                     -> ADMIN
          POST   /api/admin/campaigns/{campaign}/pause               -> ADMIN
          POST   /api/admin/campaigns/{campaign}/resume              -> ADMIN
          POST   /api/admin/campaigns/{campaign}/close               -> ADMIN
          GET    /api/admin/campaigns/{campaign}/audit               -> ADMIN
          GET    /api/admin/campaigns/{campaign}/live                -> ADMIN
          GET    /api/admin/warnings                                 -> ADMIN
          GET    /api/admin/audit-log                                -> ADMIN
          GET    /api/admin/dead-letters                             -> ADMIN
          POST   /api/admin/dead-letters/{id}/retry                  -> ADMIN
          POST   /api/admin/test/participate-bulk                    -> ADMIN
          GET    /api/admin/test/participate-bulk/{runId}            -> ADMIN
          GET    /api/admin/stats/daily                              -> ADMIN
          GET    /api/admin/stats/raw                                -> ADMIN
          GET    /api/admin/stats/order-analysis/{campaign}          -> ADMIN
          POST   /api/admin/batch/aggregate                          -> ADMIN
          GET    /api/admin/batch/status/{jobExecutionId}            -> ADMIN
          GET    /api/admin/batch/history                            -> ADMIN
          PUT    /api/internal/campaigns/{name}                      -> OPERATOR
          GET    /api/internal/campaigns/{name}                      -> OPERATOR
          GET    /api/internal/campaigns                             -> OPERATOR
          POST   /api/internal/campaigns/{name}/release              -> OPERATOR
          DELETE /api/internal/campaigns/{name}                      -> OPERATOR
          # springdoc
          GET    /v3/api-docs                                        -> PUBLIC
          GET    /v3/api-docs.yaml                                   -> PUBLIC
          GET    /v3/api-docs/swagger-config                         -> PUBLIC
          GET    /swagger-ui.html                                    -> PUBLIC
          """);

  private final ApiServer server = ApiServer.shared();

  @Test
  void everyEndpointHasItsRow() {
    ROLES.assertComplete(server.beans(RequestMappingHandlerMapping.class));
  }

  @Test
  void everyEndpointLetsInWhomItsRowSays() {
    var port = server.bean(Environment.class).getRequiredProperty("local.server.port", int.class);
    ROLES.assertEnforced(
        new Caller(port),
        Caller.basic(ApiSettings.ADMIN, ApiSettings.PASSWORD),
        "Bearer " + ApiServer.OPERATOR_TOKEN);
  }
}
