// A definition as a text of our own format, YAML or JSON. Reading that text gives the same definition, with the same hash; what an imported
// definition says that our format has no words for stands in the text as a comment, and among the notes.

import { type Json } from '../../json.ts';
import { canonicalJson } from '../canonical.ts';
import { type Definition } from '../model.ts';
import { durationText } from '../plain-view.ts';
import { readDefinitions } from '../read.ts';
import { filesTree, givenIn, programFiles, stepTrees } from './step-tree.ts';
import { type TextNote, type TreeMap, type WritingSpot, mapOf, note, spotAt } from './tree.ts';
import { triggerTrees } from './trigger-tree.ts';
import { paramTree } from './value-tree.ts';
import { jsonText } from './json-text.ts';
import { yamlText } from './yaml-text.ts';

/** A definition's text, and in sentences what a person should know about it. */
export interface NativeText {
  readonly yaml: string;
  /** The same as JSON, which has no comments. */
  readonly json: string;
  readonly notes: readonly string[];
}

/** Writes a definition; `schemaUrl` is where editors find the schema. */
export function toNativeYaml(definition: Definition, schemaUrl: string): NativeText {
  const spot: WritingSpot = { path: [], notes: [] };
  const tree = workflowTree(definition, spot);
  const head = [`yaml-language-server: $schema=${schemaUrl}`];
  const doubts = doubtsAbout(definition, yamlText(tree, head, []));
  for (const doubt of doubts) note(spot, doubt);
  return {
    yaml: yamlText(tree, head, spot.notes),
    json: jsonText(tree),
    notes: spot.notes.map((one) => sentence(one, definition)),
  };
}

function workflowTree(definition: Definition, spot: WritingSpot): TreeMap {
  const { id, name, description, owner, labels, runStrategy, timeout, queueTimeout, limits = [] } = definition;
  if (definition.dialect === 'maestro') noteImported(definition, spot);
  const programs = new Set(programFiles([...definition.steps, ...(definition.finally ?? [])]));
  const files = definition.files.map(({ path }) => path);
  if (files.length > 0) note(spot, `These files go up with it and must lie beside this text: ${files.join(', ')}.`);
  const isUsual = runStrategy.kind === 'sequential';
  const strategy = runStrategy.kind === 'parallel' ? { parallel: runStrategy.limit } : runStrategy.kind;
  return {
    id,
    name,
    description,
    owner,
    labels: mapOf(labels, ({ value }) => value),
    runStrategy: isUsual ? undefined : strategy,
    timeout: givenIn(limits, 'timeout') ?? (timeout === undefined ? undefined : durationText(timeout)),
    queueTimeout: queueTimeout === undefined ? undefined : durationText(queueTimeout),
    stepConcurrency: definition.stepConcurrency,
    runStepConcurrency: definition.runStepConcurrency,
    priority: definition.priority,
    params: mapOf(definition.params, (param) => paramTree(param, spotAt(spot, 'params', param.name))),
    triggers:
      definition.triggers.length === 0 ? undefined : triggerTrees(definition.triggers, spotAt(spot, 'triggers')),
    files: filesTree(files.filter((path) => !programs.has(path))),
    steps: stepTrees(definition.steps, spotAt(spot, 'steps')),
    finally: definition.finally === undefined ? undefined : stepTrees(definition.finally, spotAt(spot, 'finally')),
  };
}

function noteImported({ triggers, carried = [] }: Definition, spot: WritingSpot): void {
  note(
    spot,
    "It was written for Maestro. Its expressions are in Maestro's language and stand here as they were; names are looked up by our own rules here, so read each of them again before you apply this.",
  );
  const paused = triggers.filter((trigger) => 'paused' in trigger).map(({ name }) => name);
  if (paused.length > 0) note(spot, `These triggers start nothing before someone resumes them: ${paused.join(', ')}.`);
  if (carried.length > 0) note(spot, `What was only kept for Maestro is not here: ${JSON.stringify(carried)}.`);
}

/** What reading the text finds that is not as it should be. */
function doubtsAbout(definition: Definition, yaml: string): readonly string[] {
  const read = readDefinitions(yaml);
  if (!read.ok) {
    const [first] = read.failure;
    const why = (first?.message ?? 'It says nothing.').split('\n')[0] ?? '';
    const others = read.failure.length - 1;
    const more =
      others > 0 ? ` (There ${others === 1 ? 'is one more thing' : `are ${String(others)} more things`} wrong.)` : '';
    return [`This text cannot be applied as it is. ${why}${more}`];
  }
  if (definition.dialect !== undefined) return [];
  const [again] = read.value;
  const same = again !== undefined && comparable(again.definition) === comparable(definition);
  return same ? [] : ['This text does not say everything that the definition says; its JSON does.'];
}

/** Files come up with the text, and what came from templates is told at the step. */
function comparable(definition: Definition): string {
  const json = JSON.parse(canonicalJson({ ...definition, files: [] })) as Json;
  return JSON.stringify(json, (key, value: Json) => (key === 'template' ? undefined : value));
}

function sentence({ path, message }: TextNote, definition: Definition): string {
  const place = placeOf(path, definition);
  return place === '' ? message : `${place}: ${message}`;
}

/** `step train`, `step each/train`, `parameter day`. */
function placeOf(path: TextNote['path'], definition: Definition): string {
  const [kind, ...rest] = path;
  if (kind === 'triggers') return `trigger ${definition.triggers[Number(rest[0])]?.name ?? ''}`;
  if (kind === 'params') return `parameter ${String(rest[0])}`;
  if (kind !== 'steps' && kind !== 'finally') return '';
  let steps = definition[kind] ?? [];
  const names: string[] = [];
  for (const key of rest) {
    const step = typeof key === 'number' ? steps[key] : undefined;
    if (step === undefined) continue;
    names.push(step.id);
    steps = 'steps' in step.work ? step.work.steps : [];
  }
  return `step ${names.join('/')}`;
}
