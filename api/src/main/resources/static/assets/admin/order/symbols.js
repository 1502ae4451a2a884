// Each partition has a symbol and a colour of its own, the same in charts, bars and tables. They are
// drawn in a box of 16.

import { html } from '../../view.js';

const SHAPES = [
  'M8 1a7 7 0 1 0 0.001 0Z',
  'M2 2H14V14H2Z',
  'M8 1L15.5 14.5H0.5Z',
  'M8 0.5L15.5 8L8 15.5L0.5 8Z',
  'M0.5 1.5H15.5L8 15Z',
  'M5.5 0.5h5v5h5v5h-5v5h-5v-5h-5v-5h5Z',
];
const COLOURS = 5;

export const CROSS = 'M3.4 0.6L8 5.2L12.6 0.6L15.4 3.4L10.8 8L15.4 12.6L12.6 15.4L8 10.8L3.4 15.4L0.6 12.6L5.2 8L0.6 3.4Z';

export function shapeOf(partition) {
  return SHAPES[partition % SHAPES.length];
}

/** The name of the colour in order.css, which knows light and dark. */
export function colourOf(partition) {
  return `partition-${partition % COLOURS}`;
}

export function partitionSymbol(partition) {
  return html`<svg class="symbol ${colourOf(partition)}" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d=${shapeOf(partition)}></path></svg>`;
}

export function aheadSymbol() {
  return html`<svg class="symbol ahead" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d=${CROSS}></path></svg>`;
}
