package io.firstcome.replay;

import java.util.List;

/**
 * What deciding a campaign once more has shown.
 *
 * @param replayed requests that the rule has decided again, those that have lost their row included
 * @param notInLog how many of them were taken from the table: decisions made without the log, and
 *     those whose records its retention has removed
 * @param agree whether there is no difference at all
 * @param differenceCount all of them
 * @param differences the first 1,000, in the order of the decisions; what concerns the campaign or
 *     a partition as a whole comes last
 */
public record ReplayReport(
    long campaignId,
    String campaignName,
    long replayed,
    long notInLog,
    boolean agree,
    long differenceCount,
    List<Difference> differences) {
  /** More are counted but not listed. */
  public static final int DIFFERENCES_MAX = 1_000;

  public ReplayReport {
    differences = List.copyOf(differences);
  }
}
