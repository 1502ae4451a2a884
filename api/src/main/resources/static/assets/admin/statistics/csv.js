// Comma-separated values as RFC 4180 has them, made so that a spreadsheet opens them well and runs
// nothing that stands in them.

// Tells spreadsheets that the text is UTF-8; without it Korean names come out wrong.
const BYTE_ORDER_MARK = '\ufeff';
const NEW_LINE = '\r\n';
// What makes a spreadsheet take a text for a formula, also in the wide forms that some take for the same.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const TO_QUOTE = /[",\r\n]|^\s|\s$/;

/**
 * The whole file. header: texts; rows: as many values each. Numbers stand as they are; a text that a
 * spreadsheet would take for a formula begins with an apostrophe; null is an empty cell.
 */
export function csv(header, rows) {
  return BYTE_ORDER_MARK + [header, ...rows]
    .map((cells) => cells.map(cell).join(',') + NEW_LINE)
    .join('');
}

function cell(value) {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const text = String(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return TO_QUOTE.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
