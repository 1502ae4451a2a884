package io.firstcome.bench.baseline;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connections of the baselines. */
@Configuration(proxyBeanMethods = false)
class Pool {
  private static final int DOOR_CONNECTIONS = 20;

  @Bean
  HikariDataSource door() {
    return open(DOOR_CONNECTIONS);
  }

  /**
   * So many connections with a driver that is as fast as it can be for single statements. Every
   * transaction is begun and ended by hand, so the driver need not be told each time.
   */
  static HikariDataSource open(int connections) {
    var pool = new HikariConfig();
    pool.setJdbcUrl(System.getenv("SPRING_DATASOURCE_URL"));
    pool.setUsername(System.getenv("SPRING_DATASOURCE_USERNAME"));
    pool.setPassword(System.getenv("SPRING_DATASOURCE_PASSWORD"));
    pool.setMaximumPoolSize(connections);
    pool.setAutoCommit(false);
    pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    Map.of(
            "cachePrepStmts", true,
            "useServerPrepStmts", true,
            "cacheServerConfiguration", true,
            "useLocalSessionState", true,
            "connectionTimeZone", "UTC",
            "forceConnectionTimeZoneToSession", true)
        .forEach(pool::addDataSourceProperty);
    return new HikariDataSource(pool);
  }
}
