// Reads a document of `kind: test`: a story about workflows, or everything that is wrong with it.

import { readDuration } from '../definition/reading/duration.ts';
import { type Fields, readEntries, readFields, textAt } from '../definition/reading/fields.ts';
import { readJson, readNamedValues } from '../definition/reading/json-values.ts';
import { readLocalTime } from '../definition/reading/moments.ts';
import { itemsOf, readCount, readText, readWord } from '../definition/reading/scalars.ts';
import { keyOf, nodeName, type Reading, report, type Spot } from '../definition/reading/spot.ts';
import { type Problem, placed, refusalOf } from '../definition/problem.ts';
import { type SourceNode } from '../definition/source/node.ts';
import { parseSource } from '../definition/source/parse-source.ts';
import { type Entry, type Json } from '../json.ts';
import { isJsonObject } from '../params/infer-type.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { type RunStatus, type StepStatus } from '../run/state.ts';
import { type Instant } from '../time.ts';
import { isZone, occurrenceOf } from '../trigger/zone.ts';
import { type Act, type Expected, type ExpectedRun, type Role, type Story } from './story.ts';

const STORY_KEYS = ['kind', 'name', 'start', 'timezone', 'steps', 'story'];
const ROLE_KEYS = ['takes', 'fails', 'as', 'outputs', 'signals'];
const ACTS = ['publish', 'run', 'wait', 'until', 'stop', 'pause', 'resume', 'expect'] as const;
const ACT_KEYS: Readonly<Record<(typeof ACTS)[number], readonly string[]>> = {
  publish: ['publish', 'params', 'occurredAt'],
  run: ['run', 'params', 'scheduledFor'],
  wait: ['wait'],
  until: ['until'],
  stop: ['stop'],
  pause: ['pause'],
  resume: ['resume'],
  expect: ['expect'],
};
const EXPECTED_KEYS = ['runs', 'signals', 'run', 'status', 'steps', 'params', 'outputs', 'scheduledFor', 'startedBy'];
const RUN_STATUSES = ['queued', 'running', 'paused', 'succeeded', 'failed', 'stopped', 'timed_out'] as const;
/** The first Monday of 2026, at midnight. */
const usualStart = '2026-01-05T00:00:00';
const mostActs = 1_000;

/** Reads one document; `line` is where it begins in its file. */
export function readStory(text: string, line = 1): Result<Story, readonly Refusal[]> {
  const [document] = parseSource(text);
  const root: SourceNode = document?.root ?? { kind: 'map', at: { line: 1, column: 1 }, entries: new Map() };
  const reading: Reading = { problems: [...(document?.problems ?? [])], doubtful: new Set(), filesWanted: new Map() };
  const story = document?.root === undefined ? undefined : storyOf({ reading, node: root, path: [] }, line);
  if (story !== undefined && reading.problems.length === 0) return success(story);
  return failed(reading.problems.map((problem: Problem) => refusalOf(placed(problem, root))));
}

/** A reader of clocks in the zone of the story. */
type Clock = (spot: Spot) => Instant | undefined;

function storyOf(spot: Spot, line: number): Story | undefined {
  const fields = readFields(spot, { what: 'a test', keys: STORY_KEYS });
  if (fields === undefined) return undefined;
  const name = textAt(fields, 'name');
  if (name === undefined && !fields.has('name')) {
    report(spot, 'missing-key', 'The test has no `name`.', {
      hint: 'Say what it shows: name: a late file starts nothing',
    });
  }
  const timezone = zoneOf(fields);
  const clock: Clock = (at) => {
    const local = readLocalTime(at);
    return local === undefined ? undefined : shownAt(timezone, local);
  };
  const start = fields.get('start');
  const steps = fields.get('steps');
  const acts = fields.get('story');
  if (acts === undefined)
    report(spot, 'missing-key', 'The test has no `story`.', { hint: 'Begin it with - publish: …' });
  return {
    name: name ?? '',
    line: line + spot.node.at.line - 1,
    timezone,
    start: (start === undefined ? undefined : clock(start)) ?? shownAt(timezone, usualStart),
    steps: steps === undefined ? [] : rolesOf(steps),
    acts: acts === undefined ? [] : actsOf(acts, clock, line),
  };
}

function zoneOf(fields: Fields): string {
  const zone = textAt(fields, 'timezone') ?? 'UTC';
  const spot = fields.get('timezone');
  if (isZone(zone)) return zone;
  if (spot !== undefined)
    report(spot, 'unknown-zone', `There is no time zone "${zone}".`, { hint: 'Such as Europe/Madrid.' });
  return 'UTC';
}

function shownAt(timezone: string, local: string): Instant {
  const found = occurrenceOf(timezone, Date.parse(`${local}Z`));
  return found.kind === 'once' ? found.at : found.kind === 'twice' ? found.first : found.resumes;
}

function rolesOf(spot: Spot): readonly Role[] {
  if (spot.node.kind !== 'map') {
    report(spot, 'wrong-type', `${keyOf(spot)} must be a map of steps, and this is ${nodeName(spot.node)}.`, {
      hint: 'Such as { train: { takes: 10m, outputs: { accuracy: 0.9 } } }.',
    });
    return [];
  }
  return readEntries(spot, spot.node).flatMap(([step, role]): readonly Role[] => {
    const fields = readFields(role, { what: 'what a step does', keys: ROLE_KEYS });
    if (fields === undefined) return [];
    const at = <T>(key: string, read: (field: Spot) => T | undefined): T | undefined => {
      const field = fields.get(key);
      return field === undefined ? undefined : read(field);
    };
    return [
      {
        step,
        takes: at('takes', (field) => readDuration(field, 0)) ?? 0,
        fails: at('fails', readFailures) ?? 0,
        as: at('as', (field) => readWord(field, ['user', 'platform'])) === 'platform' ? 'PLATFORM' : 'USER',
        outputs: at('outputs', readNamedValues) ?? [],
        signals: at('signals', readSignals) ?? [],
      },
    ];
  });
}

function readFailures(spot: Spot): number | undefined {
  if (spot.node.kind === 'scalar' && spot.node.source === 'always') return Infinity;
  return readCount(spot, 0, 1_000);
}

function readSignals(spot: Spot): Role['signals'] {
  return itemsOf(spot).flatMap((item): Role['signals'] => {
    const fields = readFields(item, { what: 'a signal of a step', keys: ['name', 'params'] });
    const name = fields === undefined ? undefined : textAt(fields, 'name');
    const params = fields?.get('params');
    return name === undefined ? [] : [{ name, params: params === undefined ? [] : readNamedValues(params) }];
  });
}

function actsOf(spot: Spot, clock: Clock, line: number): readonly Act[] {
  if (spot.node.kind !== 'list') {
    report(spot, 'wrong-type', `${keyOf(spot)} must be a list, and this is ${nodeName(spot.node)}.`, {
      hint: 'Begin each act with a dash: - publish: measurements.ready',
    });
    return [];
  }
  const items = itemsOf(spot);
  if (items.length > mostActs) {
    report(spot, 'too-long', `The story has ${String(items.length)} acts, and ${String(mostActs)} are the most.`);
    return [];
  }
  return items.flatMap((item): readonly Act[] => {
    const act = actOf(item, clock);
    return act === undefined ? [] : [{ line: line + item.node.at.line - 1, ...act }];
  });
}

type Unplaced<A> = A extends { readonly line: number } ? Omit<A, 'line'> : never;

function actOf(spot: Spot, clock: Clock): Unplaced<Act> | undefined {
  const keys = spot.node.kind === 'map' ? [...spot.node.entries.keys()] : [];
  const kind = ACTS.find((act) => keys.includes(act));
  if (kind === undefined) {
    const fields = readFields(spot, { what: 'an act of a story', keys: ACTS });
    if (fields !== undefined) report(spot, 'missing-key', `An act is one of ${ACTS.join(', ')}.`);
    return undefined;
  }
  const fields = readFields(spot, { what: `\`${kind}\` in a story`, keys: ACT_KEYS[kind] });
  const subject = fields?.get(kind);
  return fields === undefined || subject === undefined ? undefined : readAct(kind, { fields, subject, clock });
}

interface ActSource {
  readonly fields: Fields;
  readonly subject: Spot;
  readonly clock: Clock;
}

function readAct(kind: (typeof ACTS)[number], { fields, subject, clock }: ActSource): Unplaced<Act> | undefined {
  const params = fields.get('params');
  const given = params === undefined ? [] : readNamedValues(params);
  const moment = (key: string): Instant | undefined => {
    const spot = fields.get(key);
    return spot === undefined ? undefined : clock(spot);
  };
  switch (kind) {
    case 'wait': {
      const time = readDuration(subject);
      return time === undefined ? undefined : { kind, time };
    }
    case 'until': {
      const time = clock(subject);
      return time === undefined ? undefined : { kind, time };
    }
    case 'expect': {
      const expected = expectedOf(subject, clock);
      return expected === undefined ? undefined : { kind, expected };
    }
    case 'publish': {
      const [signal, occurredAt] = [readText(subject), moment('occurredAt')];
      if (signal === undefined) return undefined;
      return { kind, signal, params: given, ...(occurredAt === undefined ? {} : { occurredAt }) };
    }
    case 'run': {
      const [workflow, scheduledFor] = [readText(subject), moment('scheduledFor')];
      if (workflow === undefined) return undefined;
      return { kind, workflow, params: given, ...(scheduledFor === undefined ? {} : { scheduledFor }) };
    }
    case 'stop': {
      const run = readText(subject);
      return run === undefined ? undefined : { kind, run };
    }
    case 'pause':
    case 'resume': {
      const workflow = readText(subject);
      return workflow === undefined ? undefined : { kind, workflow };
    }
  }
}

function expectedOf(spot: Spot, clock: Clock): Expected | undefined {
  const fields = readFields(spot, { what: '`expect`', keys: EXPECTED_KEYS });
  if (fields === undefined) return undefined;
  const run = textAt(fields, 'run');
  const ofRun = EXPECTED_KEYS.slice(3).find((key) => fields.has(key));
  if (run === undefined && ofRun !== undefined && !fields.has('run')) {
    report(spot, 'missing-key', `\`${ofRun}\` is expected of a run, and none is named.`, {
      hint: 'Add run: penguins/1',
    });
  }
  const expectedRun = run === undefined ? undefined : runOf(run, fields, clock);
  return {
    runs: countsAt(fields, 'runs'),
    signals: countsAt(fields, 'signals'),
    ...(expectedRun && { run: expectedRun }),
  };
}

function countsAt(fields: Fields, key: string): readonly Entry<number>[] {
  const spot = fields.get(key);
  if (spot === undefined) return [];
  if (spot.node.kind !== 'map') {
    report(spot, 'wrong-type', `${keyOf(spot)} must say how many of each, and this is ${nodeName(spot.node)}.`, {
      hint: 'Such as { penguins: 1 }.',
    });
    return [];
  }
  return readEntries(spot, spot.node).flatMap(([name, field]): readonly Entry<number>[] => {
    const value = readCount(field, 0, 1_000_000);
    return value === undefined ? [] : [{ name, value }];
  });
}

function runOf(run: string, fields: Fields, clock: Clock): ExpectedRun {
  const status = fields.get('status');
  const word = status === undefined ? undefined : readWord(status, RUN_STATUSES);
  const at = fields.get('scheduledFor');
  const scheduledFor = at === undefined ? undefined : clock(at);
  const startedBy = textAt(fields, 'startedBy');
  return {
    run,
    steps: namedAt(fields, 'steps').flatMap(({ name, value }) =>
      typeof value === 'string' ? [{ name, value: value.toUpperCase() as StepStatus }] : [],
    ),
    params: namedAt(fields, 'params'),
    outputs: namedAt(fields, 'outputs').map(({ name, value }) => ({ name, value: membersOf(value) })),
    ...(word === undefined ? {} : { status: word.toUpperCase() as RunStatus }),
    ...(scheduledFor === undefined ? {} : { scheduledFor }),
    ...(startedBy === undefined ? {} : { startedBy }),
  };
}

function namedAt(fields: Fields, key: string): readonly Entry[] {
  const spot = fields.get(key);
  if (spot === undefined) return [];
  if (key !== 'params' && spot.node.kind === 'map') {
    for (const [, member] of readEntries(spot, spot.node)) {
      const json = readJson(member);
      const isFitting = key === 'steps' ? typeof json === 'string' : json !== undefined && isJsonObject(json);
      const wanted = key === 'steps' ? 'a status such as SUCCEEDED' : 'a map of outputs';
      if (!isFitting) report(member, 'wrong-type', `${keyOf(member)} must be ${wanted}.`);
    }
  }
  return readNamedValues(spot);
}

function membersOf(value: Json): readonly Entry[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([name, member]) => ({ name, value: member }));
}
