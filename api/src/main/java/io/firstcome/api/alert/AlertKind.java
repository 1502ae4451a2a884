package io.firstcome.api.alert;

/** What is wrong. */
enum AlertKind {
  /** A batch run ended badly, or the process that ran it is gone. */
  FAILED,
  /** The daily run was due and the day is not aggregated. */
  MISSED
}
