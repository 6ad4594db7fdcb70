// Reads and writes comma-separated tables: quotes, commas and line breaks inside quotes, any line ending.

/** Splits CSV text into records, each a list of fields. */
function splitRecords(text) {
  const records = [];
  let record = [];
  let field = '';
  let quoted = false;
  const endField = () => {
    record.push(field);
    field = '';
  };
  const endRecord = () => {
    endField();
    if (record.length > 1 || record[0] !== '') records.push(record); // an empty line is not a record
    record = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '"' && text[at + 1] === '"') {
      field += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (quoted) field += character;
    else if (character === ',') endField();
    else if (character === '\n') endRecord();
    else if (character !== '\r') field += character;
  }
  if (field !== '' || record.length > 0) endRecord();
  return records;
}

/** Reads CSV text whose first line names the columns: one object a row, every value a string. */
export function readTable(text) {
  const [names = [], ...records] = splitRecords(text.replace(/^\uFEFF/, ''));
  return records.map((fields) =>
    Object.fromEntries(names.map((name, index) => [name.trim(), (fields[index] ?? '').trim()])),
  );
}

const quote = (value) => (/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

/** Writes rows as CSV text with the given columns. */
export function writeTable(columns, rows) {
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((fields) => `${fields.map(quote).join(',')}\n`)
    .join('');
}
