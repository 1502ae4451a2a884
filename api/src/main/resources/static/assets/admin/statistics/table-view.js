// A table of counts that can be sorted and taken along as a file.

import { html, nothing } from '../../view.js';
import { number } from '../../format.js';
import { isFigure, sorted } from './columns.js';
import { csv } from './csv.js';
import { dayWords } from './days.js';

// More rows than anybody reads make the page slow; the file has all.
const ROWS_AT_FIRST = 200;

/** part: of counts.js; table: { name, title, columns, rows, total, fileName, file(rows) }. */
export function countsTable(part, table) {
  const sort = part.sorts[table.name];
  const rows = sorted(table.rows, table.columns, sort);
  const shown = part.allRows[table.name] ? rows : rows.slice(0, ROWS_AT_FIRST);
  const id = `table-${table.name}`;
  return html`
    <section class="card">
      <div class="row apart">
        <h3 id=${id}>${table.title}</h3>
        <button class="button" type="button"
          @click=${() => save(table, rows)}>Export ${table.name} as CSV</button>
      </div>
      <div class="table-scroll" tabindex="0" role="region" aria-labelledby=${id}>
        <table class="counts">
          <thead><tr>${table.columns.map((column) => head(part, table, column, sort))}</tr></thead>
          <tbody>${shown.map((row) => html`<tr>${table.columns.map((column) => cell(row, column))}</tr>`)}</tbody>
          <tfoot><tr>${table.columns.map((column) => foot(table.total, column))}</tr></tfoot>
        </table>
      </div>
      ${rows.length > shown.length ? html`
        <p class="row middle"><button class="button" type="button"
          @click=${() => part.showAllRows(table.name)}>Show all ${number(rows.length)}</button></p>` : nothing}
    </section>`;
}

function head(part, table, column, sort) {
  const current = sort.key === column.key;
  const direction = sort.descending ? 'descending' : 'ascending';
  return html`
    <th scope="col" class=${isFigure(column) ? 'number' : ''} aria-sort=${current ? direction : 'none'}>
      <button class="sort" type="button" @click=${() => part.sortBy(table.name, column.key)}>${column.title}
        <span class="direction" aria-hidden="true">${current ? (sort.descending ? '▼' : '▲') : ''}</span></button>
    </th>`;
}

function cell(row, column) {
  if (column.key === 'displayName') {
    return html`
      <th scope="row">
        <a href="/admin/campaigns/${encodeURIComponent(row.campaignName)}">${row.displayName}</a>
        ${row.displayName === row.campaignName ? nothing : html`<span class="soft small">${row.campaignName}</span>`}
      </th>`;
  }
  return column.key === 'date'
    ? html`<th scope="row">${dayWords(row.date)}</th>`
    : html`<td class="number">${figure(row, column)}</td>`;
}

function foot(total, column) {
  return isFigure(column)
    ? html`<td class="number">${figure(total, column)}</td>`
    : html`<th scope="row">All</th>`;
}

function figure(row, column) {
  const value = column.value(row);
  return typeof value === 'number' ? number(value) : value;
}

function save({ file, fileName }, rows) {
  const { header, rows: lines } = file(rows);
  const address = URL.createObjectURL(new Blob([csv(header, lines)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
