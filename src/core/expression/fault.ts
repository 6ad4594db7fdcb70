// What can be wrong with an expression, where in its text, and how to show that place to a person.
// Inside this folder a fault travels as an exception (`raise`) from any depth up to one `settle`; it never leaves
// the folder that way: every exported entry point answers with a Result.

import { type Result, failed, success } from '../result.ts';

/** The stable codes of what can go wrong with an expression or a template. */
export type ExpressionCode =
  | 'EXPRESSION_SYNTAX'
  | 'EXPRESSION_NAME'
  | 'EXPRESSION_TYPE'
  | 'EXPRESSION_LIMIT'
  | 'EXPRESSION_FORBIDDEN'
  | 'EXPRESSION_FAILED';

/** One thing that is wrong, and the part of the source text that it is about. */
export interface ExpressionFault {
  readonly code: ExpressionCode;
  readonly message: string;
  /** Offsets into the source; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** What to write instead, when we can tell. */
  readonly suggestion?: string;
}

/** A part of a source text; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Makes a fault about a span; without a suggestion the field is absent. */
export function faultAt(code: ExpressionCode, message: string, span: Span, suggestion?: string): ExpressionFault {
  const fault: ExpressionFault = { code, message, from: span.from, to: span.to };
  return suggestion === undefined ? fault : { ...fault, suggestion };
}

const CARRIED = Symbol('expression fault');

/** Leaves the work at hand with a fault, up to the enclosing `settle`. */
export function raise(fault: ExpressionFault): never {
  throw Object.assign(new Error(fault.message), { [CARRIED]: fault });
}

/** Does the work and turns a raised fault into a failure; any other exception is a bug and passes through. */
export function settle<T>(work: () => T): Result<T, ExpressionFault> {
  try {
    return success(work());
  } catch (error) {
    if (error instanceof Error && CARRIED in error) return failed(error[CARRIED] as ExpressionFault);
    throw error;
  }
}

const WIDTH = 120;
const LEAD = 60;

/** Renders two lines: the line of the source where the fault begins, and carets under the faulty part. */
export function caret(source: string, fault: Span): string {
  const at = Math.min(Math.max(fault.from, 0), source.length);
  const start = source.lastIndexOf('\n', at - 1) + 1;
  const newline = source.indexOf('\n', at);
  const line = source.slice(start, newline === -1 ? source.length : newline).replace('\r', '');
  const column = Math.min(at - start, line.length);
  const skipped = line.length > WIDTH ? Math.max(0, Math.min(column - LEAD, line.length - WIDTH)) : 0;
  const head = skipped > 0 ? '…' : '';
  const shown = line.slice(skipped, skipped + WIDTH);
  const tail = skipped + WIDTH < line.length ? '…' : '';
  const before = shown.slice(0, column - skipped).replace(/[^\t]/gu, ' ');
  const length = Math.min(fault.to - at, shown.length - (column - skipped));
  return `${head}${shown}${tail}\n${head === '' ? '' : ' '}${before}${'^'.repeat(Math.max(1, length))}`;
}
