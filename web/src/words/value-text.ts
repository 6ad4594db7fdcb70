// Values of parameters and outputs on one line, and back from what a person typed into a form.

/** A value as one short line; texts go without quotes. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '(empty)' : value;
  if (value === undefined) return '(none)';
  return JSON.stringify(value);
}

/** What a form field holds: a value, nothing at all, or why it cannot be read. */
export type TypedValue =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'empty' }
  | { readonly kind: 'wrong'; readonly message: string };

/** Reads what was typed as the declared type. An empty field of any type but text means "as declared". */
export function typedValue(text: string, type: string): TypedValue {
  if (type === 'string') return { kind: 'value', value: text };
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  switch (type) {
    case 'long':
      return /^[+-]?\d+$/u.test(trimmed) ? wholeNumber(trimmed) : wrong(trimmed, 'a whole number, as 42');
    case 'double':
      return decimal(trimmed);
    case 'boolean':
      return trimmed === 'true' || trimmed === 'false'
        ? { kind: 'value', value: trimmed === 'true' }
        : wrong(trimmed, 'true or false');
    default:
      return json(trimmed, type);
  }
}

/** The text with which a form field starts for a declared value. */
export function fieldText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function wholeNumber(text: string): TypedValue {
  const value = Number(text);
  return Number.isSafeInteger(value) ? { kind: 'value', value } : wrong(text, 'a whole number of at most 15 digits');
}

function decimal(text: string): TypedValue {
  const value = Number(text);
  return Number.isFinite(value) ? { kind: 'value', value } : wrong(text, 'a number, as 0.9');
}

function json(text: string, type: string): TypedValue {
  try {
    const value: unknown = JSON.parse(text);
    const isFitting = type.endsWith('_array') ? Array.isArray(value) : isObject(value);
    return isFitting
      ? { kind: 'value', value }
      : wrong(text, type.endsWith('_array') ? 'a list, as ["a", "b"]' : 'an object, as {"a": 1}');
  } catch {
    return wrong(text, type.endsWith('_array') ? 'a list in JSON, as ["a", "b"]' : 'an object in JSON, as {"a": 1}');
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(text: string, wanted: string): TypedValue {
  return { kind: 'wrong', message: `“${text}” is not ${wanted}.` };
}
