// The page of the order: what it knows, what changes it, and when it is drawn.

import { render } from '../view.js';
import { get, getWithHeaders } from '../http.js';
import { chartPlaces } from './chart-places.js';
import { asProblem } from './failure.js';
import { frame } from './frame.js';
import { asked, pathOf } from './order/address.js';
import { analysisOf, WHOLE } from './order/analysis.js';
import { excerptOf } from './order/excerpt.js';
import { page } from './order/page.js';
import { ORDER, scalesOf } from './order/scales.js';
import { ALL } from './order/zoom.js';

const CHOICES_MAX = 200;

const root = document.getElementById('page');
const state = {
  asked: asked(location),
  // What stands in the fields: what is drawn meanwhile must not take a choice back.
  chosen: asked(location),
  all: [],
  allTotal: 0,
  listProblem: null,
  halves: [],
  samples: WHOLE,
  by: ORDER,
  zoom: ALL,
  scales: scalesOf([], ORDER, ALL),
  onlyAhead: false,
  charts: chartPlaces(() => import('./order/timeline-chart.js'), draw),
};
const actions = { choose, go, look, setSamples, setBy, setZoom, setOnlyAhead };

function draw() {
  render(frame('/admin', page(state, actions)), root);
  for (const index of [0, 1]) {
    state.charts.place(`timeline-${index}`, ({ timelineChart }, element) =>
      timelineChart(element, () => factsOf(index), setZoom));
  }
}

function choose(field) {
  Object.assign(state.chosen, field);
}

/** Shows other campaigns, as a new entry of the browser's history. */
function go(name, other) {
  const path = pathOf(name, other);
  if (path !== location.pathname + location.search) {
    history.pushState(null, '', path);
  }
  show();
}

/** Looks at what the address asks for. What is known of a campaign already stays. */
function show() {
  state.asked = asked(location);
  state.chosen = { ...state.asked };
  const names = [state.asked.name, state.asked.other].filter((name) => name !== null);
  const known = new Map(state.halves.map((half) => [half.name, half]));
  // The same objects, for a look at one of them may be under way.
  state.halves = names.map((name, index) => Object.assign(known.get(name) ?? fresh(name), { index }));
  document.title = `Order: ${names.join(' and ')} · Firstcome`;
  state.zoom = ALL;
  changed();
  lookAtAll();
}

function fresh(name) {
  return {
    name,
    campaign: null,
    analysis: null,
    // Those that the analysis and the points are of, which may not be what is chosen by now.
    samples: null,
    points: null,
    problem: null,
    busy: false,
    waiting: false,
    startedAt: Date.now(),
    lookedAt: null,
  };
}

// One after the other: the server does two at a time for everybody.
async function lookAtAll() {
  for (const half of state.halves) {
    if (state.halves.includes(half) && !half.analysis && !half.problem && !half.busy) {
      await analyse(half);
    }
  }
}

function look(half) {
  if (half.busy) {
    return;
  }
  // The button goes away: whoever pushed it goes on at the heading.
  document.getElementById(`half-${half.index}`)?.focus();
  Object.assign(half, fresh(half.name));
  changed();
  analyse(half);
}

async function analyse(half) {
  half.startedAt = Date.now();
  half.busy = true;
  try {
    half.campaign = await get(`/api/admin/campaigns/${encodeURIComponent(half.name)}`);
    draw();
    const { samples, analysis } = await chosenAnalysis(half);
    Object.assign(half, {
      samples, analysis, points: excerptOf(analysis.samples), lookedAt: Date.now(), problem: null,
    });
  } catch (e) {
    half.problem = asProblem(e);
  }
  half.waiting = false;
  half.busy = false;
  changed();
  if (half.points?.length > 0) {
    state.charts.begin();
  }
}

// Other decisions may have been chosen meanwhile, and the last choice counts.
async function chosenAnalysis(half) {
  for (;;) {
    const { samples } = state;
    const analysis = await analysisOf(half.name, samples, () => {
      half.waiting = true;
      draw();
    });
    if (samples === state.samples) {
      return { samples, analysis };
    }
  }
}

/** Asks for other decisions; those that are there stay until they have come. */
async function setSamples(samples) {
  state.samples = samples;
  state.zoom = ALL;
  changed();
  for (const half of state.halves) {
    // What is under way sees by itself that something else was chosen.
    if (half.analysis && !half.busy && (half.problem || half.samples !== state.samples)) {
      await analyse(half);
    }
  }
}

function setBy(by) {
  state.by = by;
  state.zoom = ALL;
  changed();
}

function setZoom(zoom) {
  state.zoom = zoom;
  changed(true);
}

function setOnlyAhead(onlyAhead) {
  state.onlyAhead = onlyAhead;
  draw();
}

/** Draws all, also the charts. merge keeps what the charts have, for a zoom under somebody's hand. */
function changed(merge = false) {
  state.scales = scalesOf(
    state.halves.flatMap((half) => (half.points?.length > 0 ? [half.points] : [])), state.by, state.zoom);
  draw();
  state.charts.refresh(merge);
}

function factsOf(index) {
  const { campaign, points } = state.halves[index];
  return { campaign, points, by: state.by, zoom: state.zoom, scales: state.scales };
}

async function loadChoices() {
  try {
    const { body, headers } = await getWithHeaders(`/api/admin/campaigns?page=0&size=${CHOICES_MAX}`);
    state.all = body;
    state.allTotal = Number(headers.get('X-Total-Count')) || body.length;
  } catch (e) {
    state.listProblem = asProblem(e);
  }
  draw();
}

// The seconds of what is under way.
setInterval(() => {
  if (!document.hidden && state.halves.some((half) => !half.analysis && !half.problem)) {
    draw();
  }
}, 1000);
window.addEventListener('popstate', show);
show();
loadChoices();
