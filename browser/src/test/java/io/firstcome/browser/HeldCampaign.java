package io.firstcome.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;

/** A campaign of which nothing is decided until it is let go: its consumer waits for its row. */
record HeldCampaign(String name, Connection lock) implements AutoCloseable {

  static HeldCampaign hold(String name) throws SQLException {
    var lock = Storage.dataSource().getConnection();
    lock.setAutoCommit(false);
    try (var row = lock.prepareStatement("SELECT id FROM campaign WHERE name = ? FOR UPDATE")) {
      row.setString(1, name);
      try (var found = row.executeQuery()) {
        assertThat(found.next()).isTrue();
      }
    }
    return new HeldCampaign(name, lock);
  }

  void letGo() throws SQLException {
    lock.rollback();
  }

  @Override
  public void close() throws SQLException {
    lock.close();
  }
}
