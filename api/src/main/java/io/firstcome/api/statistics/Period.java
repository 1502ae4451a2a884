package io.firstcome.api.statistics;

import java.time.LocalDate;
import java.util.List;

/**
 * The business days that are asked for, each campaign's in its own time zone.
 *
 * @param to the last day, not before the first
 * @param isDate whether one date was asked for, and not a period that may have one day
 */
record Period(LocalDate from, LocalDate to, boolean isDate) {
  List<LocalDate> days() {
    return from.datesUntil(to.plusDays(1)).toList();
  }
}
