// The two charts of the live page. Loaded after the first sight, because the library is big.

import { axis, chart, colour, palette, tooltip } from '../charts.js';
import { number, timeOfDay } from '../format.js';
import { WINDOW_SECONDS } from './rate-series.js';
import { millis, perSecond } from './live-words.js';

const MINUTE_SECONDS = 60;

/**
 * Draws into the two elements, which have a height. latest() gives { asOf, seconds, figures } of
 * rate-series.js; the function that comes back draws what is latest.
 */
export function liveCharts(rateElement, latencyElement, latest) {
  const rate = chart(rateElement, () => rateOption(latest()), () => rateWords(latest()));
  const latency = chart(latencyElement, () => latencyOption(latest()), () => latencyWords(latest()));
  return () => {
    rate.refresh(true);
    latency.refresh(true);
  };
}

function rateWords({ figures }) {
  return `Decisions a second over the last 5 minutes, as a line: ${perSecond(figures.rateNow)} now, `
    + `${perSecond(figures.rateMax)} at most, ${perSecond(figures.rateMean)} on average.`;
}

function latencyWords({ figures }) {
  return figures.decided === 0
    ? 'Time from the log to the decision: nothing was decided in the last 5 minutes.'
    : 'Mean time from the log to the decision, each second of the last 5 minutes, as a line: '
      + `${millis(figures.latencyMean)} over all, ${millis(figures.latencyMax)} in the slowest second.`;
}

function rateOption({ asOf, seconds }) {
  const points = seconds.map((second, index) => [index - WINDOW_SECONDS, second.decided]);
  return option(asOf, points, perSecond, {
    areaStyle: { opacity: 0.2 },
    showSymbol: false,
    color: palette()[0],
  });
}

function latencyOption({ asOf, seconds }) {
  const points = seconds.map((second, index) => [index - WINDOW_SECONDS, second.latency]);
  return option(asOf, points, millis, {
    // Dots, because a second between two without decisions would be no line.
    showSymbol: true,
    showAllSymbol: true,
    symbol: 'circle',
    symbolSize: 4,
    color: palette()[1],
  });
}

function option(asOf, points, words, series) {
  return {
    // Each second everything moves anyway.
    animation: false,
    grid: { left: 8, right: 28, top: 12, bottom: 4, containLabel: true },
    xAxis: axis({
      type: 'value',
      min: -WINDOW_SECONDS,
      max: 0,
      interval: MINUTE_SECONDS,
      splitLine: { show: false },
      axisLabel: { color: colour('text-soft'), formatter: minutesBefore, hideOverlap: true },
    }),
    yAxis: axis({
      type: 'value',
      min: 0,
      minInterval: 1,
      // They would stand at 0, which is the right side.
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: colour('text-soft'), formatter: (value) => number(value) },
    }),
    tooltip: tooltip({
      trigger: 'axis',
      formatter: ([point]) => {
        const at = new Date((Math.floor(Date.parse(asOf) / 1000) + point.value[0]) * 1000);
        const value = point.value[1];
        return `${timeOfDay(at)}\n${value === null ? 'no decision' : words(value)}`;
      },
    }),
    series: [{ type: 'line', data: points, lineStyle: { width: 1.5 }, ...series }],
  };
}

function minutesBefore(seconds) {
  return seconds === 0 ? 'now' : `−${-seconds / MINUTE_SECONDS} min`;
}
