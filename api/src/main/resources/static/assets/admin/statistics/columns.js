// The columns of the tables, which are those of the files too.

/** title: of the table; head: of the file; value(row): what is sorted and written to the file. */
const COUNTS = [
  { key: 'totalCount', title: 'Requests', head: 'requests', value: (row) => row.totalCount },
  { key: 'successCount', title: 'Successes', head: 'successes', value: (row) => row.successCount },
  { key: 'failCount', title: 'Fails', head: 'fails', value: (row) => row.failCount },
];
const RATE = {
  key: 'successRate', title: 'Success rate', head: 'success rate', value: (row) => row.successRate,
};

export const CAMPAIGN_COLUMNS = [
  { key: 'displayName', title: 'Campaign', head: 'display name', value: (row) => row.displayName },
  ...COUNTS,
  { key: 'alreadyIssuedCount', title: 'In already', head: 'in already', value: (row) => row.alreadyIssuedCount },
  { key: 'outOfStockCount', title: 'Out of stock', head: 'out of stock', value: (row) => row.outOfStockCount },
  RATE,
];

export const DAY_COLUMNS = [
  { key: 'date', title: 'Day', head: 'day', value: (row) => row.date },
  ...COUNTS,
  RATE,
];

// A file is read without the page: there a campaign has its name and its time zone too.
const CAMPAIGN_FILE = [
  { head: 'from', value: (row, period) => period.from },
  { head: 'to', value: (row, period) => period.to },
  { head: 'campaign id', value: (row) => row.campaignId },
  { head: 'campaign', value: (row) => row.campaignName },
  ...CAMPAIGN_COLUMNS,
  { head: 'time zone', value: (row) => row.timeZone },
];

/** Whether a column has figures, which stand at the right. */
export function isFigure({ key }) {
  return key !== 'displayName' && key !== 'date';
}

/** sort: { key, descending }. Rows that are alike stay as they were. */
export function sorted(rows, columns, { key, descending }) {
  const { value } = columns.find((column) => column.key === key);
  // "9.50%" is less than "10.00%", which texts do not know.
  const rank = key === RATE.key ? (row) => Number.parseFloat(value(row)) : value;
  return [...rows].sort((a, b) => (descending ? compare(rank(b), rank(a)) : compare(rank(a), rank(b))));
}

function compare(a, b) {
  return typeof a === 'number' ? a - b : a.localeCompare(b);
}

/** { header, rows } of a file with these campaigns, in this order. */
export function campaignFile(campaigns, period) {
  return file(CAMPAIGN_FILE, campaigns, period);
}

export function dayFile(days, period) {
  return file(DAY_COLUMNS, days, period);
}

function file(columns, rows, period) {
  return {
    header: columns.map(({ head }) => head),
    rows: rows.map((row) => columns.map(({ value }) => value(row, period))),
  };
}
