// Days as '2026-12-24', which have no time zone: reckoned in UTC, where every day has 24 hours.

const DAY = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const DAY_MILLIS = 86_400_000;

export function isDay(text) {
  return DAY.test(text) && !Number.isNaN(millis(text)) && plusDays(text, 0) === text;
}

export function plusDays(day, days) {
  return new Date(millis(day) + days * DAY_MILLIS).toISOString().slice(0, 10);
}

/** How many days from the first to the last, both counted. */
export function daysFrom(first, last) {
  return Math.round((millis(last) - millis(first)) / DAY_MILLIS) + 1;
}

/** As in "24 Dec 2026", in the language of the page. */
export function dayWords(day, language = document.documentElement.lang || undefined) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(millis(day));
}

/** The day before this moment's in the zone of the browser. */
export function yesterdayHere(now = new Date()) {
  const two = (value) => String(value).padStart(2, '0');
  return plusDays(`${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`, -1);
}

function millis(day) {
  return Date.parse(`${day}T00:00:00Z`);
}
