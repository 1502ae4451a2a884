// Charts in the colours of the page, which follow the scheme of the browser. Tooltips are drawn, not
// markup: names in them stay text, and the content policy holds.

import * as echarts from '/webjars/echarts/echarts.esm.min.js';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/**
 * A chart in an element that has a height. option() gives the whole option of ECharts; it is asked
 * again by refresh(), and when the scheme changes. description says in words what is shown, for who
 * cannot see it.
 */
export function chart(element, option, description) {
  const instance = echarts.init(element, null, { renderer: 'canvas' });
  element.setAttribute('role', 'img');
  const refresh = (merge = false) => {
    element.setAttribute('aria-label', description());
    instance.setOption({ ...basics(), ...option() }, { notMerge: !merge, lazyUpdate: true });
  };
  const followScheme = () => refresh();
  const sizes = new ResizeObserver(() => {
    // Hidden, it has no size, and would be drawn for nobody, all in one point.
    if (element.clientWidth > 0) {
      instance.resize();
    }
  });
  refresh();
  sizes.observe(element);
  DARK.addEventListener('change', followScheme);
  return {
    refresh,
    instance,
    /** For a chart whose element is taken away while the page stays. */
    dispose() {
      sizes.disconnect();
      DARK.removeEventListener('change', followScheme);
      instance.dispose();
    },
  };
}

function basics() {
  return {
    backgroundColor: 'transparent',
    animation: !STILL.matches,
    // A canvas inherits nothing, and knows no font of that name.
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour('text') },
    color: palette(),
  };
}

/** Told apart also without colours: pages give lines their own symbols and dashes. */
export function palette() {
  return DARK.matches
    ? ['#8ab0ff', '#f3b95f', '#6fd699', '#ff9a94', '#c9a6ff', '#7fd6dc']
    : ['#1d4ed8', '#b45309', '#136c37', '#b3201c', '#6b21a8', '#0e7490'];
}

export function axis(extra = {}) {
  return {
    axisLine: { lineStyle: { color: colour('line') } },
    axisLabel: { color: colour('text-soft') },
    splitLine: { lineStyle: { color: colour('line'), opacity: 0.5 } },
    nameTextStyle: { color: colour('text-soft') },
    ...extra,
  };
}

export function tooltip(extra = {}) {
  return {
    renderMode: 'richText',
    backgroundColor: colour('surface'),
    borderColor: colour('line'),
    textStyle: { color: colour('text') },
    ...extra,
  };
}

/**
 * A text from outside in a tooltip or on an axis: "{a|b}" is a style there, and a name that looks like
 * one is to be seen as it is.
 */
export function plain(text) {
  return text.replaceAll('{', '{\u200b');
}
