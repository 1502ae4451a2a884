package io.firstcome.core.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the door does with a request now. Shown as {@code state} in every answer. */
public enum CampaignPhase {
  SCHEDULED,
  OPEN,
  PAUSED,
  CLOSED;

  /**
   * The phase at an instant of the database's clock. A campaign closed by a person stays closed; a
   * pause holds only between opening and closing.
   *
   * @param opensAt null means open from the start
   * @param closesAt exclusive; null means open until closed by a person
   */
  public static CampaignPhase at(
      Instant now, CampaignMode mode, @Nullable Instant opensAt, @Nullable Instant closesAt) {
    if (mode == CampaignMode.CLOSED) {
      return CLOSED;
    }
    if (opensAt != null && now.isBefore(opensAt)) {
      return SCHEDULED;
    }
    if (closesAt != null && !now.isBefore(closesAt)) {
      return CLOSED;
    }
    return mode == CampaignMode.PAUSED ? PAUSED : OPEN;
  }
}
