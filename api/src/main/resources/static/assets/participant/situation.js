// From what is known to what is shown. Pure; all times in ms of the server's clock.

/** The state that holds now: between two looks at the server its plan goes on. */
export function phase(campaign, now) {
  const { state, opensAt, closesAt } = campaign;
  if (state === 'CLOSED' || (closesAt && now >= Date.parse(closesAt))) {
    return 'CLOSED';
  }
  if (state === 'SCHEDULED') {
    return opensAt && now < Date.parse(opensAt) ? 'SCHEDULED' : 'OPEN';
  }
  return state;
}

/** What the door does with a request now; SOLD_OUT takes it only to record it. */
export function door(campaign, now) {
  const found = phase(campaign, now);
  if (found !== 'OPEN' || campaign.currentStock > 0) {
    return found;
  }
  return campaign.soldOut === 'Refuse' ? 'SOLD_OUT_REFUSED' : 'SOLD_OUT';
}

/**
 * How long until the server is asked for the campaign again, in ms. At most every 2 s, never in
 * step with others, and seldom where nothing moves.
 */
export function pause(campaign, now, isDecided, random = Math.random) {
  const spread = (from, to) => Math.round(from + random() * (to - from));
  if (!campaign) {
    return spread(15_000, 30_000);
  }
  switch (door(campaign, now)) {
    case 'OPEN':
      return isDecided ? spread(8_000, 12_000) : spread(2_000, 3_500);
    case 'SCHEDULED':
      return untilOpening(Date.parse(campaign.opensAt) - now, spread);
    case 'CLOSED':
      return spread(45_000, 75_000);
    default:
      return spread(5_000, 10_000);
  }
}

/** Not in the moment of opening: the button needs nobody's leave, and the stock is still whole. */
function untilOpening(remaining, spread) {
  const usual = spread(15_000, 25_000);
  return usual < remaining ? usual : remaining + spread(1_500, 5_000);
}

/** What a countdown shows. A second that has begun counts as whole, so 0 means now. */
export function parts(remaining) {
  const seconds = Math.max(0, Math.ceil(remaining / 1_000));
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3_600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}

const MARKS_MS = [10_000, 60_000, 300_000, 600_000, 3_600_000];

/** The mark that a countdown has passed last, in ms: what is said aloud; null before the first. */
export function mark(remaining) {
  return MARKS_MS.find((at) => remaining <= at) ?? null;
}
