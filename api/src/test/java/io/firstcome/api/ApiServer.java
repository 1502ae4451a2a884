package io.firstcome.api;

import io.firstcome.testing.ApiClient;
import io.firstcome.testing.ApiSettings;
import io.firstcome.testing.TestServers;
import java.util.ArrayList;
import java.util.Collection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The api as it runs, on a port of its own, against the servers of the tests and a database of its
 * own. Most tests share one, and use campaigns that nobody else uses.
 */
public final class ApiServer implements AutoCloseable {
  public static final String OPERATOR_TOKEN = "the-operator-of-tests";

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
    for (var setting : ApiSettings.on(TestServers.get().newDatabase())) {
      arguments.add("--" + setting);
    }
    arguments.add("--firstcome.operator.token=" + OPERATOR_TOKEN);
    // Two values of one key would be joined to a list, so what a test says replaces ours.
    for (var setting : settings) {
      var key = setting.substring(0, setting.indexOf('=') + 1);
      arguments.removeIf(argument -> argument.startsWith("--" + key));
      arguments.add("--" + setting);
    }
    return new ApiServer(ApiApplication.builder().run(arguments.toArray(String[]::new)));
  }

  /** Calls with the administrator's name and password. */
  public ApiClient admin() {
    return new ApiClient(address, ApiSettings.ADMIN, ApiSettings.PASSWORD);
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

  public <T> Collection<T> beans(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  @Override
  public void close() {
    context.close();
  }

  private static final class Shared {
    static final ApiServer SERVER = start();
  }
}
