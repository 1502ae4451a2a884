// Times that people type in are those of their browser's zone.

const MINUTES = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The instant of a datetime-local field in the browser's zone, or null for an empty one. */
export function fromLocal(text) {
  // Without an offset, a date with a time is read in the local zone.
  const at = text ? new Date(text) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

/** As in "Asia/Seoul (GMT+9)": the offset is that of the given moment, for it changes over a year. */
export function zoneWords(zone, at) {
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(at ?? new Date())
    .find((part) => part.type === 'timeZoneName').value;
  return `${zone} (${offset})`;
}

/** A date and a time without seconds, as people plan them. */
export function minuteWords(instant) {
  return MINUTES.format(new Date(instant));
}
