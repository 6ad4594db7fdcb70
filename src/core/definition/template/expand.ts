// Puts whole steps in the place of those that use templates, before anything reads them: rules and messages then see one
// definition. Without the templates (no server at hand) such steps stay open, and no rule draws conclusions from them.

import { fromJson } from '../../params/value.ts';
import { type FileReference } from '../model.ts';
import { type Problem } from '../problem.ts';
import { readEntries } from '../reading/fields.ts';
import { readJson } from '../reading/json-values.ts';
import { type Reading, type Spot, doubt, nodeName, report } from '../reading/spot.ts';
import { WORK_KEYS } from '../schema.ts';
import { type MapEntry, type MapNode, type SourceNode } from '../source/node.ts';
import { fillIn } from './fill-in.ts';
import { overlaid } from './inherit.ts';
import {
  type StoredTemplate,
  type Template,
  type TemplateOrigin,
  type TemplateParam,
  parseTemplateName,
} from './template.ts';

/** The templates that a text may use. */
export interface KnownTemplates {
  /** By the name that steps write: `train-model`, or `train-model@3`. */
  readonly byName: ReadonlyMap<string, StoredTemplate>;
  /** All names that there are, for telling which was meant. */
  readonly names: readonly string[];
}

/** A definition with whole steps. */
export interface Expanded {
  readonly root: SourceNode;
  /** The names that steps use, as they are written. */
  readonly wanted: readonly string[];
  /** What each step came from that used a template, by its node. */
  readonly uses: ReadonlyMap<SourceNode, StoredTemplate>;
  readonly origins: ReadonlyMap<SourceNode, TemplateOrigin>;
  /** The files of the templates that are used. */
  readonly files: readonly FileReference[];
}

interface Work {
  readonly reading: Reading;
  readonly known: KnownTemplates | undefined;
  readonly wanted: Set<string>;
  readonly uses: Map<SourceNode, StoredTemplate>;
  readonly origins: Map<SourceNode, TemplateOrigin>;
}

/** Fills in every template that the document's steps use. */
export function expandTemplates(root: SourceNode, reading: Reading, known: KnownTemplates | undefined): Expanded {
  const work: Work = { reading, known, wanted: new Set(), uses: new Map(), origins: new Map() };
  const whole = root.kind === 'map' ? ofLists(work, root, ['steps', 'finally'], []) : root;
  const files = new Map(
    [...work.uses.values()].flatMap(({ files: own }) => own.map((file) => [file.path, file] as const)),
  );
  return {
    root: whole,
    wanted: [...work.wanted].sort(),
    uses: work.uses,
    origins: work.origins,
    files: [...files.values()],
  };
}

function ofLists(work: Work, owner: MapNode, keys: readonly string[], path: readonly string[]): MapNode {
  const entries = new Map<string, MapEntry>(owner.entries);
  for (const key of keys) {
    const entry = entries.get(key);
    if (entry?.value.kind !== 'list') continue;
    const items = entry.value.items.map((item, index) => ofStep(work, item, [...path, key, String(index)]));
    entries.set(key, { ...entry, value: { ...entry.value, items } });
  }
  return { ...owner, entries };
}

function ofStep(work: Work, step: SourceNode, path: readonly string[]): SourceNode {
  if (step.kind !== 'map') return step;
  const uses = step.entries.get('uses');
  if (uses !== undefined) return ofUse(work, { step, uses, path });
  const given = step.entries.get('with');
  if (given !== undefined) {
    const message = '`with` gives values to a template, and this step uses none.';
    work.reading.problems.push({ rule: 'no-effect', message, hint: 'Add uses: the-template.', path, at: given.keyAt });
    return without(step, ['with']);
  }
  return ofLists(work, step, ['steps'], path);
}

interface Use {
  readonly step: MapNode;
  readonly uses: MapEntry;
  readonly path: readonly string[];
}

function ofUse(work: Work, use: Use): MapNode {
  const { uses, path } = use;
  const spot: Spot = { reading: work.reading, node: uses.value, path: [...path, 'uses'], keyAt: uses.keyAt };
  reportOwnWork(work, use);
  const name = uses.value.kind === 'scalar' ? uses.value.source : '';
  if (parseTemplateName(name) === undefined) {
    report(spot, 'wrong-type', `\`uses\` must be the id of a template, and this is ${nodeName(uses.value)}.`, {
      hint: 'Write uses: train-model, or uses: train-model@3 for that version.',
    });
    return open(work, use);
  }
  work.wanted.add(name);
  const stored = work.known?.byName.get(name);
  if (stored !== undefined) return filledIn(work, use, stored);
  if (work.known !== undefined) {
    report(spot, 'unknown-template', `There is no template "${name}".`, {
      hint: 'Apply it first: a document with kind: template and this id.',
      meant: { word: name, among: work.known.names },
    });
  }
  return open(work, use);
}

function reportOwnWork({ reading }: Work, { step, path }: Use): void {
  for (const key of [...WORK_KEYS, 'steps']) {
    const entry = step.entries.get(key);
    if (entry === undefined) continue;
    const message = `A step that uses a template does what the template says, and this has \`${key}\` of its own too.`;
    reading.problems.push({ rule: 'two-kinds', message, hint: 'Remove one of them.', path, at: entry.keyAt });
  }
}

/** The step as far as it is known: others may need it, and nothing is concluded from what is not known. */
function open({ reading }: Work, { step, path }: Use): MapNode {
  for (const part of ['work', 'outputs', 'env', 'artifacts']) doubt(reading, [...path, part]);
  const kept = ['id', 'name', 'needs', 'when', 'onFailure', 'timeout'].flatMap(
    (key): (readonly [string, MapEntry])[] => {
      const entry = step.entries.get(key);
      return entry === undefined ? [] : [[key, entry]];
    },
  );
  const nothing: MapEntry = {
    keyAt: step.at,
    value: { kind: 'scalar', at: step.at, value: true, source: 'true', plain: true },
  };
  return { ...step, entries: new Map([...kept, ['noop', nothing]]) };
}

function filledIn(work: Work, use: Use, stored: StoredTemplate): MapNode {
  const { step, uses, path } = use;
  const { template, version } = stored;
  if (template.job !== undefined) {
    const message = `"${template.id}" is a job template, for steps that were written for Maestro.`;
    work.reading.problems.push({ rule: 'wrong-type', message, path: [...path, 'uses'], at: uses.value.at });
    return open(work, use);
  }
  const before = work.reading.problems.length;
  const given = readWith(work, use, stored);
  if (work.reading.problems.length > before) return open(work, use);
  const filled = fillIn(template, { at: uses.value.at, given });
  const place = { path: [...path, 'uses'], at: uses.value.at };
  work.reading.problems.push(...filled.problems.map((problem): Problem => ({ ...problem, ...place })));
  const own = without(step, ['uses', 'with', ...WORK_KEYS, 'steps']);
  const whole = overlaid(filled.step, own);
  for (const [node, origin] of filled.origins) work.origins.set(node, origin);
  const line = work.origins.get(filled.step)?.line ?? 1;
  work.origins.set(whole, { template: template.id, version, line });
  for (const { value } of own.entries.values()) work.origins.delete(value);
  work.uses.set(whole, stored);
  return whole;
}

/** The values that the step gives, each of its parameter's type. */
function readWith(
  { reading }: Work,
  { step, uses, path }: Use,
  { template }: StoredTemplate,
): ReadonlyMap<string, SourceNode> {
  const entry = step.entries.get('with');
  const spot: Spot = {
    reading,
    node: entry?.value ?? EMPTY,
    path: [...path, 'with'],
    keyAt: entry?.keyAt ?? uses.keyAt,
  };
  const given = new Map<string, SourceNode>();
  if (spot.node.kind !== 'map') {
    report(spot, 'wrong-type', `\`with\` must be a map of names and values, and this is ${nodeName(spot.node)}.`);
    return given;
  }
  const names = template.params.map(({ name }) => name);
  for (const [name, value] of readEntries(spot, spot.node)) {
    const param = template.params.find((one) => one.name === name);
    if (param !== undefined && isFitting(value, param)) given.set(name, value.node);
    if (param !== undefined) continue;
    report(value, 'unknown-param', `The template "${template.id}" has no parameter "${name}".`, {
      hint: names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`,
      meant: { word: name, among: names },
      ...(value.keyAt === undefined ? {} : { at: value.keyAt }),
    });
  }
  reportMissing({ reading, node: uses.value, path: [...path, 'uses'] }, template, spot.node);
  return given;
}

/** Says which parameters have no value, neither from the step nor of their own. */
function reportMissing(uses: Spot, { id, params }: Template, given: MapNode): void {
  const missing = params.filter(({ name, fallback }) => fallback === undefined && !given.entries.has(name));
  if (missing.length === 0) return;
  const list = missing.map(({ name, type }) => `${name} (${type})`).join(', ');
  const what = missing.length === 1 ? 'the parameter' : 'the parameters';
  report(uses, 'missing-param', `The template "${id}" needs ${what} ${list}.`, {
    hint: `Add with: { ${missing.map(({ name }) => `${name}: …`).join(', ')} }`,
  });
}

const EMPTY: MapNode = { kind: 'map', at: { line: 1, column: 1 }, entries: new Map() };

/** A text with `${…}` in it is only known in the run. */
function isFitting(spot: Spot, { name, type }: TemplateParam): boolean {
  const { node } = spot;
  if (node.kind === 'scalar' && typeof node.value === 'string' && /(?<!\$)\$\{/u.test(node.value)) return true;
  const json = readJson(spot);
  if (json === undefined) return false;
  const read = fromJson(type, json);
  if (read.ok) return true;
  report(spot, 'wrong-type', `The parameter "${name}" is a ${type}, and this is another: ${read.failure}.`);
  return false;
}

function without(node: MapNode, keys: readonly string[]): MapNode {
  return { ...node, entries: new Map([...node.entries].filter(([key]) => !keys.includes(key))) };
}
