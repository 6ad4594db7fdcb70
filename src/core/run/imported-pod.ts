// Pods of imported definitions (maestro-behaviour §2.8): the step's own parameter `kubernetes`, a MAP that was worked out when the step
// began. Where the step is a Notebook, its parameter `notebook` says what is started.

import { NOTEBOOK_PARAM, POD_MEMBERS, POD_PARAM } from '../definition/maestro/pod-members.ts';
import { AMOUNTS } from '../definition/kubernetes-work.ts';
import { type Failure } from '../failure.ts';
import { type Entry, type JsonObject } from '../json.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Result, failed, success } from '../result.ts';
import { importedMap, mapAt, textAt, textsAt, wordsAt } from './imported-members.ts';
import { notebookLine } from './notebook-line.ts';
import { type FilledPod } from './filled-pod.ts';

/** The step whose pod it is. */
export interface PodStep {
  readonly id: string;
  readonly isNotebook: boolean;
  /** The id of its attempt. */
  readonly attempt: string;
}

/** What a program prints before and after what it gives, by the variables that tell it. */
export const OUTPUT_MARKS = [
  { name: 'MAESTRO_OUTPUT_START', value: 'MAESTRO_OUTPUT_START_TOKEN' },
  { name: 'MAESTRO_OUTPUT_END', value: 'MAESTRO_OUTPUT_END_TOKEN' },
] as const;

/** Reads the pod out of the parameters of the step. */
export function importedPod(params: readonly ResolvedParam[], step: PodStep): Result<FilledPod, Failure> {
  const map = importedMap(params, POD_PARAM, POD_MEMBERS);
  if (!map.ok) return wrong(step.id, map.failure);
  const image = textAt(map.value, 'image');
  if (image === undefined) return wrong(step.id, '`kubernetes.image` is no text');
  const started = startedBy(params, map.value, step);
  if (!started.ok) return wrong(step.id, started.failure);
  const pod: FilledPod = { image, ...started.value, ...restOf(map.value) };
  const fault = nameFault(pod) ?? variableFault(pod.env ?? []) ?? wordFault(pod);
  return fault === undefined ? success(pod) : wrong(step.id, fault);
}

function startedBy(
  params: readonly ResolvedParam[],
  map: JsonObject,
  { isNotebook, attempt }: PodStep,
): Result<Pick<FilledPod, 'command' | 'args'>, string> {
  const command = wordsAt(map, 'command');
  const args = wordsAt(map, 'args');
  if (!isNotebook) {
    return success({ ...(command === undefined ? {} : { command }), ...(args === undefined ? {} : { args }) });
  }
  if (command !== undefined || args !== undefined) {
    return failed(
      'what a Notebook starts is made of `notebook`, so `kubernetes.command` and `kubernetes.args` say nothing',
    );
  }
  const own = params.filter(({ name }) => name !== POD_PARAM && name !== NOTEBOOK_PARAM);
  const line = notebookLine(params, own, attempt);
  return line.ok ? success({ command: ['/bin/sh', '-c', line.value] }) : line;
}

const DEFAULT_APP = 'maestro-job';

function restOf(map: JsonObject): Omit<FilledPod, 'image' | 'command' | 'args'> {
  const amounts = AMOUNTS.flatMap((name): readonly (readonly [string, string])[] => {
    const text = textAt(map, name);
    return text === undefined ? [] : [[name, text]];
  });
  const name = textAt(map, 'job_deduplication_key');
  const owner = textAt(map, 'owner_email');
  const preStop = wordsAt(mapAt(mapAt(map, 'pre_stop'), 'exec'), 'command');
  const marks: readonly string[] = OUTPUT_MARKS.map((mark) => mark.name);
  return {
    ...Object.fromEntries(amounts),
    env: [...textsAt(map, 'env').filter((entry) => !marks.includes(entry.name)), ...OUTPUT_MARKS],
    app: textAt(map, 'app_name') ?? DEFAULT_APP,
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
    ...(preStop === undefined ? {} : { preStop }),
  };
}

const POD_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;
const LONGEST_NAME = 253;

function nameFault({ name }: FilledPod): string | undefined {
  if (name === undefined || (name.length <= LONGEST_NAME && POD_NAME.test(name))) return undefined;
  const form = `at most ${String(LONGEST_NAME)} small letters, digits, dashes and dots, with a letter or digit at both ends`;
  return `\`kubernetes.job_deduplication_key\` is the name of its pod, and ${JSON.stringify(name.slice(0, 80))} cannot be one: it must be ${form}`;
}

const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/u;

function variableFault(env: readonly Entry<string>[]): string | undefined {
  const wrongOne = env.find(({ name }) => !VARIABLE.test(name));
  if (wrongOne === undefined) return undefined;
  return `${JSON.stringify(wrongOne.name.slice(0, 80))} in \`kubernetes.env\` cannot be the name of a variable`;
}

function wordFault({ command = [], args = [], env = [], preStop = [] }: FilledPod): string | undefined {
  const words = [...command, ...args, ...preStop, ...env.map(({ value }) => value)];
  return words.some((word) => word.includes('\0'))
    ? 'a NUL character is in what it starts or in its variables, and no program can be handed one'
    : undefined;
}

function wrong(id: string, why: string): Result<never, Failure> {
  return failed({
    kind: 'USER',
    code: 'STEP_PARAMS',
    message: `Step "${id}" cannot start its pod: ${why}.`,
    hint: 'Correct the step and apply the workflow again, then start a new run: a restart keeps the version.',
    retryable: false,
  });
}
