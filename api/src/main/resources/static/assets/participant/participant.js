// The entry: which page the path asks for, its language, and when it is drawn.

import { render } from '../view.js';
import { campaignPage } from './campaign.js';
import { ServerClock } from './clock.js';
import { figures } from './figures.js';
import { listPage } from './list.js';
import { Store } from './store.js';
import { preferred, words } from './text.js';

// A timer may come a little early; then the next one is not to spin.
const TICK_MS_MIN = 20;

const root = document.getElementById('page');
const store = new Store();
let isDrawing = false;
let focused = null;
let announced = null;
let timer = null;

const context = {
  store,
  clock: new ServerClock(),
  draw,
  setLanguage(language) {
    store.setLanguage(language);
    speak(language);
    draw();
  },
  /** Says a text aloud; null takes the last one away. */
  announce(key, ...values) {
    announced = key === null ? null : [key, values];
    draw();
  },
  get announcement() {
    return announced ? context.say(announced[0], ...announced[1]) : '';
  },
  /** Moves the focus once what is to be drawn is there. */
  focus(selector) {
    focused = selector;
    draw();
  },
};

function speak(language) {
  context.language = language;
  context.say = words(language);
  context.figures = figures(language);
  document.documentElement.lang = language;
}

/** The name in /campaigns/{name}; null for the list. */
function campaignIn(path) {
  const found = /^\/campaigns\/([^/]+)\/?$/.exec(path);
  try {
    return found ? decodeURIComponent(found[1]) : null;
  } catch {
    return found[1];
  }
}

/** Draws once, however much has changed. */
function draw() {
  if (!isDrawing) {
    isDrawing = true;
    queueMicrotask(() => {
      isDrawing = false;
      render(page.view(), root);
      document.title = context.say('pageOf', page.title());
      moveFocus();
    });
  }
}

function moveFocus() {
  const target = focused ? root.querySelector(focused) : null;
  focused = null;
  target?.focus();
}

function tick() {
  draw();
  clearTimeout(timer);
  if (!document.hidden) {
    timer = setTimeout(tick, Math.max(page.nextTick(), TICK_MS_MIN));
  }
}

speak(preferred(store.language(), navigator.languages));
const name = campaignIn(location.pathname);
const page = name === null ? listPage(context) : campaignPage(context, name);

// The words that stood there until now.
root.replaceChildren();
context.clock.sync().finally(tick);
page.start();
document.addEventListener('visibilitychange', tick);
tick();
