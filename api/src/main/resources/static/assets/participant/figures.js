// Times as people of a language read them.

import { parts } from './situation.js';

const MOMENT = {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
};

/** @returns functions that take ms or instants and give words */
export function figures(language) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const unit = (value, name) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' })
      .format(value);

  return {
    /** As in "now", "12 seconds ago". */
    ago(ms) {
      const seconds = Math.max(0, Math.floor(ms / 1_000));
      if (seconds < 60) {
        return relative.format(-seconds, 'second');
      }
      return seconds < 3_600
        ? relative.format(-Math.floor(seconds / 60), 'minute')
        : relative.format(-Math.floor(seconds / 3_600), 'hour');
    },

    /** The two largest units, as in "2 days 3 hours", "45 seconds". */
    span(ms) {
      const { days, hours, minutes, seconds } = parts(ms);
      const all = [[days, 'day'], [hours, 'hour'], [minutes, 'minute'], [seconds, 'second']];
      const first = Math.max(0, all.findIndex(([value]) => value > 0));
      const told = all.slice(first, first + 2).filter(([value]) => value > 0);
      return (told.length > 0 ? told : [[0, 'second']])
        .map(([value, name]) => unit(value, name))
        .join(' ');
    },

    /** Date, time and zone; seconds where they are not zero. */
    moment(instant) {
      const at = new Date(instant);
      const exact = at.getUTCSeconds() > 0 ? { second: '2-digit' } : {};
      return new Intl.DateTimeFormat(language, { ...MOMENT, ...exact }).format(at);
    },
  };
}
