package io.firstcome.core.error;

import static io.firstcome.core.error.ErrorOwner.CLIENT;
import static io.firstcome.core.error.ErrorOwner.OURS;
import static io.firstcome.core.error.ErrorOwner.OUTSIDE;

import java.util.Locale;

/**
 * The stable codes of every refusal and failure, as the {@code code} of a problem document (RFC
 * 9457). A code is never renamed or given another status: clients branch on it.
 */
public enum ErrorCode {
  CAMPAIGN_NOT_FOUND(CLIENT, 404, "Campaign not found"),
  PARTICIPATION_NOT_FOUND(CLIENT, 404, "Participation not found"),
  DEAD_LETTER_NOT_FOUND(CLIENT, 404, "Dead letter not found"),
  BULK_RUN_NOT_FOUND(CLIENT, 404, "Bulk run not found"),
  BATCH_RUN_NOT_FOUND(CLIENT, 404, "Batch run not found"),
  NOT_FOUND(CLIENT, 404, "Nothing is here"),
  REQUEST_MALFORMED(CLIENT, 400, "The request cannot be understood"),
  UNAUTHORIZED(CLIENT, 401, "Sign in first"),
  FORBIDDEN(CLIENT, 403, "Not allowed"),
  METHOD_NOT_ALLOWED(CLIENT, 405, "Method not allowed"),
  NOT_ACCEPTABLE(CLIENT, 406, "No such representation"),
  CAMPAIGN_NOT_OPEN(CLIENT, 409, "The campaign is not open yet"),
  CAMPAIGN_PAUSED(CLIENT, 409, "The campaign is paused"),
  CAMPAIGN_EXISTS(CLIENT, 409, "The campaign exists already"),
  BATCH_RUNNING(CLIENT, 409, "A run is at work already"),
  CHANGE_REFUSED(CLIENT, 409, "This change is not possible"),
  CAMPAIGN_CLOSED(CLIENT, 410, "The campaign is closed"),
  OUT_OF_STOCK(CLIENT, 410, "Sold out"),
  REQUEST_TOO_LARGE(CLIENT, 413, "The request is too large"),
  MEDIA_TYPE_UNSUPPORTED(CLIENT, 415, "Media type not supported"),
  TOO_MANY_REQUESTS(CLIENT, 429, "Too many requests"),
  LOG_UNAVAILABLE(OUTSIDE, 503, "The log does not answer"),
  DATABASE_UNAVAILABLE(OUTSIDE, 503, "The database does not answer"),
  SERVICE_UNAVAILABLE(OUTSIDE, 503, "Not available right now"),
  INTERNAL_ERROR(OURS, 500, "Something broke on our side");

  private final ErrorOwner owner;
  private final int status;
  private final String title;

  ErrorCode(ErrorOwner owner, int status, String title) {
    this.owner = owner;
    this.status = status;
    this.title = title;
  }

  public ErrorOwner owner() {
    return owner;
  }

  /** The HTTP status that answers carry. */
  public int status() {
    return status;
  }

  /** The same short sentence for every occurrence. */
  public String title() {
    return title;
  }

  /** The problem type: a name, not an address to open. */
  public String type() {
    return "urn:firstcome:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
