// The timeline as a chart. Loaded together with the chart library, after the first sight.

import { axis, chart, colour, plain, tooltip } from '../../charts.js';
import { number } from '../../format.js';
import { startOf } from './excerpt.js';
import { across, TIME } from './scales.js';
import { colourOf, CROSS, shapeOf } from './symbols.js';
import { chartWords, exactTime, result, sinceWords } from './words.js';

const DASHES = ['solid', 'dashed', 'dotted'];
const USER_LENGTH_MAX = 24;

/**
 * facts() gives { campaign, points, by, zoom, scales }. zoomed(zoom) is told when somebody zooms in
 * the chart itself. Has refresh(merge) and dispose() of chart().
 */
export function timelineChart(element, facts, zoomed) {
  const made = chart(
    element,
    () => option(facts()),
    () => chartWords(facts().campaign, facts().points),
  );
  made.instance.on('datazoom', () => {
    const { start, end } = made.instance.getOption().dataZoom[0];
    const known = facts().zoom;
    if (Math.abs(start - known.start) > 0.01 || Math.abs(end - known.end) > 0.01) {
      zoomed({ start, end });
    }
  });
  return made;
}

function option({ points, by, zoom, scales }) {
  const start = startOf(points);
  const at = (point) => [across(point, by, start), point.place];
  const partitions = [...new Set(points.map((point) => point.partition))].sort((a, b) => a - b);
  return {
    grid: { left: 8, right: 24, top: 36, bottom: 84, containLabel: true },
    tooltip: tooltip({ trigger: 'item', confine: true, formatter: ({ data }) => words(data.point, points) }),
    xAxis: axis({
      type: 'value',
      ...scales.x,
      name: by === TIME ? 'decided, since the first one that is shown' : 'order of decision',
      nameLocation: 'middle',
      nameGap: 30,
      axisLabel: { color: colour('text-soft'), hideOverlap: true, formatter: (value) =>
        by === TIME ? sinceWords(value) : label(value) },
    }),
    yAxis: axis({
      type: 'value',
      ...scales.y,
      name: 'place in the log',
      nameTextStyle: { color: colour('text-soft'), align: 'left' },
      minInterval: 1,
      axisLabel: { color: colour('text-soft'), formatter: label },
    }),
    dataZoom: zooms(zoom),
    series: [
      overtaking(points, at),
      crosses(points, at),
      ...partitions.map((partition) => line(partition, points, at)),
    ],
  };
}

function label(value) {
  return Number.isInteger(value) ? number(value) : '';
}

// The wheel scrolls the page, and a finger does too: zooming by them wants the Ctrl key or two fingers.
function zooms({ start, end }) {
  const both = { xAxisIndex: 0, filterMode: 'none', start, end, minSpan: 5 };
  return [
    { ...both, type: 'slider', height: 24, bottom: 8, brushSelect: false, showDetail: false,
      borderColor: colour('line'), fillerColor: 'rgba(120, 140, 170, 0.2)',
      handleStyle: { color: colour('surface'), borderColor: colour('text-soft') },
      moveHandleStyle: { color: colour('text-soft') },
      showDataShadow: false },
    { ...both, type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false,
      moveOnMouseMove: true, preventDefaultMouseMove: false },
  ];
}

function line(partition, points, at) {
  const ofColour = colour(colourOf(partition));
  return {
    type: 'line',
    id: `partition-${partition}`,
    name: `Partition ${partition}`,
    symbol: `path://${shapeOf(partition)}`,
    symbolKeepAspect: true,
    symbolSize: 7,
    showAllSymbol: true,
    clip: true,
    itemStyle: { color: ofColour },
    lineStyle: { color: ofColour, width: 2, type: DASHES[partition % DASHES.length] },
    data: points.filter((point) => point.partition === partition)
      .map((point) => ({ value: at(point), point })),
  };
}

// One decision can be overtaken by hundreds: then the lines are thin, so that they do not hide the rest.
function overtaking(points, at) {
  const pairs = points.filter((point) => point.overtaken !== null);
  return {
    type: 'lines',
    id: 'overtaking',
    coordinateSystem: 'cartesian2d',
    silent: true,
    clip: true,
    symbol: ['none', 'arrow'],
    symbolSize: 7,
    lineStyle: {
      color: colour('bad'), width: 1, type: 'solid', curveness: 0,
      opacity: Math.max(0.25, Math.min(0.8, 12 / Math.max(1, pairs.length))),
    },
    data: pairs.map((point) => ({ coords: [at(point), at(points[point.overtaken - 1])] })),
  };
}

// Below the symbol of the partition, which is smaller: both are to be seen.
function crosses(points, at) {
  return {
    type: 'scatter',
    id: 'ahead',
    name: 'before its turn',
    symbol: `path://${CROSS}`,
    symbolSize: 15,
    clip: true,
    itemStyle: { color: colour('bad') },
    data: points.filter((point) => point.ahead).map((point) => ({ value: at(point), point })),
  };
}

// Short lines, which fit on a phone.
function words(point, points) {
  return plain([
    `Decision ${point.position}, place ${point.place} in the log`,
    `Partition ${point.partition}, offset ${point.offset}`,
    `User ${short(point.userId)}`,
    `Result: ${result(point.status)}`,
    `Logged ${exactTime(point.kafkaTimestamp)}`,
    `Decided ${exactTime(point.processedAt)}`,
    ...turn(point, points),
  ].join('\n'));
}

function turn(point, points) {
  if (!point.ahead) {
    return [];
  }
  const other = point.overtaken === null ? null : points[point.overtaken - 1];
  return ['BEFORE ITS TURN, ahead of', other
    ? `decision ${other.position} (place ${other.place})`
    : 'one that is not shown here'];
}

function short(userId) {
  const letters = [...userId];
  return letters.length > USER_LENGTH_MAX ? `${letters.slice(0, USER_LENGTH_MAX).join('')}…` : userId;
}
