// Successes and fails as stacked bars. Loaded together with the chart library, after the first sight.

import { axis, chart, colour, palette, plain, tooltip } from '../../charts.js';
import { number } from '../../format.js';
import { CAMPAIGNS_IN_CHART } from './chart-size.js';
import { dayWords } from './days.js';
import { periodOf, periodWords } from './period.js';

const NAME_LENGTH_MAX = 24;

/** facts() gives { answer, by }: by day or by campaign. */
export function countsChart(element, facts) {
  return chart(
    element,
    () => (facts().by === 'days' ? byDay(facts().answer) : byCampaign(facts().answer)),
    () => words(facts()),
  );
}

function words({ answer, by }) {
  return `Bars of successes and fails ${by === 'days' ? 'by day' : 'by campaign'}, ${periodWords(periodOf(answer))}: `
    + `${number(answer.successCount)} successes and ${number(answer.failCount)} fails in all. `
    + 'The tables below have the figures.';
}

function byDay({ days }) {
  const names = days.map(({ date }) => dayWords(date));
  return {
    ...common(),
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    xAxis: axis({ type: 'category', data: names, axisLabel: { color: colour('text-soft'), hideOverlap: true } }),
    yAxis: figures(),
    series: series(days),
  };
}

function byCampaign({ campaigns }) {
  const most = [...campaigns].sort((a, b) => b.totalCount - a.totalCount).slice(0, CAMPAIGNS_IN_CHART);
  return {
    ...common(),
    grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
    xAxis: figures(),
    yAxis: axis({
      type: 'category',
      inverse: true,
      // Two campaigns may have the same name for people; what is shown need not be unique here.
      data: most.map(({ displayName }) => displayName),
      axisLabel: { color: colour('text-soft'), formatter: short },
    }),
    series: series(most),
  };
}

function common() {
  return {
    // The bars differ also by their pattern; the words for who cannot see are set by chart().
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    legend: { top: 0, left: 0, itemWidth: 22, textStyle: { color: colour('text') } },
    tooltip: tooltip({ trigger: 'axis', confine: true, axisPointer: { type: 'shadow' }, formatter: tip }),
  };
}

function figures() {
  return axis({
    type: 'value',
    minInterval: 1,
    axisLabel: { color: colour('text-soft'), hideOverlap: true, formatter: (value) => number(value) },
  });
}

function series(rows) {
  const [, amber, green] = palette();
  return [
    bars('Successes', rows.map((row) => row.successCount), green, { symbol: 'none' }),
    bars('Fails', rows.map((row) => row.failCount), amber, {
      symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4, color: colour('surface'),
    }),
  ];
}

function bars(name, data, ofColour, decal) {
  return { type: 'bar', name, stack: 'requests', barMaxWidth: 48, itemStyle: { color: ofColour, decal }, data };
}

function tip(items) {
  const [success, fail] = ['Successes', 'Fails'].map((name) =>
    items.find((item) => item.seriesName === name)?.value ?? 0);
  return `${short(items[0].name)}\nSuccesses ${number(success)}\nFails ${number(fail)}`
    + `\nRequests ${number(success + fail)}`;
}

function short(name) {
  const letters = [...name];
  return plain(letters.length > NAME_LENGTH_MAX ? `${letters.slice(0, NAME_LENGTH_MAX).join('')}…` : name);
}
