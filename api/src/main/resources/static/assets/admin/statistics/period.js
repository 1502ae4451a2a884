// The day or the period that is looked at: as it stands in the address, as fields have it, as the api
// takes it.

import { daysFrom, dayWords, isDay, plusDays } from './days.js';

export const DAYS_MAX = 366;
export const RAW_DAYS_MAX = 31;

/**
 * What an address asks for, as the parameters of the api: { date }, { from, to } or {} for the
 * default, which is yesterday. What is wrong in it is for the api to refuse.
 */
export function asked(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(['date', 'from', 'to'].filter((key) => given.has(key)).map((key) => [key, given.get(key)]));
}

/** '?date=…', '?from=…&to=…', or nothing for the default. */
export function query(parameters) {
  const text = new URLSearchParams(parameters).toString();
  return text ? `?${text}` : '';
}

/** One day is asked for as a day, which the api answers without a list of days. */
export function parametersOf({ from, to }) {
  return from === to ? { date: from } : { from, to };
}

/** The period that an answer is about. */
export function periodOf(answer) {
  return { from: answer.date ?? answer.from, to: answer.date ?? answer.to };
}

/** What is wrong with what was typed, as { field, message }; null if nothing is. */
export function fault({ from, to }) {
  if (!isDay(from)) {
    return { field: 'from', message: 'Choose the first day.' };
  }
  if (!isDay(to)) {
    return { field: 'to', message: 'Choose the last day; for one day the same as the first.' };
  }
  if (from > to) {
    return { field: 'to', message: 'The last day must not be before the first.' };
  }
  const days = daysFrom(from, to);
  return days > DAYS_MAX
    ? { field: 'to', message: `At most ${DAYS_MAX} days can be shown at once; these are ${days}.` }
    : null;
}

/** Periods that end with yesterday. */
export function quickChoices(yesterday) {
  return [
    { name: 'Yesterday', from: yesterday, to: yesterday },
    { name: 'Last 7 days', from: plusDays(yesterday, -6), to: yesterday },
    { name: 'Last 30 days', from: plusDays(yesterday, -29), to: yesterday },
  ];
}

/** As in "24 Dec 2026" or "18 Dec 2026 to 24 Dec 2026 (7 days)". */
export function periodWords({ from, to }) {
  return from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)} (${daysFrom(from, to)} days)`;
}
