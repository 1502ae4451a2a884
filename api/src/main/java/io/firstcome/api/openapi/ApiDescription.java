package io.firstcome.api.openapi;

import io.firstcome.core.error.ErrorCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the document says beyond what springdoc reads off the controllers. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  private static final String BASIC = "basic";
  private static final String BEARER = "bearer";
  private static final String PROBLEM = "Problem";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Firstcome")
                .version("v1")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0"))
                .description(
                    """
                    Campaigns in which many people want few things at once. A request to take part \
                    gets a place in line, one result and a reason. Errors are problem documents \
                    (RFC 9457) with a stable code.\
                    """))
        .components(
            new Components()
                .addSecuritySchemes(BASIC, scheme(BASIC, "Name and password of the administrator"))
                .addSecuritySchemes(
                    BEARER,
                    scheme(BEARER, "Token of the OIDC provider, if one is set up")
                        .bearerFormat("JWT"))
                .addSchemas(PROBLEM, problem()));
  }

  @Bean
  OpenApiCustomizer problemsAndSignIn() {
    return document ->
        document
            .getPaths()
            .forEach((path, item) ->
                item.readOperations()
                    .forEach(operation -> describe(operation, path.startsWith("/api/admin"))));
  }

  private static void describe(Operation operation, boolean admin) {
    Schema<?> problem = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
    operation
        .getResponses()
        .addApiResponse(
            ApiResponses.DEFAULT,
            new ApiResponse()
                .description("Any refusal or failure; the code tells which")
                .content(
                    new Content()
                        .addMediaType(
                            "application/problem+json", new MediaType().schema(problem))));
    if (admin) {
      // Either of them is enough.
      operation.setSecurity(
          List.of(
              new SecurityRequirement().addList(BASIC), new SecurityRequirement().addList(BEARER)));
    }
  }

  private static SecurityScheme scheme(String name, String description) {
    return new SecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme(name)
        .description(description);
  }

  private static Schema<?> problem() {
    StringSchema code = text("Stable: branch on this one");
    code.setEnum(Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList());
    Schema<Object> problem = new ObjectSchema();
    problem.addProperty("type", text("A name, not an address to open"));
    problem.addProperty("title", text("The same for every occurrence"));
    problem.addProperty("status", new IntegerSchema());
    problem.addProperty("detail", text("What happened here"));
    problem.addProperty("instance", text("The path of the request"));
    problem.addProperty("code", code);
    problem.addProperty("field", text("The offending field, if it is one"));
    problem.setRequired(List.of("type", "title", "status", "detail", "code"));
    return problem;
  }

  private static StringSchema text(String description) {
    StringSchema text = new StringSchema();
    text.setDescription(description);
    return text;
  }
}
