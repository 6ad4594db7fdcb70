// Which runs are meant: the options that `runs` and the actions on many runs share, and the filter that they make.

import { type Command, InvalidArgumentError } from 'commander';
import { wrongUse } from '../cli-error.ts';
import { collect } from './option-values.ts';
import { scheduledTime } from '../scheduled-time.ts';

/** What runs may be chosen by. */
export interface RunFilterOptions {
  readonly workflow?: readonly string[];
  readonly status?: readonly string[];
  readonly label?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly endedSince?: string;
  readonly endedUntil?: string;
  readonly forSince?: string;
  readonly forUntil?: string;
  readonly trigger?: string;
  readonly signal?: string;
  readonly actor?: string;
  readonly backfill?: string;
  readonly owner?: string;
  readonly prefix?: string;
  readonly text?: string;
}

const STATUSES = ['QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'];
const TIME = 'a date, a time with its zone, or how long ago: 2h, 7d';

/** Adds the options that choose runs. */
export function withRunFilter(command: Command): Command {
  return command
    .option('--workflow <id>', 'only those of this workflow; give it twice for two', collect)
    .option(
      '--status <status>',
      `only those that are ${STATUSES.join(', ').toLowerCase()}; give it twice for two`,
      collectStatus,
    )
    .option('--label <name=value>', 'only those with this label; give it twice for both', collect)
    .option('--since <time>', `only those that were made since: ${TIME}`)
    .option('--until <time>', 'only those that were made before')
    .option('--ended-since <time>', 'only those that ended since')
    .option('--ended-until <time>', 'only those that ended before')
    .option('--for-since <time>', 'only those that are for this day or time, or a later one')
    .option('--for-until <time>', 'only those that are for an earlier day or time')
    .option('--trigger <name>', 'only those that this trigger started')
    .option('--signal <name>', 'only those that this signal started')
    .option('--actor <name>', 'only those that this person or service started')
    .option('--backfill <id>', 'only those of this backfill')
    .option('--owner <name>', 'only those of workflows that this owner answers for')
    .option('--prefix <text>', 'only those whose name begins like this, such as penguins/1')
    .option('--text <text>', 'only those that mention this: workflow, labels, what or who started them');
}

/** The filter that the options make, as the schema has it. */
export function runFilterOf(options: RunFilterOptions, now: number): Readonly<Record<string, unknown>> {
  const { workflow = [], label = [], status, trigger, signal, actor, backfill, owner, prefix, text } = options;
  const [only] = workflow;
  const ranges = {
    created: rangeOf(['--since', options.since], ['--until', options.until], now),
    ended: rangeOf(['--ended-since', options.endedSince], ['--ended-until', options.endedUntil], now),
    scheduledFor: rangeOf(['--for-since', options.forSince], ['--for-until', options.forUntil], now),
  };
  const fields = {
    ...(workflow.length === 1 ? { workflowId: only } : { workflowIds: workflow.length === 0 ? undefined : workflow }),
    ...ranges,
    labels: label.length === 0 ? undefined : labelsOf(label),
    ...{ status, trigger, signal, actor, backfill, owner, prefix, text },
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Labels of the form `name=value`. */
export function labelsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const cut = text.indexOf('=');
      if (cut < 1) throw wrongUse(`--label ${text} is no label.`, 'Write name=value, such as --label team=red.');
      return [text.slice(0, cut), text.slice(cut + 1)];
    }),
  );
}

type Given = readonly [option: string, text: string | undefined];

function rangeOf(from: Given, to: Given, now: number): object | undefined {
  if (from[1] === undefined && to[1] === undefined) return undefined;
  return { ...bound('from', from, now), ...bound('to', to, now) };
}

function bound(name: 'from' | 'to', [option, text]: Given, now: number): object {
  return text === undefined ? {} : { [name]: momentOf(option, text, now) };
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A date, a time with its zone, or how long ago. */
export function momentOf(option: string, text: string, now: number): string {
  const [, count, unit] = /^(\d{1,6})([smhd])$/u.exec(text) ?? [];
  if (count !== undefined && unit !== undefined)
    return new Date(now - Number(count) * (UNITS[unit] ?? 0)).toISOString();
  try {
    return scheduledTime(text);
  } catch {
    throw wrongUse(`${option} ${text} is no time.`, `Write ${TIME}.`);
  }
}

/** Reads a status of a run, in any spelling, with those before it. */
export function collectStatus(value: string, previous: readonly string[] | undefined): readonly string[] {
  const status = value.toUpperCase().replaceAll('-', '_');
  if (!STATUSES.includes(status)) throw new InvalidArgumentError(`There are ${STATUSES.join(', ').toLowerCase()}.`);
  return [...(previous ?? []), status];
}
