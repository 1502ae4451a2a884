package io.firstcome.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The product's tables, for tests of those that find them made. */
final class Migrations {
  private Migrations() {}

  /** Runs all migrations that are on the class path, in order. */
  static void run(Database database) {
    new ResourceDatabasePopulator(scripts())
        .execute(
            new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
  }

  private static Resource[] scripts() {
    try {
      var found =
          new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql");
      Arrays.sort(found, Comparator.comparing(file -> String.valueOf(file.getFilename())));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
