// One campaign as it is right now, asked for once a second.

import { html, nothing, render } from '../view.js';
import { get } from '../http.js';
import { frame } from './frame.js';
import { poll } from './poll.js';
import { followServerClock, serverNow } from './clock.js';
import { bulkPart } from './bulk.js';
import { campaignTask } from './campaign-tasks.js';
import { afterProblem, formDialog } from './form-dialog.js';
import { latestLag } from './lag-view.js';
import { everySecond, figures } from './rate-series.js';
import { goneView, liveView, loadingView } from './live-view.js';

const PATH = /^\/admin\/campaigns\/([^/]+)\/?$/;
const ASK_EVERY_MILLIS = 1_000;
// The window and the partitions change when somebody changes them.
const CAMPAIGN_EVERY_MILLIS = 10_000;

const name = nameOf(location.pathname);
const state = {
  name,
  live: null,
  campaign: null,
  lag: null,
  rate: null,
  problem: null,
  gone: false,
  allPartitions: false,
  chartsProblem: false,
  notice: null,
};
const charts = { loading: false, element: null, refresh: null };

const dialog = formDialog(draw, (task, problem) => {
  state.notice = { kind: 'bad', text: html`${task.title} ${problem.detail} ${afterProblem(problem)}` };
  draw();
});
const bulk = bulkPart(name, draw);
const livePoll = poll(readLive, ASK_EVERY_MILLIS);
const campaignPoll = poll(readCampaign, CAMPAIGN_EVERY_MILLIS);
followServerClock(draw);
setInterval(draw, 1_000);
draw();

function nameOf(path) {
  const text = PATH.exec(path)?.[1] ?? '';
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function readLive() {
  try {
    const live = await get(`/api/admin/campaigns/${encodeURIComponent(name)}/live`);
    const seconds = everySecond(live.rate, live.asOf);
    if (state.gone) {
      campaignPoll.now();
    }
    Object.assign(state, {
      live,
      lag: latestLag(state.lag, live),
      rate: { asOf: live.asOf, seconds, figures: figures(seconds) },
      problem: null,
      gone: false,
    });
    document.title = `${live.displayName} · Live · Firstcome`;
  } catch (problem) {
    state.problem = problem;
    state.gone = problem.code === 'CAMPAIGN_NOT_FOUND';
    draw();
    throw problem;
  }
  draw();
  showCharts();
}

async function readCampaign() {
  // The live figures tell of failures; without this only the window and the buttons are missing.
  state.campaign = await get(`/api/admin/campaigns/${encodeURIComponent(name)}`);
  draw();
}

/** Loads the library after the figures stand there, and draws what is latest. */
async function showCharts() {
  const element = document.getElementById('rate-chart');
  if (!element || charts.loading) {
    return;
  }
  if (charts.element === element) {
    charts.refresh();
    return;
  }
  charts.loading = true;
  // The figures beside the charts say the most important; it is tried again with the next ones.
  const module = await import('./live-charts.js').catch(() => null);
  charts.loading = false;
  state.chartsProblem = module === null;
  if (module !== null) {
    const latency = document.getElementById('latency-chart');
    charts.refresh = module.liveCharts(element, latency, () => state.rate);
    charts.element = element;
  }
  draw();
}

function act(action, opener) {
  dialog.open(campaignTask(action, known(), (after, words) => {
    Object.assign(state, {
      campaign: after,
      live: { ...state.live, state: after.state, totalStock: after.totalStock, currentStock: after.currentStock },
      notice: { kind: 'good', text: words },
    });
    livePoll.now();
    campaignPoll.now();
  }), opener);
}

/** The campaign with what the live figures know better. */
function known() {
  const { state: phase, totalStock, currentStock } = state.live;
  return { ...state.campaign, state: phase, totalStock, currentStock };
}

function main() {
  if (state.gone) {
    return goneView(state);
  }
  if (state.live === null) {
    return loadingView(state);
  }
  return liveView({
    ...state,
    campaign: state.campaign && known(),
    now: serverNow(),
    bulk: state.live.bulkEnabled ? bulk.view(state.live.state) : nothing,
    dialog: dialog.view(),
  }, {
    act,
    dismiss: () => {
      state.notice = null;
      draw();
      document.getElementById('main').focus();
    },
    toggleAllPartitions: () => {
      state.allPartitions = !state.allPartitions;
      draw();
    },
  });
}

function draw() {
  render(frame('/admin', main()), document.getElementById('page'));
}
