// The page of one campaign: what is known of it, and the request of this device.

import { get, Problem } from '../http.js';
import { campaignView } from './campaign-view.js';
import { Follower } from './follow.js';
import { aloud, heard, newLine } from './line.js';
import { Poll } from './poll.js';
import { idError, newRequest } from './request.js';
import { Sender } from './send.js';
import { pause, phase } from './situation.js';
import { watcher } from './watch.js';

// A sending that was cut off by a reload goes on by itself; an old one is asked about.
const RESUME_MS_MAX = 120_000;

/** @param asked the name or id in the address */
export function campaignPage(context, asked) {
  const { clock, store } = context;
  const watch = watcher(context);
  let name = asked;
  let sender = null;
  let follower = null;
  const state = {
    campaign: null, at: 0, isMissing: false, problem: null, failures: 0,
    field: store.member(), fieldError: null, refusal: null, isForgotten: false,
    request: null, sending: null, line: null,
    aloud: null,
  };
  const poll = new Poll(ask, () =>
    pause(state.campaign, clock.now(), Boolean(state.request?.result)));

  async function ask() {
    try {
      // Without the server's time the button might flash up too early.
      const [found] = await Promise.all([
        get(`/api/campaigns/${encodeURIComponent(asked)}`),
        clock.ready,
      ]);
      took(found);
    } catch (e) {
      if (e.status === 404) {
        Object.assign(state, { isMissing: true, campaign: null, problem: null, failures: 0 });
        return;
      }
      if (e instanceof Problem) {
        state.problem = e;
        state.failures++;
      }
      throw e;
    } finally {
      context.draw();
    }
  }

  function took(campaign) {
    clock.check();
    const at = performance.now();
    Object.assign(state, { campaign, at, isMissing: false, problem: null, failures: 0 });
    if (campaign.name !== name) {
      // Asked for by its id: from now on by its name, under which its requests are kept.
      name = campaign.name;
      history.replaceState(null, '', `/campaigns/${encodeURIComponent(name)}`);
      show(store.shown(name));
    }
  }

  /** Shows a request, or none, and does what its state asks for. */
  function show(request) {
    sender?.stop();
    follower?.stop();
    Object.assign(state, { request, sending: null, line: null, aloud: null });
    if (request?.requestId) {
      follow(request);
    } else if (request && Date.now() - request.sentAt < RESUME_MS_MAX) {
      send(request);
    } else if (request && !request.unsure) {
      state.request = null;
    }
    context.draw();
  }

  function keep(changes) {
    state.request = { ...state.request, ...changes };
    store.save(name, state.request);
  }

  function press(event) {
    event.preventDefault();
    const userId = state.field.trim();
    state.fieldError = idError(userId);
    if (state.fieldError) {
      context.draw();
      context.focus('#user-id');
      return;
    }
    store.setMember(userId);
    const known = store.find(name, userId);
    const isNew = !known || (known.result && state.campaign.repeatable);
    begin(isNew ? newRequest(userId, Date.now()) : { ...known, sentAt: Date.now() });
  }

  /** Once more with the id that is shown; with the same key where the first never counted. */
  function pressAgain() {
    const { userId, key, result } = state.request;
    const request = newRequest(userId, Date.now());
    begin(!result || result.status === 'FAILED' ? { ...request, key, unsure: !result } : request);
  }

  /** Kept before it is sent, so that nothing that happens later can lose its key. */
  function begin(request) {
    Object.assign(state, { refusal: null, isForgotten: false, fieldError: null });
    store.save(name, request);
    show(request);
    context.focus('#place-title');
  }

  function otherId() {
    store.showNone(name);
    state.field = '';
    state.refusal = null;
    show(null);
    context.focus('#user-id');
  }

  function send(request) {
    state.request = { ...request, displayName: state.campaign?.displayName ?? request.displayName };
    sender = new Sender(name, state.request, clock, {
      changed(sending) {
        state.sending = sending;
        keep({ unsure: sending.unsure });
        context.draw();
      },
      taken,
      ended,
    });
    sender.send();
  }

  function taken(body) {
    const { requestId, partition, offset, acceptedAt } = body;
    keep({ requestId, partition, offset, acceptedAt, unsure: false });
    state.sending = null;
    if (body.status === 'PROCESSING') {
      follow(state.request);
    } else {
      decided(body);
    }
    context.draw();
  }

  function ended({ next, reason, unsure }) {
    state.sending = null;
    poll.now();
    if (unsure) {
      keep({ unsure });
      context.draw();
      return;
    }
    store.forget(name, state.request.userId);
    state.field = state.request.userId;
    state.request = null;
    if (next === 'field') {
      state.fieldError = 'idRefused';
    } else if (next !== 'missing') {
      state.refusal = reason;
    }
    context.draw();
    context.focus(next === 'field' ? '#user-id' : '#refusal');
  }

  function follow(request) {
    state.line = newLine(performance.now());
    follower = new Follower(request.requestId, told);
    follower.start(Boolean(request.result));
  }

  function told(word) {
    if (word.kind === 'missing') {
      store.forget(name, state.request.userId);
      state.field = state.request.userId;
      Object.assign(state, { request: null, line: null, isForgotten: true });
    } else if (word.kind === 'result') {
      decided(word.participation);
    } else {
      state.line = heard(state.line, word, performance.now(), clock.now());
      if (word.kind === 'ahead') {
        ahead(word);
      }
    }
    context.draw();
  }

  function ahead(word) {
    const said = aloud(state.aloud, word.ahead, performance.now());
    if (said !== state.aloud) {
      state.aloud = said;
      context.announce('aheadAloud', word.ahead);
    }
  }

  function decided({ status, rank, partition, offset, kafkaTimestamp, processedAt }) {
    context.announce(null);
    keep({ result: { status, rank, partition, offset, kafkaTimestamp, processedAt } });
  }

  /** Another tab of this device has its answer: one request is enough for both. */
  function adopt(changed) {
    const found = changed === name ? store.shown(name) : null;
    if (found?.requestId && !state.request?.requestId) {
      show(found);
    }
  }

  return {
    view() {
      if (watch(state.campaign, state.request !== null)) {
        state.refusal = null;
      }
      const type = (event) => {
        state.field = event.target.value;
        state.fieldError = null;
        context.draw();
      };
      return campaignView(context, state, { press, pressAgain, otherId, type });
    },
    title() {
      const { campaign, request, isMissing } = state;
      const title = campaign?.displayName ?? request?.displayName
        ?? context.say(isMissing ? 'missing' : 'loading');
      const { result } = request ?? {};
      return result ? `${context.say(result.status)} · ${title}` : title;
    },
    /** The next second of the countdown, in ms, so that the button is there in time. */
    nextTick() {
      const isAhead = state.campaign && phase(state.campaign, clock.now()) === 'SCHEDULED';
      return isAhead ? (Date.parse(state.campaign.opensAt) - clock.now()) % 1_000 : 1_000;
    },
    start() {
      show(store.shown(name));
      poll.start();
      store.onChange(adopt);
    },
  };
}
