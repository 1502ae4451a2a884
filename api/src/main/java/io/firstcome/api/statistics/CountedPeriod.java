package io.firstcome.api.statistics;

import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of a period, while it is being collected. */
final class CountedPeriod {
  /** The campaign that counts belong to. */
  record CountedCampaign(long id, String name, String displayName, String timeZone)
      implements Comparable<CountedCampaign> {
    @Override
    public int compareTo(CountedCampaign other) {
      return Long.compare(id, other.id);
    }
  }

  private final SortedMap<CountedCampaign, Counts> campaigns = new TreeMap<>();
  private final SortedMap<LocalDate, Counts> days = new TreeMap<>();
  private long pendingCampaigns;

  void add(CountedCampaign campaign, Counts counts) {
    campaigns.merge(campaign, counts, Counts::plus);
  }

  void add(LocalDate day, Counts counts) {
    days.merge(day, counts, Counts::plus);
  }

  void setPendingCampaigns(long count) {
    pendingCampaigns = count;
  }

  /** By id; those with counted requests in the period. */
  SortedMap<CountedCampaign, Counts> campaigns() {
    return campaigns;
  }

  Counts day(LocalDate day) {
    return days.getOrDefault(day, Counts.NONE);
  }

  Counts total() {
    return days.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /** Campaigns with decisions in the period that the aggregate does not know. */
  long pendingCampaigns() {
    return pendingCampaigns;
  }
}
