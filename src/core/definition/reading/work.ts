// What a step does: exactly one kind of work. The native `run:` is the work kind `shell`; a loop's work has steps again.

import { type Program, type Work } from '../model.ts';
import { PUBLISH_KEYS, WORK_KEYS } from '../schema.ts';
import { readDuration } from './duration.ts';
import { type Fields, readFields, textAt } from './fields.ts';
import { readHttp } from './http.ts';
import { readKubernetes } from './kubernetes.ts';
import { readWantedFile } from './file-path.ts';
import { readNamedValues } from './json-values.ts';
import { type LoopSpot, readForeach, readWhile } from './loops.ts';
import { readNotebook } from './notebook.ts';
import { STEP_LATER } from './not-yet.ts';
import { readRequirements } from './requirements.ts';
import { readText } from './scalars.ts';
import { type Spot, doubt, keyOf, report } from './spot.ts';
import { readWorkflowCall } from './workflow-call.ts';

const FILE_ENDINGS = {
  python: ['.py'],
  node: ['.js', '.mjs', '.cjs', '.ts'],
} as const;

/** Reads the step's work; undefined, and told, if there is none, more than one, or a wrong one. */
export function readWork(loop: LoopSpot): Work | undefined {
  const { step, fields } = loop;
  const kinds = kindsOf(fields);
  const kind = kinds.find(isLoopKind) ?? kinds[0];
  const spot = kind === undefined ? undefined : fields.get(kind);
  if (kind === undefined || spot === undefined) {
    if (step.node.kind === 'map' && !hasLaterKind(step)) reportNone(step, fields);
    return undefined;
  }
  if (kinds.length > 1) {
    report(
      step,
      'two-kinds',
      `A step does one thing, and this has ${kinds.map((key) => `\`${key}\``).join(' and ')}.`,
      {
        hint: 'Make a step of each, and let one `needs:` the other.',
      },
    );
  }
  return READERS.get(kind)?.(spot, loop);
}

/** The kinds of work that the step has: one, if it is right. */
export function kindsOf(fields: Fields): readonly string[] {
  return WORK_KEYS.filter((key) => fields.has(key));
}

/** A loop is read before anything else that stands beside it, so that what is wrong inside of it is told too. */
function isLoopKind(kind: string): boolean {
  return kind === 'foreach' || kind === 'while';
}

const READERS: ReadonlyMap<string, (spot: Spot, loop: LoopSpot) => Work | undefined> = new Map<
  string,
  (spot: Spot, loop: LoopSpot) => Work | undefined
>([
  ['noop', readNoop],
  ['sleep', readSleep],
  ['wait', readWait],
  ['publish', readPublish],
  ['run', readRun],
  ['python', readPython],
  ['node', (spot: Spot) => readProgram(spot, 'node')],
  ['notebook', (spot: Spot, { fields }: LoopSpot) => readNotebook(spot, fields.get('requirements'))],
  ['http', readHttp],
  ['kubernetes', readKubernetes],
  ['foreach', readForeach],
  ['while', readWhile],
  ['workflow', readWorkflowCall],
]);

function hasLaterKind({ node }: Spot): boolean {
  return node.kind === 'map' && [...node.entries.keys()].some((key) => STEP_LATER.has(key));
}

function reportNone(step: Spot, fields: Fields): void {
  report(step, 'missing-key', `A step needs something to do: one of ${WORK_KEYS.join(', ')}.`, {
    hint: fields.has('steps') ? 'Steps inside a step belong to foreach: or while:' : 'For example run: echo hello',
  });
}

function readNoop(spot: Spot): Work {
  const { node } = spot;
  const isEmptyMap = node.kind === 'map' && node.entries.size === 0;
  const isFlag = node.kind === 'scalar' && (node.value === true || node.value === null);
  if (!isEmptyMap && !isFlag)
    report(spot, 'wrong-type', '`noop` takes nothing: write `noop: true`.', { suggestion: 'true' });
  return { kind: 'noop' };
}

function readSleep(spot: Spot): Work | undefined {
  const duration = readDuration(spot, 0);
  return duration === undefined ? undefined : { kind: 'sleep', duration };
}

/** What it waits for is read with the step. */
function readWait(): Work {
  return { kind: 'wait' };
}

function readPublish(spot: Spot): Work | undefined {
  const fields = readFields(spot, { what: '`publish`', keys: PUBLISH_KEYS });
  if (fields === undefined) return undefined;
  if (!fields.has('signal')) {
    report(spot, 'missing-key', '`publish` needs the name of a signal.', {
      hint: 'Write publish: { signal: model.ready }',
    });
    doubt(spot.reading, [...spot.path, 'signal']);
  }
  const params = fields.get('params');
  return {
    kind: 'publish',
    signal: textAt(fields, 'signal') ?? '',
    params: params === undefined ? [] : readNamedValues(params),
  };
}

function readRun(spot: Spot): Work | undefined {
  const script = readProgramText(spot);
  // In the fresh folder of a step nothing else could be meant: the file goes up with the version.
  const file = script === undefined ? undefined : OWN_PROGRAM.exec(script)?.[1];
  if (file !== undefined) readWantedFile(spot, file);
  return script === undefined ? undefined : { kind: 'shell', script };
}

/** One line that begins with a program of the workflow's own: `./scripts/tidy.sh --all`. */
const OWN_PROGRAM = /^\s*(\.\/[\w.\-/]*[\w\-])(?:\s[^\n]*)?\s*$/u;

function readPython(spot: Spot, { fields }: LoopSpot): Work | undefined {
  const needed = fields.get('requirements');
  const requirements = needed === undefined ? [] : readRequirements(needed);
  const work = readProgram(spot, 'python');
  return work?.kind === 'python' && requirements.length > 0 ? { ...work, requirements } : work;
}

function readProgram(spot: Spot, kind: 'python' | 'node'): Work | undefined {
  const text = readProgramText(spot);
  if (text === undefined) return undefined;
  const program = readProgramOf(spot, kind, text);
  return program === undefined ? undefined : { kind, program };
}

function readProgramText(spot: Spot): string | undefined {
  const text = readText(spot);
  if (text?.trim() !== '') return text;
  report(spot, 'wrong-type', `${keyOf(spot)} is empty.`);
  return undefined;
}

/** One line that ends like a file is a file; anything else is code. */
function readProgramOf(spot: Spot, kind: 'python' | 'node', text: string): Program | undefined {
  const line = text.trim();
  if (line.includes('\n')) return { code: text };
  if (FILE_ENDINGS[kind].some((ending) => line.endsWith(ending))) {
    const file = readWantedFile(spot, line);
    return file === undefined ? undefined : { file };
  }
  const other = kind === 'python' ? 'node' : 'python';
  if (!FILE_ENDINGS[other].some((ending) => line.endsWith(ending)) || /\s/u.test(line)) return { code: text };
  report(
    spot,
    'wrong-type',
    `\`${kind}\` takes files that end in ${FILE_ENDINGS[kind].join(', ')}, and "${line}" does not.`,
    {
      hint: `Did you mean ${other}: ${line}?`,
      suggestion: other,
    },
  );
  return undefined;
}
