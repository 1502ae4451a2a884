package io.firstcome.api.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What happens to requests once the stock is gone. Written as in the Campaign resource. */
public enum SoldOut {
  /** They are taken, decided and recorded: the history of who asked is kept. */
  RECORD("Record"),
  /** They are refused at the door. */
  REFUSE("Refuse");

  private final String text;

  SoldOut(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  static Optional<SoldOut> of(String text) {
    return Arrays.stream(values()).filter(soldOut -> soldOut.text.equals(text)).findAny();
  }
}
