// Figures and times as people of this browser read them.

const LANGUAGE = document.documentElement.lang || navigator.language;

export function number(value, digits = 0) {
  return value === null || value === undefined
    ? '–'
    : new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: digits }).format(value);
}

export function percent(part, whole, digits = 1) {
  return whole > 0
    ? new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: digits })
        .format(part / whole)
    : '–';
}

/** A date and a time of the day with seconds, in the zone of the browser. */
export function dateTime(instant) {
  return instant
    ? new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'medium' })
        .format(new Date(instant))
    : '–';
}

export function timeOfDay(instant) {
  return new Intl.DateTimeFormat(LANGUAGE, { timeStyle: 'medium' }).format(new Date(instant));
}

/** As in "0.4 s", "12 s", "3 min 5 s", "2 h 10 min". */
export function duration(millis) {
  if (millis === null || millis === undefined) {
    return '–';
  }
  const seconds = millis / 1000;
  if (seconds < 10) {
    return `${number(seconds, 1)} s`;
  }
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
