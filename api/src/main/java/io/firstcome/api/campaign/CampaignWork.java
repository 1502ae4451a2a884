package io.firstcome.api.campaign;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.campaign.CampaignMode;
import io.firstcome.core.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What administrators can do to campaigns, where they are kept: in the tables alone, or as
 * resources of a cluster.
 */
public interface CampaignWork {
  /**
   * Makes the campaign.
   *
   * @throws ProblemException {@link ErrorCode#CAMPAIGN_EXISTS} if the label is taken, {@link
   *     ErrorCode#CHANGE_REFUSED} if a foreign topic is in the way, {@link
   *     ErrorCode#LOG_UNAVAILABLE}, {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  Campaign create(NewCampaign wanted, String actor);

  /**
   * Makes the whole change or nothing of it, except that added partitions stay when the rest turns
   * out to be impossible because of another change at the same moment.
   *
   * @throws ProblemException {@link ErrorCode#CHANGE_REFUSED} for a change that the campaign does
   *     not allow, {@link ErrorCode#REQUEST_MALFORMED} for a window that does not fit, {@link
   *     ErrorCode#LOG_UNAVAILABLE}, {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  Campaign change(long id, CampaignChange change, String actor);

  /**
   * Pauses, resumes or closes.
   *
   * @param why for the audit log
   * @throws ProblemException {@link ErrorCode#CHANGE_REFUSED} for anything but closing once more
   *     after the campaign was closed, {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  Campaign setMode(long id, CampaignMode mode, @Nullable String why, String actor);

  /**
   * Deletes the campaign and all that was recorded for it but the audit log.
   *
   * @throws ProblemException {@link ErrorCode#LOG_UNAVAILABLE} if its topic cannot be deleted now:
   *     the campaign stays, closed; {@link ErrorCode#SERVICE_UNAVAILABLE}
   */
  void delete(long id, String actor);
}
