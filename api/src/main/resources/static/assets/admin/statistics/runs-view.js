// The part of the page about batch runs.

import { html, live, nothing } from '../../view.js';
import { dateTime, duration, number, timeOfDay } from '../../format.js';
import { problemNotice } from '../frame.js';
import { serverNow } from '../clock.js';
import { pushButton } from '../push-button.js';
import { dayWords, isDay } from './days.js';
import { countWords, isAtWork, isTrouble, jobName, progressOf, stateOf } from './run-words.js';

const COLUMNS = ['Run', 'Job', 'Day', 'Status', 'Began', 'Duration', 'What it did'];

/** part: of runs.js. */
export function runsView(part) {
  return html`
    <section class="card" aria-labelledby="runs">
      <h2 id="runs">Batch runs</h2>
      <p class="soft">A run counts a day of all campaigns, and every other day that is over and out of date.
        It comes by itself once a day. Any number of runs for a day give the same figures.</p>
      ${form(part)}
      <p class="visually-hidden" role="status">${part.told}</p>
      ${part.startProblem ? problemNotice(part.startProblem, startNext(part.startProblem)) : nothing}
      ${part.followed ? followed(part.followed) : nothing}
      <div class="row apart">
        <h3 id="history">History</h3>
        <button class="button" type="button" @click=${() => part.loadHistory()}>Refresh</button>
      </div>
      ${history(part)}
    </section>`;
}

function form(part) {
  const submit = (event) => {
    event.preventDefault();
    if (!part.submit()) {
      document.getElementById('run-date').focus();
    }
  };
  return html`
    <form class="run-form" novalidate aria-label="Run the aggregation" @submit=${submit}>
      <div class="field">
        <label for="run-date">Day to count</label>
        <input type="date" id="run-date" .value=${live(part.date)} @change=${(event) => part.setDate(event.target.value)}
          aria-invalid=${part.dateFault ? 'true' : 'false'} aria-describedby="run-date-error">
        <span class="error" id="run-date-error">${part.dateFault ?? nothing}</span>
      </div>
      <button class="button primary" type="submit" aria-disabled=${part.starting ? 'true' : 'false'}>
        ${part.starting ? 'Starting …' : 'Run the aggregation'}</button>
    </form>`;
}

function startNext(problem) {
  if (problem.code === 'BATCH_RUNNING') {
    return `Run ${problem.body.jobExecutionId} is shown below. Start yours when it has ended.`;
  }
  return problem.isOffline
    ? 'Whether the run has started is not known: the history below tells. Starting it again does no harm.'
    : 'Nothing was started.';
}

function followed({ id, run, seenAt, problem }) {
  return html`
    <div class="followed" data-test="followed">
      <div class="row">
        <strong>Run ${id}</strong>
        ${run ? badge(run) : html`<span class="badge info">starting</span>`}
        ${run?.date ? html`<span>${day(run.date)}</span>` : nothing}
        ${run ? html`<span class="soft number">${elapsed(run)}</span>` : nothing}
      </div>
      ${!run || isAtWork(run)
        ? html`<progress aria-label="Run ${id}"></progress>`
        : nothing}
      ${run ? html`<p>${countWords(run, progressOf(run), number)}.</p>${reason(run)}${stepList(run)}` : nothing}
      ${problem
        ? html`<p class="notice warn">${problem.status === 404
          ? 'This run is not known any more.'
          : `How far it is cannot be seen at the moment (${reasonOf(problem)}). It is tried again by itself${
            run ? `; what is shown is from ${timeOfDay(seenAt)}` : ''}.`}</p>`
        : nothing}
    </div>`;
}

function reasonOf(problem) {
  return problem.isOffline ? 'the server does not answer' : problem.detail;
}

function history(part) {
  if (part.listProblem) {
    return html`
      ${problemNotice(part.listProblem, part.list === null
        ? 'The runs are kept; refresh to see them.'
        : 'What is shown is from before; refresh to try again.')}
      ${part.list === null ? nothing : list(part)}`;
  }
  if (part.list === null) {
    return html`<p class="row soft"><span class="spinner" aria-hidden="true"></span> Loading the history …</p>`;
  }
  return list(part);
}

function list(part) {
  if (part.list.length === 0) {
    return html`
      <p class="empty">${part.page > 0
        ? 'No more runs.'
        : 'No run yet. The first one comes by itself once a day is over, or now with the button above.'}</p>
      ${pages(part)}`;
  }
  return html`
    <div class="table-scroll" tabindex="0" role="region" aria-labelledby="history">
      <table class="history" role="table" aria-labelledby="history">
        <thead role="rowgroup">
          <tr role="row">${COLUMNS.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody role="rowgroup">${part.list.map(row)}</tbody>
      </table>
    </div>
    ${pages(part)}`;
}

function row(run) {
  return html`
    <tr role="row">
      ${cell('Run', run.jobExecutionId)}
      ${cell('Job', html`<span>${jobName(run)}${only(run)}</span>`)}
      ${cell('Day', run.date ? day(run.date) : '–')}
      ${cell('Status', badge(run))}
      ${cell('Began', dateTime(run.startTime))}
      ${cell('Duration', elapsed(run))}
      <td role="cell" class="did">
        <details ?open=${isTrouble(run)}>
          <summary>${isTrouble(run) ? 'Why it did not complete' : countWords(run, progressOf(run), number)}</summary>
          ${reason(run)}
          ${isTrouble(run) ? html`<p class="small">${countWords(run, progressOf(run), number)}</p>` : nothing}
          ${stepList(run)}
        </details>
      </td>
    </tr>`;
}

function cell(name, content) {
  return html`<td role="cell" data-label=${name}>${content}</td>`;
}

function only({ campaign }) {
  return campaign ? html` <span class="soft small">only ${campaign}</span>` : nothing;
}

function reason(run) {
  if (isAtWork(run) || (!isTrouble(run) && !run.exitMessage)) {
    return nothing;
  }
  return isTrouble(run)
    ? html`<p class="reason">${run.exitMessage ?? 'It left no message; the log of the job says why.'}</p>`
    : html`<p class="small">${run.exitMessage}</p>`;
}

function stepList(run) {
  return run.steps.length === 0 ? nothing : html`
    <ul class="steps small" aria-label="Steps of run ${run.jobExecutionId}">
      ${run.steps.map((step) => html`
        <li><span class="mono">${step.name}</span>: ${stateOf(step).word}, ${
          countWords(run, { read: step.readCount, written: step.writeCount, skipped: step.skipCount }, number)}</li>`)}
    </ul>`;
}

function badge(run) {
  const { word, kind } = stateOf(run);
  return html`<span class="badge ${kind}">${word}</span>`;
}

function day(date) {
  return isDay(date) ? dayWords(date) : date;
}

function elapsed(run) {
  if (run.durationMs !== null && run.durationMs !== undefined) {
    return duration(run.durationMs);
  }
  return isAtWork(run) && run.startTime
    ? `${duration(Math.max(0, serverNow() - Date.parse(run.startTime)))} so far`
    : '–';
}

function pages(part) {
  const last = Math.max(0, Math.ceil(part.total / part.pageSize) - 1);
  if (last === 0 && part.page === 0) {
    return nothing;
  }
  return html`
    <nav class="row middle" aria-label="Pages of the history">
      ${pushButton(html`<span aria-hidden="true">←</span> Newer`, part.page === 0, () => part.turnTo(part.page - 1))}
      <span class="number" role="status">Page ${number(part.page + 1)} of ${number(last + 1)}</span>
      ${pushButton(html`Older <span aria-hidden="true">→</span>`, part.page >= last, () => part.turnTo(part.page + 1))}
    </nav>`;
}
