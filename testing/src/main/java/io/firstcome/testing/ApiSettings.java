package io.firstcome.testing;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What an api needs to be told to run on the servers of the tests. */
public final class ApiSettings {
  public static final String ADMIN = "admin";
  public static final String PASSWORD = "only-for-tests";

  // Of the lowest strength, so that tests do not spend their time on it.
  private static final String PASSWORD_HASH =
      "$2a$04$Loml4HF0FFKsQLYSIYNhDuWJBgLTC3g7gG0muXgKyvUwpfaIPFTZK";

  private ApiSettings() {}

  /** As {@code key=value}, for an api on free ports and this database. */
  public static List<String> on(Database database) {
    var servers = TestServers.get();
    var settings =
        new ArrayList<>(
            List.of(
                "server.port=0",
                "management.server.port=0",
                "spring.kafka.bootstrap-servers=" + servers.bootstrapServers(),
                "spring.datasource.url=" + database.jdbcUrl(),
                "spring.datasource.username=" + database.user(),
                "spring.datasource.password=" + database.password(),
                "firstcome.admin.name=" + ADMIN,
                "firstcome.admin.password-hash={bcrypt}" + PASSWORD_HASH,
                "firstcome.request-id.keys.1=" + Base64.getEncoder().encodeToString(new byte[32]),
                "firstcome.removal.grace=0s",
                "firstcome.bulk.enabled=true",
                "firstcome.lanes.coupons.partitions=4"));
    if (!servers.isMySql()) {
      var jpa = "spring.jpa.properties.";
      // Hibernate asks MariaDB through MySQL's driver what MariaDB does not answer.
      settings.add(jpa + "hibernate.boot.allow_jdbc_metadata_access=false");
      settings.add(jpa + "jakarta.persistence.database-product-name=MariaDB");
      settings.add(jpa + "jakarta.persistence.database-major-version=11");
      settings.add(jpa + "jakarta.persistence.database-minor-version=4");
    }
    return settings;
  }
}
