// The figures of the day or period that is looked at, from the aggregate.

import { get } from '../../http.js';
import { asProblem } from '../failure.js';
import { yesterdayHere } from './days.js';
import { asked, fault, parametersOf, periodOf, query } from './period.js';

const PATH = '/admin/statistics';

/** changed() is told whenever something is to be drawn again, shown(answer) when other figures came. */
export function counts(changed, shown) {
  const part = {
    // Until the server has said which day that is in its time zone.
    yesterday: yesterdayHere(),
    fields: { from: '', to: '' },
    fault: null,
    answer: null,
    answeredAt: null,
    problem: null,
    busy: false,
    // What the chart has: 'days' or 'campaigns'.
    chartBy: 'days',
    // By the name of the table.
    sorts: { campaigns: { key: 'totalCount', descending: true }, days: { key: 'date', descending: false } },
    // Whether a table shows more rows than it does at first.
    allRows: { campaigns: false, days: false },
    setField,
    submit,
    go,
    load,
    sortBy,
    showAllRows,
    setChartBy,
  };
  let latest = 0;

  function setField(field, value) {
    part.fields = { ...part.fields, [field]: value };
  }

  /** What stands in the fields. Says whether it could be asked for. */
  function submit() {
    part.fault = fault(part.fields);
    if (part.fault) {
      changed();
      return false;
    }
    go(part.fields);
    return true;
  }

  /** Shows a period, as a new entry of the browser's history, so that its address can be sent around. */
  function go(period) {
    const search = query(parametersOf(period));
    if (search !== location.search) {
      history.pushState(null, '', PATH + search);
    }
    load();
  }

  /** Asks for what the address says. The figures from before stay until the others are there. */
  async function load() {
    const number = ++latest;
    const parameters = asked(location.search);
    part.busy = true;
    part.fault = null;
    changed();
    let answer = null;
    let problem = null;
    try {
      answer = await get(`/api/admin/stats/daily${query(parameters)}`);
    } catch (e) {
      problem = asProblem(e);
    }
    if (number !== latest) {
      return;
    }
    part.busy = false;
    if (answer) {
      part.answeredAt = Date.now();
    }
    // What is known of the same time keeps standing while the server is away.
    part.answer = answer ?? (problem.status !== 400 && isOf(part.answer, parameters) ? part.answer : null);
    part.problem = problem;
    if (answer) {
      part.fields = periodOf(answer);
      if (Object.keys(parameters).length === 0) {
        part.yesterday = answer.date;
      }
    } else {
      part.fields = { from: parameters.date ?? parameters.from ?? '', to: parameters.date ?? parameters.to ?? '' };
    }
    changed();
    shown(answer);
  }

  function sortBy(table, key) {
    const { key: before, descending } = part.sorts[table];
    // Names and days begin with the first, figures with the biggest.
    const first = key !== 'displayName' && key !== 'date';
    part.sorts[table] = { key, descending: key === before ? !descending : first };
    changed();
  }

  function showAllRows(table) {
    part.allRows[table] = true;
    changed();
  }

  function setChartBy(by) {
    part.chartBy = by;
    changed();
  }

  return part;
}

function isOf(answer, parameters) {
  return answer !== null
    && Object.keys(parameters).length > 0
    && Object.entries(parameters).every(([key, value]) => answer[key] === value);
}

/** Which day the server calls yesterday; null if it does not say. */
export async function serverYesterday() {
  try {
    return (await get('/api/admin/stats/daily')).date;
  } catch {
    return null;
  }
}
