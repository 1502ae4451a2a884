package io.firstcome.standalone.seed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * A campaign that is to be generated.
 *
 * @param firstDay the first of its days
 * @param rowsByDay how many requests each day has, from the first day on
 * @param opening when a day's sale opens, in the zone
 * @param seedNumber equal plans with equal numbers get equal requests
 */
record CampaignPlan(
    String name,
    String displayName,
    long stock,
    boolean repeatable,
    ZoneId zone,
    LocalDate firstDay,
    LocalTime opening,
    List<Long> rowsByDay,
    long seedNumber) {

  CampaignPlan {
    rowsByDay = List.copyOf(rowsByDay);
  }

  long rows() {
    return rowsByDay.stream().mapToLong(Long::longValue).sum();
  }

  LocalDate lastDay() {
    return firstDay.plusDays(rowsByDay.size() - 1L);
  }

  Instant opensAt() {
    return firstDay.atTime(opening).atZone(zone).toInstant();
  }

  /** Over since the end of its last day: nobody else takes part in it. */
  Instant closesAt() {
    return lastDay().plusDays(1).atStartOfDay(zone).toInstant();
  }
}
