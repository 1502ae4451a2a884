package io.firstcome.standalone;

import io.firstcome.embedded.EmbeddedMariaDb;
import java.util.List;
import java.util.Map;

/** Where the tables are, and who may write them. */
record DatabaseAddress(String jdbcUrl, String user, String password, boolean isEmbedded) {
  static final String USER_VARIABLE = "FIRSTCOME_MYSQL_USER";
  static final String PASSWORD_VARIABLE = "FIRSTCOME_MYSQL_PASSWORD";

  static DatabaseAddress of(EmbeddedMariaDb database) {
    return new DatabaseAddress(database.jdbcUrl(), database.user(), database.password(), true);
  }

  static DatabaseAddress outside(String jdbcUrl, Map<String, String> environment) {
    var user = environment.get(USER_VARIABLE);
    if (user == null || user.isBlank()) {
      throw new RefusedException(
          "--mysql needs an account: set %s and %s.".formatted(USER_VARIABLE, PASSWORD_VARIABLE));
    }
    return new DatabaseAddress(
        jdbcUrl, user, environment.getOrDefault(PASSWORD_VARIABLE, ""), false);
  }

  /** The settings of an application that uses it. */
  List<String> settings() {
    return List.of(
        "--spring.datasource.url=" + jdbcUrl,
        "--spring.datasource.username=" + user,
        "--spring.datasource.password=" + password);
  }

  /**
   * What Hibernate cannot find out itself: its first question about the database fails on MariaDB
   * when it is asked through MySQL's driver.
   */
  List<String> hibernateSettings() {
    if (!isEmbedded) {
      return List.of();
    }
    var prefix = "--spring.jpa.properties.";
    return List.of(
        prefix + "hibernate.boot.allow_jdbc_metadata_access=false",
        prefix + "jakarta.persistence.database-product-name=MariaDB",
        prefix + "jakarta.persistence.database-major-version=11",
        prefix + "jakarta.persistence.database-minor-version=4");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseAddress[jdbcUrl=%s, user=%s]".formatted(jdbcUrl, user);
  }
}
