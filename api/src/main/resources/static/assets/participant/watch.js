// What time brings by itself is said once, and not each second.

import { door, mark } from './situation.js';

const CLOCK_OLD_MS = 120_000;
const NEWS = { OPEN: 'openNow', PAUSED: 'paused', CLOSED: 'closedTitle' };

/**
 * @returns watch(campaign, hasRequest), to be called whenever it is drawn; it announces what has
 *     changed, has the clock checked before the opening, and gives true when the door has opened
 */
export function watcher(context) {
  const { announce, clock } = context;
  // Spread, because everybody looks at the clock before the opening.
  const syncAheadMs = 20_000 + Math.random() * 60_000;
  let lastDoor = null;
  let lastMark = null;

  function countdown(remaining) {
    if (remaining < syncAheadMs && clock.age > CLOCK_OLD_MS) {
      clock.sync();
    }
    const passed = mark(remaining);
    if (passed !== lastMark) {
      lastMark = passed;
      announce('opensIn', context.figures.span(remaining));
    }
  }

  return (campaign, hasRequest) => {
    if (!campaign) {
      return false;
    }
    const now = clock.now();
    const found = door(campaign, now);
    const hasChanged = lastDoor !== null && lastDoor !== found;
    lastDoor = found;
    if (hasChanged && !hasRequest) {
      announce(NEWS[found] ?? 'soldOut');
    }
    if (found === 'SCHEDULED') {
      countdown(Date.parse(campaign.opensAt) - now);
    }
    return hasChanged && found === 'OPEN';
  };
}
