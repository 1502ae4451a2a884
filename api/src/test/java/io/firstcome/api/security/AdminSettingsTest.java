package io.firstcome.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firstcome.slice.WebSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AdminSettingsTest {
  private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

  @Test
  void hasADefaultNameAndNoDefaultPassword() {
    assertThat(bind(Map.of())).isEqualTo(new AdminSettings("admin", null));
  }

  @Test
  void takesBothSettingsAndShowsNoHash() {
    AdminSettings settings =
        bind(
            Map.of(
                "firstcome.admin.name",
                "root",
                "firstcome.admin.password-hash",
                WebSlice.ADMIN_HASH));
    assertThat(settings).isEqualTo(new AdminSettings("root", WebSlice.ADMIN_HASH));
    assertThat(settings).hasToString("AdminSettings[name=root]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "{noop}secret", "{bcrypt}secret", "$2a$10$abc"})
  void refusesWhatIsNoBcryptHashWithoutShowingIt(String hash) {
    assertThatThrownBy(() -> new AdminSettings("admin", hash))
        .hasMessageContaining("firstcome.admin.password-hash")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a:b"})
  void refusesNamesThatCannotSignIn(String name) {
    assertThatThrownBy(() -> new AdminSettings(name, null))
        .hasMessageContaining("firstcome.admin.name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -                                                  | set firstcome.admin.password-hash
          jwk-set-uri=http://localhost:1                     | issuer-uri must be set
          jwk-set-uri=http://localhost:1 audiences=firstcome | issuer-uri must be set
          issuer-uri=http://localhost:1                      | audiences must be set
          jwk-set-uri=http://localhost:1 issuer-uri=http://i | audiences must be set
          """)
  void doesNotStartWithAHole(String settings, String message) {
    List<String> args = new ArrayList<>(List.of("--server.port=0", "--management.server.port=0"));
    if (!settings.equals("-")) {
      Arrays.stream(settings.split(" ")).map(s -> "--" + JWT + s).forEach(args::add);
    }
    assertThatThrownBy(() ->
            new SpringApplicationBuilder(WebSlice.class)
                .properties(WebSlice.CONFIG)
                .run(args.toArray(String[]::new))
                .close())
        .rootCause()
        .hasMessageContaining(message);
  }

  private static AdminSettings bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("firstcome.admin", AdminSettings.class);
  }
}
