package io.firstcome.testing;

/** One broker and one database server. */
interface Servers extends AutoCloseable {
  String bootstrapServers();

  /** The address of a database on the server, which need not exist. */
  String jdbcUrl(String database);

  String user();

  String password();

  boolean isMySql();

  /** The version of the broker, and where both run. */
  String kafkaAndPlace();

  @Override
  void close();
}
