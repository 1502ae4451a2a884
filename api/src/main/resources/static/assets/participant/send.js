// Sends a request until it is known what became of it, always with the same key: however often it
// is sent, it counts once.

import { post, Problem } from '../http.js';
import { TRIES_MAX, verdict } from './request.js';

// The log may take 15 s to answer.
const TIMEOUT_MS = 20_000;

export class Sender {
  #path;
  #clock;
  #request;
  #on;
  #tries = 0;
  #timer = null;
  #isOver = false;
  #waitsForNetwork = false;
  #online = () => this.#hurry();

  /**
   * @param campaign the name
   * @param request with its key, kept already
   * @param on { changed({ tries, retryAt, reason, unsure }), taken(body), ended(verdict, problem) };
   *     taken or ended is the last
   */
  constructor(campaign, request, clock, on) {
    this.#path = `/api/campaigns/${encodeURIComponent(campaign)}/participation`;
    this.#request = request;
    this.#clock = clock;
    this.#on = on;
    addEventListener('online', this.#online);
  }

  async send() {
    this.#timer = null;
    this.#tries++;
    const wasUnsure = this.#request.unsure;
    // From here until an answer nobody knows whether it has arrived, also if the page is left now.
    this.#change(true, { retryAt: null, reason: null });
    try {
      const body = await post(this.#path, { userId: this.#request.userId }, {
        headers: { 'Idempotency-Key': this.#request.key },
        timeout: TIMEOUT_MS,
      });
      this.#end(() => this.#on.taken(body));
    } catch (e) {
      if (!(e instanceof Problem)) {
        throw e;
      }
      this.#failed(e, wasUnsure);
    }
  }

  /** Stops without a word; a sending that is under way is not taken back. */
  stop() {
    this.#end(() => {});
  }

  #failed(problem, wasUnsure) {
    if (this.#isOver) {
      return;
    }
    // Without any network it is not the server that is spared by giving up.
    if (problem.isOffline && !navigator.onLine) {
      this.#tries = Math.min(this.#tries, TRIES_MAX - 1);
    }
    const now = this.#clock.now();
    const found = verdict(problem, { tries: this.#tries, wasUnsure, now });
    if (found.next === 'retry') {
      this.#timer = setTimeout(() => this.send(), found.delayMs);
      this.#waitsForNetwork = found.reason === 'offline';
      this.#change(found.unsure, { retryAt: now + found.delayMs, reason: found.reason });
      return;
    }
    this.#end(() => this.#on.ended(found, problem));
  }

  #change(unsure, { retryAt, reason }) {
    if (!this.#isOver) {
      this.#request = { ...this.#request, unsure };
      this.#on.changed({ tries: this.#tries, retryAt, reason, unsure });
    }
  }

  #end(last) {
    if (!this.#isOver) {
      this.#isOver = true;
      clearTimeout(this.#timer);
      removeEventListener('online', this.#online);
      last();
    }
  }

  /** The network is back: not all at once, though, for it may be back for many. */
  #hurry() {
    if (this.#timer !== null && this.#waitsForNetwork) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.send(), Math.random() * 1_000);
    }
  }
}
