// The page of the statistics: its three parts, and when they are drawn.

import { html, render } from '../view.js';
import { chartPlaces } from './chart-places.js';
import { followServerClock } from './clock.js';
import { frame } from './frame.js';
import { periodChooser } from './statistics/chooser-view.js';
import { counts, serverYesterday } from './statistics/counts.js';
import { countsView } from './statistics/counts-view.js';
import { measuring } from './statistics/measuring.js';
import { measuringView } from './statistics/measuring-view.js';
import { asked, periodOf } from './statistics/period.js';
import { runs } from './statistics/runs.js';
import { runsView } from './statistics/runs-view.js';

const root = document.getElementById('page');
const figures = counts(draw, shown);
const measured = measuring(draw);
const batch = runs(draw, ended);
const charts = chartPlaces(() => import('./statistics/counts-chart.js'), draw);
// What the chart has been drawn of.
let drawn = null;

function draw() {
  const period = figures.answer ? periodOf(figures.answer) : null;
  render(frame('/admin/statistics', html`
    <h1>Statistics</h1>
    ${periodChooser(figures)}
    ${countsView(figures, batch, charts.state)}
    ${measuringView(measured, period)}
    ${runsView(batch)}`), root);
  charts.place('counts-chart', ({ countsChart }, element) => countsChart(element, ofChart));
  if (drawn?.answer !== figures.answer || drawn?.by !== ofChart().by) {
    drawn = ofChart();
    charts.refresh();
  }
}

function ofChart() {
  return { answer: figures.answer, by: figures.answer?.days ? figures.chartBy : 'campaigns' };
}

/** Other figures are there, or none. */
function shown(answer) {
  if (answer === null) {
    return;
  }
  const { from, to } = periodOf(answer);
  if (measured.period && (measured.period.from !== from || measured.period.to !== to)) {
    measured.forget();
  }
  if (!batch.date) {
    batch.setDate(to);
  }
  draw();
  if (answer.totalCount > 0) {
    charts.begin();
  }
}

/** What a run has counted may be what is looked at. */
function ended(run) {
  if (run.jobName === 'daily-statistics') {
    figures.load();
  }
}

async function learnYesterday() {
  // Without a period in the address the first answer tells it.
  if (Object.keys(asked(location.search)).length > 0) {
    figures.yesterday = (await serverYesterday()) ?? figures.yesterday;
    draw();
  }
}

window.addEventListener('popstate', () => figures.load());
figures.load();
batch.loadHistory();
learnYesterday();
followServerClock(draw);
