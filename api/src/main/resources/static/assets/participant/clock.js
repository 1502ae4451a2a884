// The server's time. Countdowns and ages go by it, because clocks of phones are minutes off.

import { get } from '../http.js';

const SAMPLES = 4;
const PAUSE_MS = 120;
// A machine that slept, or a person who set the clock: the two clocks of the browser part.
const PARTED_MS_MAX = 1_000;
// Longer nobody waits for the first word.
const READY_MS_MAX = 1_500;

/**
 * The estimate that is nearest to the truth: of the sample with the smallest round trip, whose
 * halves can differ by least.
 *
 * @param samples each { sentAt, gotAt } in ms of the browser's steady clock, and server in ms
 * @returns offset in ms to add to the steady clock, and how far off it may be, in ms
 */
export function best(samples) {
  const nearest = samples.reduce((a, b) => (b.gotAt - b.sentAt < a.gotAt - a.sentAt ? b : a));
  const roundTrip = nearest.gotAt - nearest.sentAt;
  return {
    offset: nearest.server - (nearest.sentAt + roundTrip / 2),
    uncertainty: roundTrip / 2,
  };
}

export class ServerClock {
  #steady;
  #wall;
  #ask;
  #estimate = null;
  #apart = 0;
  #syncing = null;
  #askedAt = -Infinity;
  #isReady;

  /** Settled with the first word of the server, or when it is not worth waiting for it any more. */
  ready = new Promise((resolve) => {
    this.#isReady = resolve;
  });

  constructor({
    ask = async () => Date.parse((await get('/api/time', { timeout: 5_000 })).now),
    steady = () => performance.now(),
    wall = () => Date.now(),
  } = {}) {
    this.#ask = ask;
    this.#steady = steady;
    this.#wall = wall;
  }

  /** Milliseconds since 1970; by this device's own clock as long as the server has not told. */
  now() {
    return this.#estimate ? this.#steady() + this.#estimate.offset : this.#wall();
  }

  get isSynced() {
    return this.#estimate !== null;
  }

  /** How long ago the server was asked, in ms. */
  get age() {
    return this.#steady() - this.#askedAt;
  }

  /** Asks again if that is needed: nothing is known, the device has slept, its clock was set. */
  check() {
    const apart = Math.abs(this.#wall() - this.#steady() - this.#apart);
    if (!this.isSynced || apart > PARTED_MS_MAX) {
      this.sync();
    }
  }

  /** Asks the server a few times. If that fails, what was known before goes on counting. */
  sync(count = SAMPLES) {
    setTimeout(this.#isReady, READY_MS_MAX);
    this.#syncing ??= this.#sample(count).finally(() => {
      this.#syncing = null;
    });
    return this.#syncing;
  }

  async #sample(count) {
    const samples = [];
    this.#askedAt = this.#steady();
    for (let n = 0; n < count; n++) {
      if (n > 0) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (1 + Math.random())));
      }
      const sentAt = this.#steady();
      try {
        const server = await this.#ask();
        if (Number.isFinite(server)) {
          samples.push({ sentAt, gotAt: this.#steady(), server });
          this.#take(samples);
        }
      } catch {
        break;
      } finally {
        this.#isReady();
      }
    }
  }

  #take(samples) {
    this.#estimate = best(samples);
    this.#apart = this.#wall() - this.#steady();
  }
}
