package io.firstcome.core.rule;

/** What a request got. The names are stored and sent as they stand. */
public enum Outcome {
  SUCCESS,
  ALREADY_ISSUED,
  OUT_OF_STOCK
}
