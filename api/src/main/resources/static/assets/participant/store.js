// What this device remembers: the language, the last id, and the requests of each campaign with
// their keys. Where the browser keeps nothing, it is remembered until the page is left.

const PREFIX = 'firstcome.';
const REQUESTS = `${PREFIX}requests.`;
const REQUESTS_MAX = 20;

/**
 * A request: { userId, key, sentAt, unsure, requestId?, partition?, offset?, acceptedAt?,
 * displayName?, result? }. The key is made before the first sending and never changes; unsure says
 * that a sending may have arrived although no answer came.
 */
export class Store {
  #area;
  #memory = new Map();
  #isKept = true;

  constructor(area = localArea()) {
    this.#area = area;
    this.#isKept = area !== null;
  }

  /** False if a reload forgets everything. */
  get isKept() {
    return this.#isKept;
  }

  language() {
    return this.#read('language');
  }

  setLanguage(language) {
    this.#write('language', language);
  }

  /** The id that was used last, for the field. */
  member() {
    return this.#read('member') ?? '';
  }

  setMember(userId) {
    this.#write('member', userId);
  }

  /** The request whose place is shown for this campaign, or null. */
  shown(campaign) {
    const { shown, list } = this.#requests(campaign);
    return list.find((request) => request.userId === shown) ?? null;
  }

  /** The request of this id, or null. */
  find(campaign, userId) {
    return this.#requests(campaign).list.find((request) => request.userId === userId) ?? null;
  }

  /** Keeps a request and shows it from now on. */
  save(campaign, request) {
    const others = this.#requests(campaign).list.filter((one) => one.userId !== request.userId);
    const list = [request, ...others].slice(0, REQUESTS_MAX);
    this.#write(`requests.${campaign}`, JSON.stringify({ shown: request.userId, list }));
  }

  /** Shows none, and forgets none: the same id finds its request again. */
  showNone(campaign) {
    const { list } = this.#requests(campaign);
    this.#write(`requests.${campaign}`, JSON.stringify({ shown: null, list }));
  }

  forget(campaign, userId) {
    const list = this.#requests(campaign).list.filter((one) => one.userId !== userId);
    this.#write(`requests.${campaign}`, JSON.stringify({ shown: null, list }));
  }

  /** Calls with the name of a campaign whose requests another tab has changed. */
  onChange(changed) {
    addEventListener('storage', (event) => {
      if (event.key?.startsWith(REQUESTS)) {
        changed(event.key.slice(REQUESTS.length));
      }
    });
  }

  #requests(campaign) {
    try {
      const found = JSON.parse(this.#read(`requests.${campaign}`));
      if (Array.isArray(found?.list)) {
        const list = found.list.filter(isRequest);
        return { shown: found.shown ?? null, list };
      }
    } catch {
      // Not ours or broken: as if nothing had been kept.
    }
    return { shown: null, list: [] };
  }

  #read(name) {
    if (this.#memory.has(name)) {
      return this.#memory.get(name);
    }
    try {
      return this.#area?.getItem(PREFIX + name) ?? null;
    } catch {
      return null;
    }
  }

  #write(name, value) {
    try {
      if (this.#area) {
        this.#area.setItem(PREFIX + name, value);
        this.#memory.delete(name);
        return;
      }
    } catch {
      // Full or forbidden.
      this.#isKept = false;
    }
    this.#memory.set(name, value);
  }
}

function isRequest(found) {
  return typeof found?.userId === 'string' && typeof found.key === 'string';
}

function localArea() {
  try {
    const probe = `${PREFIX}probe`;
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
}
