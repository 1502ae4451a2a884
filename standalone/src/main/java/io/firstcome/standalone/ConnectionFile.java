package io.firstcome.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.firstcome.embedded.SecretFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Properties;

/**
 * How tools reach the product that runs on a data folder: a file in the folder, only for its owner,
 * from when the product is ready until it stops; a killed product leaves it behind. The keys are
 * those of Spring Boot, so a job can be run by hand with this file as its settings.
 *
 * @param pages address of the pages and the API
 * @param timeZone of campaigns that name none
 */
public record ConnectionFile(
    String pages,
    String jdbcUrl,
    String user,
    String password,
    String bootstrapServers,
    ZoneId timeZone) {
  private static final String NAME = "connection.properties";
  private static final String PAGES = "firstcome.pages";
  private static final String TIME_ZONE = "firstcome.time-zone";
  private static final String URL = "spring.datasource.url";
  private static final String USER = "spring.datasource.username";
  private static final String PASSWORD = "spring.datasource.password";
  private static final String BOOTSTRAP_SERVERS = "spring.kafka.bootstrap-servers";

  /** What the product on this folder has written; empty if none runs. */
  public static Optional<ConnectionFile> read(Path data) throws IOException {
    var properties = new Properties();
    try (var text = Files.newInputStream(data.resolve(NAME))) {
      properties.load(text);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    return Optional.of(
        new ConnectionFile(
            properties.getProperty(PAGES, ""),
            properties.getProperty(URL, ""),
            properties.getProperty(USER, ""),
            properties.getProperty(PASSWORD, ""),
            properties.getProperty(BOOTSTRAP_SERVERS, ""),
            ZoneId.of(properties.getProperty(TIME_ZONE, "UTC"))));
  }

  /** Writes it into the folder; closing the answer takes it away again. */
  AutoCloseable write(Path data) throws IOException {
    var properties = new Properties();
    properties.setProperty(PAGES, pages);
    properties.setProperty(TIME_ZONE, timeZone.getId());
    properties.setProperty(URL, jdbcUrl);
    properties.setProperty(USER, user);
    properties.setProperty(PASSWORD, password);
    properties.setProperty(BOOTSTRAP_SERVERS, bootstrapServers);
    var text = new ByteArrayOutputStream();
    properties.store(text, "Of the Firstcome that runs here; gone when it stops");
    SecretFile.write(data.resolve(NAME), text.toString(ISO_8859_1));
    return () -> delete(data);
  }

  /** Takes away what a killed product has left behind. */
  static void delete(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(NAME));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ConnectionFile[pages=%s, jdbcUrl=%s, user=%s]".formatted(pages, jdbcUrl, user);
  }
}
