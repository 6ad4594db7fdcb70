// What is wrong with a definition, shown as a good compiler would: the place, the sentence, the line with a mark, the way out.

import { type Refusal } from '../../core/refusal.ts';
import { type UserErrorView } from '../operations/operations.ts';
import { fit, printableLine } from '../display/printable.ts';
import { type Paint } from '../display/style.ts';

/** One thing that is wrong, with its place in the user's file as far as it has one. */
export interface SourceProblem {
  readonly file: string;
  /** Both from 1. */
  readonly line?: number;
  readonly column?: number;
  readonly rule?: string;
  readonly message: string;
  readonly hint?: string;
  readonly suggestion?: string;
}

/** Makes the problem of a refusal of the core, whose lines count from the document's first. */
export function problemOfRefusal(refusal: Refusal, file: string, linesBefore: number): SourceProblem {
  const { place, message, hint } = refusal;
  return {
    file,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(place === undefined ? {} : { ...place, line: place.line + linesBefore }),
  };
}

/** Makes the problem of an error that the server answered. */
export function problemOfUserError(error: UserErrorView, file: string, linesBefore: number): SourceProblem {
  const { line, column, rule, suggestion, hint, message } = error;
  return {
    file,
    message,
    ...(typeof line === 'number' ? { line: line + linesBefore } : {}),
    ...(typeof column === 'number' ? { column } : {}),
    ...(rule === undefined ? {} : { rule }),
    ...(typeof suggestion === 'string' ? { suggestion } : {}),
    ...(typeof hint === 'string' ? { hint } : {}),
  };
}

/** The lines that show a problem; `text` is the whole file, `width` that of the terminal. */
export function problemLines(
  problem: SourceProblem,
  text: string,
  options: { readonly paint: Paint; readonly width: number },
): readonly string[] {
  const { paint } = options;
  const rule = problem.rule === undefined ? '' : paint('dim', ` [${problem.rule}]`);
  return [
    `${paint('bold', placeOf(problem))}: ${paint('red', 'error:')} ${printableLine(problem.message)}${rule}`,
    ...frameLines(problem, text, options),
    ...adviceOf(problem).map((advice) => `  ${paint('green', 'help:')} ${printableLine(advice)}`),
  ];
}

function placeOf({ file, line, column }: SourceProblem): string {
  if (line === undefined) return file;
  return column === undefined ? `${file}:${String(line)}` : `${file}:${String(line)}:${String(column)}`;
}

function frameLines(
  { line, column }: SourceProblem,
  text: string,
  options: { readonly paint: Paint; readonly width: number },
): readonly string[] {
  const source = line === undefined ? undefined : text.split('\n')[line - 1]?.replace(/\r$/u, '');
  if (source === undefined || line === undefined) return [];
  const number = String(line).padStart(4);
  const room = Math.max(20, options.width - number.length - 5);
  const at = Math.min(column ?? 1, source.length + 1) - 1;
  const cut = at < room - 10 ? 0 : at - Math.floor(room / 2);
  const lead = cut === 0 ? '' : '…';
  const shown = fit(printableLine(`${lead}${source.slice(cut)}`), room);
  const before = printableLine(`${lead}${source.slice(cut, at)}`);
  const bar = options.paint('dim', '|');
  const mark =
    column === undefined
      ? []
      : [`${' '.repeat(number.length)} ${bar} ${' '.repeat(before.length)}${options.paint('red', '^')}`];
  return [`${options.paint('dim', number)} ${bar} ${shown}`, ...mark];
}

/** The hint, and the suggestion unless the hint says it already. */
function adviceOf({ hint, suggestion }: SourceProblem): readonly string[] {
  const hints = hint === undefined ? [] : [hint];
  return suggestion === undefined || hint?.includes(suggestion) === true ? hints : [...hints, `write ${suggestion}`];
}
