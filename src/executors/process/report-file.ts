// Reads a file that a step wrote to report something: bounded, UTF-8, and only if it is still a plain file.

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Failure } from '../../core/failure.ts';
import { type Json } from '../../core/json.ts';
import { failed, success, type Result } from '../../core/result.ts';
import { authorFailure, reasonOf, stepFailure, systemCodeOf } from './failures.ts';
import { type AttemptLimits } from './limits.ts';
import { type Mask } from './mask.ts';

// A link, a pipe, or a file without permissions.
const REPLACED = new Set(['ELOOP', 'ENXIO', 'EACCES']);

/** One line with something in it, and its number in the file, from 1. */
export interface ReportLine {
  readonly number: number;
  readonly text: string;
}

/** What holds for every report of an attempt. */
export interface ReportBounds {
  readonly limits: AttemptLimits;
  /** No report may hold a secret: what is reported is kept, and shown to everyone. */
  readonly mask: Mask;
}

/** Which file, and how to speak of it. */
export interface ReportFile {
  readonly path: string;
  /** The variable that names it to the step. */
  readonly variable: string;
  readonly stepId: string;
  readonly bounds: ReportBounds;
  readonly limitCode: string;
  readonly badCode: string;
}

/** The lines of a report that are not blank, none with a secret. A file that the step removed has none. */
export async function readReport(file: ReportFile): Promise<Result<readonly ReportLine[], Failure>> {
  const content = await readBounded(file);
  return content.ok ? reportLines(content.value, file) : content;
}

/** The same of what is already at hand. */
export function reportLines(
  content: Uint8Array,
  file: Omit<ReportFile, 'path'>,
): Result<readonly ReportLine[], Failure> {
  const lines = linesOf(content);
  if (lines === undefined) {
    return stepFailure(
      file.badCode,
      `Step "${file.stepId}" wrote bytes to $${file.variable} that are not UTF-8.`,
      'Write text.',
    );
  }
  for (const { number, text } of lines) {
    const secret = file.bounds.mask.find(text);
    if (secret !== undefined) return exposed(file, number, secret);
  }
  return success(lines);
}

function linesOf(content: Uint8Array): readonly ReportLine[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    const lines = text.split('\n').map((line, index) => ({ number: index + 1, text: line.replace(/\r$/, '') }));
    return lines.filter((line) => line.text.trim() !== '');
  } catch {
    return undefined;
  }
}

/** Refused before the line is taken apart, so that nothing said about it can quote a piece of the secret. */
function exposed(
  { stepId, variable }: Omit<ReportFile, 'path'>,
  number: number,
  secret: string,
): Result<never, Failure> {
  return authorFailure(
    'SECRET_EXPOSED',
    `Line ${String(number)} of $${variable} of step "${stepId}" holds the secret "${secret}".`,
    'Leave it out: what is written there is kept and shown to everyone. Another step that needs the secret names it in its own env.',
  );
}

async function readBounded(file: ReportFile): Promise<Result<Uint8Array, Failure>> {
  try {
    // A step may have put anything in its place: neither follow a link nor wait at a pipe.
    const handle = await open(file.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return damaged(file);
      if (stat.size > file.bounds.limits.reportBytes) return tooLarge(file, stat.size);
      return success(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT') return success(new Uint8Array());
    if (code !== undefined && REPLACED.has(code)) return damaged(file);
    throw error;
  }
}

function damaged(file: ReportFile): Result<never, Failure> {
  return stepFailure(
    file.badCode,
    `Step "${file.stepId}" replaced the file of $${file.variable} with something else.`,
    `Append lines to it, as in: echo … >> "$${file.variable}"`,
  );
}

function tooLarge(file: ReportFile, size: number): Result<never, Failure> {
  return stepFailure(
    file.limitCode,
    `Step "${file.stepId}" wrote ${String(size)} bytes to $${file.variable}; at most ${String(file.bounds.limits.reportBytes)} are read.`,
    'Keep what is large as an artifact and give its name instead.',
  );
}

/** Reads a line as JSON without losing anything; the failure says why it could not. */
export function parseJsonLine(text: string): Result<Json, string> {
  try {
    return success(JSON.parse(text) as Json);
  } catch (error) {
    return failed(`it is not JSON: ${reasonOf(error)}`);
  }
}

/** An integer in a JSON text that a JSON number would quietly change, such as a 64-bit id; undefined if there is none. */
export function inexactInteger(text: string): string | undefined {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const integers = bare.match(/-?(?<![\d.eE+])\d{16,}(?![\d.eE])/g) ?? [];
  return integers.find((digits) => !Number.isSafeInteger(Number(digits)));
}
