// Follows a request until its result: by server-sent events, and by asking where those do not come
// through or fall silent.

import { get, Problem } from '../http.js';
import { delay } from './request.js';

// The people ahead are told each second, but only while the line moves.
const SILENCE_MS = 8_000;
// So often it is asked beside a silent stream; then the stream itself is in doubt.
const CHECKS_MAX = 2;
const WAIT_SECONDS = 10;
const STREAM_AGAIN_MS = 30_000;
const SHOWN_SILENCE_MS = 3_000;
// A proxy that keeps events back does so every time.
const SILENCES_MAX = 2;

export class Follower {
  #path;
  #told;
  #stream = null;
  #watch = null;
  #timer = null;
  #isAsking = false;
  #isOver = false;
  #failures = 0;
  #heardAt = 0;
  #streamAgainAt = 0;
  #silences = 0;
  #hasSpoken = false;
  #checks = 0;
  #shown = () => this.#lookAgain();

  /**
   * @param told gets { kind: 'processing' | 'result', participation, via },
   *     { kind: 'ahead', ahead, via }, { kind: 'missing' } or
   *     { kind: 'trouble', problem, delayMs }; via is 'stream' or 'poll'
   */
  constructor(requestId, told) {
    this.#path = `/api/participations/${encodeURIComponent(requestId)}`;
    this.#told = told;
  }

  /** isDecided: the result is known, and only asked for once more. */
  start(isDecided) {
    document.addEventListener('visibilitychange', this.#shown);
    addEventListener('online', this.#shown);
    if (isDecided) {
      this.#poll();
    } else {
      this.#listen();
    }
  }

  stop() {
    this.#isOver = true;
    this.#closeStream();
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#shown);
    removeEventListener('online', this.#shown);
  }

  #listen() {
    const stream = openStream(`${this.#path}/events?ahead=true`);
    if (!stream) {
      this.#streamAgainAt = Infinity;
      this.#poll();
      return;
    }
    this.#stream = stream;
    this.#hasSpoken = false;
    this.#checks = 0;
    this.#heard();
    stream.addEventListener('processing', (event) => this.#word('processing', event));
    stream.addEventListener('ahead', (event) => this.#word('ahead', event));
    stream.addEventListener('result', (event) => this.#word('result', event));
    // A refusal and a broken line look the same from here: asking tells which it is. Not all at
    // once, for a server that goes breaks the streams of everybody in the same moment.
    stream.addEventListener('error', () => this.#leaveStream(Math.random() * 1_500));
  }

  #word(kind, event) {
    let found;
    try {
      found = JSON.parse(event.data);
    } catch {
      this.#leaveStream(0);
      return;
    }
    this.#hasSpoken = true;
    this.#checks = 0;
    this.#heard();
    this.#failures = 0;
    if (kind === 'ahead') {
      this.#tell({ kind, ahead: found.ahead, via: 'stream' });
    } else {
      this.#participation(found, 'stream');
    }
  }

  #participation(participation, via) {
    const kind = participation.status === 'PROCESSING' ? 'processing' : 'result';
    this.#tell({ kind, participation, via });
    if (kind === 'result') {
      this.stop();
    }
  }

  #tell(word) {
    if (!this.#isOver) {
      this.#told(word);
    }
  }

  #heard() {
    this.#heardAt = performance.now();
    clearTimeout(this.#watch);
    // Longer each time: a line that stands still is one for everybody in it.
    const patience = SILENCE_MS * 2 ** this.#checks * (1 + Math.random() / 4);
    this.#watch = setTimeout(() => this.#fellSilent(), patience);
  }

  /** A stream that has never spoken does not come through; another may have nothing to say. */
  #fellSilent() {
    if (!this.#hasSpoken) {
      this.#silences++;
      this.#leaveStream(0);
    } else if (this.#checks < CHECKS_MAX) {
      this.#checks++;
      this.#check();
    } else {
      this.#closeStream();
      this.#listen();
    }
  }

  async #check() {
    const stream = this.#stream;
    try {
      const found = await get(this.#path, { timeout: 5_000 });
      if (stream === this.#stream) {
        this.#heard();
        this.#participation(found, 'stream');
      }
    } catch {
      if (stream === this.#stream) {
        this.#leaveStream(0);
      }
    }
  }

  #closeStream() {
    clearTimeout(this.#watch);
    this.#stream?.close();
    this.#stream = null;
  }

  #leaveStream(afterMs) {
    if (this.#isOver || !this.#stream) {
      return;
    }
    this.#closeStream();
    this.#streamAgainAt = this.#silences < SILENCES_MAX
      ? performance.now() + STREAM_AGAIN_MS * (1 + Math.random())
      : Infinity;
    this.#later(afterMs);
  }

  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), ms);
  }

  #next() {
    if (this.#isOver || this.#stream || this.#isAsking || document.hidden) {
      return;
    }
    if (this.#failures === 0 && performance.now() >= this.#streamAgainAt) {
      this.#listen();
    } else {
      this.#poll();
    }
  }

  async #poll() {
    this.#isAsking = true;
    const askedAt = performance.now();
    // The first look is to show the state at once; only then is it worth waiting.
    const wait = askedAt - this.#heardAt < SILENCE_MS && this.#heardAt > 0 ? WAIT_SECONDS : 0;
    let pause;
    try {
      const path = wait > 0 ? `${this.#path}?wait=${wait}` : this.#path;
      const found = await get(path, { timeout: (wait + 5) * 1_000 });
      this.#failures = 0;
      this.#heardAt = performance.now();
      this.#participation(found, 'poll');
      // A server that cannot let more people wait answers at once.
      const hasWaited = performance.now() - askedAt > 2_000;
      pause = hasWaited ? 200 + Math.random() * 800 : 2_000 + Math.random() * 2_000;
    } catch (e) {
      pause = this.#failed(e);
    }
    this.#isAsking = false;
    if (!this.#isOver) {
      this.#later(pause);
    }
  }

  #failed(problem) {
    if (!(problem instanceof Problem)) {
      reportError(problem);
    } else if (problem.status === 404) {
      this.#tell({ kind: 'missing' });
      this.stop();
      return 0;
    }
    this.#failures++;
    const delayMs = delay(this.#failures, problem.body?.retryAfter);
    this.#tell({ kind: 'trouble', problem, delayMs });
    return delayMs;
  }

  /** Shown again, or the network is back: what stands there may be old. */
  #lookAgain() {
    const isLive = this.#stream && performance.now() - this.#heardAt < SHOWN_SILENCE_MS;
    if (document.hidden || isLive || this.#isOver) {
      return;
    }
    this.#closeStream();
    this.#later(0);
  }
}

/** Null where the browser has no such streams. */
function openStream(path) {
  return typeof EventSource === 'function' ? new EventSource(path) : null;
}
