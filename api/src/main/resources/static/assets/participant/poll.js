// Asks again and again: never twice at a time, backing off while it fails, not while nobody looks.

import { Problem } from '../http.js';
import { delay } from './request.js';

export class Poll {
  #ask;
  #pause;
  #timer = null;
  #isAsking = false;
  #isDue = false;
  #isStarted = false;
  #failures = 0;

  /**
   * @param ask asks once; a rejection with a Problem counts as a failure
   * @param pause gives the ms until the next time after a success
   */
  constructor(ask, pause) {
    this.#ask = ask;
    this.#pause = pause;
  }

  start() {
    this.#isStarted = true;
    document.addEventListener('visibilitychange', () => this.#seen());
    addEventListener('online', () => this.now());
    // Back from the history: the timers stood still.
    addEventListener('pageshow', (event) => event.persisted && this.now());
    this.now();
  }

  /** Asks at once, or as soon as the answer that is awaited is there. */
  now() {
    clearTimeout(this.#timer);
    if (!this.#isStarted || document.hidden) {
      return;
    }
    if (this.#isAsking) {
      this.#isDue = true;
      return;
    }
    this.#once();
  }

  async #once() {
    this.#isAsking = true;
    this.#isDue = false;
    let wait;
    try {
      await this.#ask();
      this.#failures = 0;
      wait = this.#pause();
    } catch (e) {
      if (!(e instanceof Problem)) {
        reportError(e);
      }
      this.#failures++;
      wait = delay(this.#failures, e.body?.retryAfter);
    }
    this.#isAsking = false;
    if (document.hidden) {
      return;
    }
    this.#timer = setTimeout(() => this.now(), this.#isDue ? 0 : wait);
  }

  #seen() {
    if (document.hidden) {
      clearTimeout(this.#timer);
    } else {
      this.now();
    }
  }
}
