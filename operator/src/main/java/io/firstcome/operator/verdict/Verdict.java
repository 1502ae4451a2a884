package io.firstcome.operator.verdict;

import io.firstcome.operator.crd.CampaignStatus.Condition;

/**
 * How a part is.
 *
 * @param status True, False or Unknown
 * @param detail what the reason's sentence does not say, or empty
 * @param stalled whether a person must act
 */
public record Verdict(String status, Reason reason, String detail, boolean stalled) {

  /** It is as it should be. */
  public static Verdict good(Reason reason) {
    return good(reason, "");
  }

  /** It is as it should be, and there is more to say. */
  public static Verdict good(Reason reason, String detail) {
    return new Verdict(Condition.TRUE, reason, detail, false);
  }

  /** It is not, and will be without anybody doing anything. */
  public static Verdict bad(Reason reason, String detail) {
    return new Verdict(Condition.FALSE, reason, detail, false);
  }

  /** It is not, and will not be until a person acts. */
  public static Verdict stalled(Reason reason, String detail) {
    return new Verdict(Condition.FALSE, reason, detail, true);
  }

  /** Nobody can tell right now. */
  public static Verdict unknown(Reason reason, String detail) {
    return new Verdict(Condition.UNKNOWN, reason, detail, false);
  }

  public boolean isGood() {
    return status.equals(Condition.TRUE);
  }

  /** The sentence with its detail. */
  public String message() {
    return detail.isEmpty() ? reason.sentence() : reason.sentence() + " " + detail;
  }
}
