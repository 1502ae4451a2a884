package io.firstcome.testing;

/** An empty database for one test class, and an account that may do everything on its server. */
public record Database(String jdbcUrl, String user, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "Database[jdbcUrl=%s, user=%s]".formatted(jdbcUrl, user);
  }
}
