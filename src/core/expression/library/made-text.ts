// How the language's objects are shown as text.

import { type Made } from '../thing.ts';
import { isoText } from './date-print.ts';

/** Shows an object as Java's `toString()` does. */
export function madeText(value: Made): string {
  switch (value.kind) {
    case 'DateTime':
      return isoText(value);
    case 'DateTimeZone':
      return value.id;
    case 'Days':
      return `P${value.days.toString()}D`;
    case 'UUID':
      return value.text;
    case 'DateTimeProperty':
      return `Property[${value.field}]`;
    case 'DateTimeFormatter':
      return 'DateTimeFormatter';
    case 'void':
      return 'void';
  }
}
