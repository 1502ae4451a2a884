// Counting the history next to reading the aggregate.

import { html, nothing } from '../../view.js';
import { duration, number } from '../../format.js';
import { problemNotice } from '../frame.js';
import { pushButton } from '../push-button.js';
import { daysFrom } from './days.js';
import { DAILY, differences, ratio, RAW, times } from './measure.js';
import { periodWords, RAW_DAYS_MAX } from './period.js';

/** part: of measuring.js; period: what is looked at, null while that is not known. */
export function measuringView(part, period) {
  const tooLong = period !== null && daysFrom(period.from, period.to) > RAW_DAYS_MAX;
  return html`
    <section class="card" aria-labelledby="measuring">
      <h2 id="measuring">Raw against aggregated</h2>
      <p class="soft">The same figures in two ways: counted from the history of every decision, and read from the
        table that the daily run fills. Both are asked in turns, several times; what is compared is the time that
        the database part took.</p>
      <div class="row">
        ${pushButton(part.busy ? 'Measuring …' : 'Measure both', part.busy || tooLong || period === null,
          () => part.start(period))}
        <span class="soft" role="status">${stateWords(part, period, tooLong)}</span>
      </div>
      ${part.busy ? html`<progress aria-label="Measuring" max=${2 * part.turns} .value=${answered(part)}></progress>` : nothing}
      ${part.problem ? problemNotice(part.problem, whatNext(part.problem)) : nothing}
      ${part.answers?.raw.length > 0 && part.answers.daily.length > 0 ? outcome(part) : nothing}
    </section>`;
}

function answered({ answers }) {
  return answers ? answers[RAW].length + answers[DAILY].length : 0;
}

function stateWords(part, period, tooLong) {
  if (tooLong) {
    return `The history is counted for at most ${RAW_DAYS_MAX} days at once. Choose a shorter period above.`;
  }
  if (part.waiting) {
    return 'Others are counting; it goes on by itself as soon as they are done.';
  }
  if (part.busy) {
    return `For ${periodWords(part.period)}. Counting a lot takes up to a minute.`;
  }
  if (part.answers && !part.problem) {
    return `Measured for ${periodWords(part.period)}.`;
  }
  return period === null ? '' : `For ${periodWords(period)}.`;
}

function whatNext(problem) {
  if (problem.status === 503) {
    return 'That says something too: the aggregate answers in milliseconds. Choose a shorter period for a comparison in figures.';
  }
  return problem.status === 429
    ? 'Others were counting the whole time. Measure again in a while.'
    : 'What was measured before it stands below. Measure again to have all of it.';
}

function outcome({ answers }) {
  const [raw, daily] = [times(answers[RAW]), times(answers[DAILY])];
  const most = Math.max(raw.median, daily.median);
  return html`
    <div class="ways" data-test="ways">
      ${way('Raw: counted from the history', raw, most, 'raw')}
      ${way('Aggregated: read from the table', daily, most, 'daily')}
    </div>
    <p class="compared" data-test="ratio">${ratioWords(raw.median, daily.median)}</p>
    ${agreement(answers)}
    <p class="soft">${meaning(answers, raw.median, daily.median)}</p>`;
}

function way(name, { count, median, least, most }, mostOfBoth, kind) {
  return html`
    <div class="way">
      <div class="row apart"><span>${name}</span> <strong class="number">${millis(median)}</strong></div>
      <div class="way-bar" aria-hidden="true"><div class="way-part ${kind}" .style=${`inline-size: ${(100 * median) / mostOfBoth}%`}></div></div>
      <span class="soft small">${count === 1 ? 'measured once' : `median of ${count}; from ${millis(least)} to ${millis(most)}`}</span>
    </div>`;
}

function millis(value) {
  return value < 1000 ? `${number(value, value < 10 ? 2 : 0)} ms` : duration(value);
}

function ratioWords(raw, daily) {
  const times = (value) => number(value, value < 10 ? 1 : 0);
  if (raw >= daily * 1.05) {
    return `Counting takes ${times(ratio(raw, daily))} times as long as reading the aggregate.`;
  }
  return daily >= raw * 1.05
    ? `Here reading the aggregate takes ${times(ratio(daily, raw))} times as long as counting.`
    : 'Both take the same time.';
}

function agreement(answers) {
  const raw = answers[RAW].at(-1);
  const differing = differences(raw, answers[DAILY].at(-1));
  if (differing.length === 0) {
    return html`<p data-test="agreement"><span class="badge good">the figures agree</span> Every campaign has the same in both: ${
      number(raw.totalCount)} requests in all.</p>`;
  }
  const named = differing.slice(0, 5).join(', ');
  const more = differing.length > 5 ? ` and ${number(differing.length - 5)} more` : '';
  return html`
    <p data-test="agreement"><span class="badge warn">the figures differ</span> ${named}${more}. ${raw.pendingCampaigns > 0
      ? 'There are decisions that the aggregate does not know yet; after the next run both agree.'
      : 'Decisions came in between the two. Measure again; if it stays so while nothing comes in, run the aggregation for this time.'}</p>`;
}

function meaning(answers, raw, daily) {
  const requests = answers[RAW].at(-1).totalCount;
  const { campaigns: { length } } = answers[DAILY].at(-1);
  return raw > daily
    ? `Counting goes through an index entry for each of the ${number(requests)} requests, so twice as many take `
      + `twice as long. The aggregate has one row for each campaign and day (${number(length)} campaigns here), `
      + 'however many requests they had.'
    : `With so few requests (${number(requests)}) counting costs no more than reading. It grows with the requests; the aggregate does not.`;
}
