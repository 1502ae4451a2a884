// Charts come after the first sight: a page is drawn without them, their library is loaded, and then
// they are put into the elements that are there for them.

/**
 * load() imports the module of the page's charts; changed() is told when that has ended.
 * state: 'none' before begin(), then 'loading', 'ready' or 'failed'.
 */
export function chartPlaces(load, changed) {
  const made = new Map();
  const places = { state: 'none', begin, place, refresh };
  let module = null;

  async function begin() {
    if (places.state !== 'none') {
      return;
    }
    places.state = 'loading';
    try {
      module = await load();
      places.state = 'ready';
    } catch {
      places.state = 'failed';
    }
    changed();
  }

  /** To be called after each drawing, for each id of an element: make(module, element) when it is there. */
  function place(id, make) {
    const element = document.getElementById(id);
    const known = made.get(id);
    if (known && known.element !== element) {
      known.chart.dispose();
      made.delete(id);
    }
    if (element && module && !made.has(id)) {
      made.set(id, { element, chart: make(module, element) });
    }
  }

  /** When what the charts show has changed. merge keeps what they have, for a zoom under somebody's hand. */
  function refresh(merge = false) {
    for (const { element, chart } of made.values()) {
      if (element.isConnected) {
        chart.refresh(merge);
      }
    }
  }

  return places;
}
