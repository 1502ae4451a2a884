package io.firstcome.standalone;

/**
 * What runs in the process, in the order in which it is stopped: first who takes requests, last who
 * keeps them.
 */
enum Part {
  CONNECTION_FILE,
  SCHEDULE,
  API,
  BATCH,
  CONSUMER,
  KAFKA,
  DATABASE,
  FOLDER
}
