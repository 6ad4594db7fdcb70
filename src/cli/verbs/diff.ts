// `diff`: two runs side by side.

import {
  COMPARE,
  type ComparisonView,
  type DifferenceView,
  type StandingView,
} from '../operations/admin-operations.ts';
import { CliError } from '../cli-error.ts';
import { duration } from '../duration.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { globalRunId, shortId } from '../server/global-id.ts';
import { printableLine } from '../display/printable.ts';
import { print, printJson, type Session } from '../session.ts';
import { lookOf } from '../display/status-words.ts';
import { table } from '../display/table.ts';

/** Shows what differs between two runs. */
export async function diff(session: Session, a: string, b: string): Promise<ExitCode> {
  const ids = { a: globalRunId(a), b: globalRunId(b) };
  const { compareRuns: comparison } = await session.client.query(COMPARE, ids);
  if (comparison === null) {
    throw new CliError('NOT_FOUND', `One of ${a} and ${b} is not there.`, {
      exitCode: FAILED,
      hint: 'See which there are with: downbeat runs',
    });
  }
  if (session.json) printJson(session, comparison);
  else print(session, ...linesOf(session, comparison));
  return FINE;
}

function linesOf(session: Session, comparison: ComparisonView): readonly string[] {
  const { a, b, params, outputs, steps, definition } = comparison;
  const names = [shortId(a.id), shortId(b.id)] as const;
  const width = session.io.stdout.columns;
  const rows = [
    ['status', lookOf(a.status).word, lookOf(b.status).word],
    ['version', String(a.version), String(b.version)],
    ...params.map((param) => valueRow('parameter', param)),
    ...steps.map(({ stepId, a: one, b: other }) => [stepId, standing(one), standing(other)]),
    ...outputs.map((output) => valueRow('output', output)),
  ];
  const changes = definition.flatMap(({ kind, subject, name, details }) => [
    `${kind.toLowerCase()} ${subject.toLowerCase()} ${printableLine(name)}`,
    ...details.map((detail) => `  ${printableLine(detail)}`),
  ]);
  return [
    ...table(['', ...names], rows, { width }),
    ...(changes.length === 0 ? [] : ['', `What is different in the definition of ${names[1]}:`, ...changes]),
  ];
}

function valueRow(what: string, { name, a, b }: DifferenceView): readonly string[] {
  return [`${what} ${printableLine(name)}`, shown(a), shown(b)];
}

function shown(value: unknown): string {
  return value === null || value === undefined ? '–' : printableLine(JSON.stringify(value));
}

function standing(step: StandingView | null): string {
  if (step === null) return '–';
  const { sign, word } = lookOf(step.status);
  const took = step.durationMs === null ? '' : `, ${duration(step.durationMs)}`;
  return `${sign} ${word}${took}${step.tries > 1 ? `, ${String(step.tries)} tries` : ''}`;
}
