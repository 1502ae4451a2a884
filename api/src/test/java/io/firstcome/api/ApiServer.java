package io.firstcome.api;

import io.firstcome.testing.Database;
import io.firstcome.testing.TestServers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * The api as it runs, on a port of its own, against the servers of the tests and a database of its
 * own. Most tests share one, and use campaigns that nobody else uses.
 */
public final class ApiServer implements AutoCloseable {
  public static final String ADMIN = "admin";
  public static final String PASSWORD = "only-for-tests";

  private static final int BCRYPT_STRENGTH_MIN = 4;

  private final ConfigurableApplicationContext context;
  private final String address;

  private ApiServer(ConfigurableApplicationContext context) {
    this.context = context;
    this.address =
        "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  /** The one that all tests of this JVM share; it is stopped when the JVM ends. */
  public static ApiServer shared() {
    return Shared.SERVER;
  }

  /**
   * A new one, for tests that need it otherwise.
   *
   * @param settings as {@code key=value}, on top of what tests need
   */
  public static ApiServer start(String... settings) {
    var arguments = new ArrayList<String>();
    for (var setting : settings(TestServers.get(), TestServers.get().newDatabase())) {
      arguments.add("--" + setting);
    }
    // Two values of one key would be joined to a list, so what a test says replaces ours.
    for (var setting : settings) {
      var key = setting.substring(0, setting.indexOf('=') + 1);
      arguments.removeIf(argument -> argument.startsWith("--" + key));
      arguments.add("--" + setting);
    }
    return new ApiServer(ApiApplication.builder().run(arguments.toArray(String[]::new)));
  }

  private static List<String> settings(TestServers servers, Database database) {
    var hash = new BCryptPasswordEncoder(BCRYPT_STRENGTH_MIN).encode(PASSWORD);
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
                "firstcome.admin.password-hash={bcrypt}" + hash,
                "firstcome.request-id.keys.1=" + Base64.getEncoder().encodeToString(new byte[32]),
                "firstcome.removal.grace=0s",
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

  /** Calls with the administrator's name and password. */
  public ApiClient admin() {
    return new ApiClient(address, ADMIN, PASSWORD);
  }

  /** Calls without credentials. */
  public ApiClient anybody() {
    return new ApiClient(address, null, null);
  }

  /** Straight into the database that this server uses. */
  public JdbcClient database() {
    return context.getBean(JdbcClient.class);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  private static final class Shared {
    static final ApiServer SERVER = start();
  }
}
