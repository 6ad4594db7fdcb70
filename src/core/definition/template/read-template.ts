// Reads the text of a template: its parameters and its step. What is wrong in the step is found by reading it as the one step
// of a workflow that has the template's parameters, so that the rules for steps are told once, with the lines of this text.

import { type ValueType } from '../../expression/value.ts';
import { referenceIdFaults, workflowIdFaults } from '../identifiers.ts';
import { type PlacedProblem, type Problem, placed } from '../problem.ts';
import { type Fields, readEntries, readFields, textAt } from '../reading/fields.ts';
import { readBareValue, readTypedValue } from '../reading/json-values.ts';
import { readType } from '../reading/params.ts';
import { type Reading, type Spot, doubt, keyOf, nodeName, report } from '../reading/spot.ts';
import { readWorkflow } from '../reading/workflow.ts';
import { TEMPLATE_KEYS, TEMPLATE_PARAM_KEYS } from '../schema.ts';
import { type MapEntry, type MapNode, type SourceNode } from '../source/node.ts';
import { validate } from '../validate.ts';
import { fillIn } from './fill-in.ts';
import { isJobTemplate, readJobTemplate } from '../maestro/job/read-job-template.ts';
import { inherit } from './inherit.ts';
import { originsOf } from './origins.ts';
import {
  type StoredTemplate,
  type Template,
  type TemplateName,
  type TemplateOrigin,
  type TemplateParam,
  parseTemplateName,
} from './template.ts';

/** What the text of a template says. */
export interface ReadTemplate {
  readonly template: Template;
  /** The templates that it inherits from, as they are named: one at most, but for job templates. */
  readonly bases: readonly TemplateName[];
  /** Sorted paths of the files that its step names. */
  readonly filesWanted: readonly string[];
}

/** What reading a template needs to know. */
export interface TemplateReading {
  /** The version that this text is or will be. */
  readonly version: number;
  /** The templates that it inherits from, once they are known. */
  readonly parents?: readonly StoredTemplate[];
}

/** Reads one template, native or for Maestro's steps, with everything that is wrong with it. */
export function readTemplate(
  root: SourceNode,
  { version, parents }: TemplateReading,
): { readonly read?: ReadTemplate; readonly problems: readonly PlacedProblem[] } {
  if (isJobTemplate(root)) {
    const { read, problems } = readJobTemplate(root, { version, ...(parents === undefined ? {} : { parents }) });
    return { read: { ...read, filesWanted: [] }, problems };
  }
  const [parent] = parents ?? [];
  const reading: Reading = { problems: [], doubtful: new Set(), filesWanted: new Map() };
  const spot: Spot = { reading, node: root, path: [] };
  const fields = readFields(spot, { what: 'a template', keys: TEMPLATE_KEYS });
  const body = fields && readBody(spot, fields);
  const told = (): readonly PlacedProblem[] => reading.problems.map((problem) => placed(problem, root));
  if (fields === undefined || body === undefined) return { problems: told() };
  const base = readExtends(fields.get('extends'));
  const id = readId(spot, fields);
  const own: Template = {
    id,
    ...titles(fields),
    params: readTemplateParams(fields.get('params')),
    step: body,
    origins: originsOf(body, { template: id, version }),
  };
  const template = parent === undefined ? own : inherit(own, parent.template);
  // Without what it inherits the step is not whole: its files are known, what is wrong with it is not.
  const isWhole = base === undefined ? true : parent !== undefined;
  const checked = reading.problems.length === 0 ? checkStep(template) : NOTHING;
  const problems = [...told(), ...(isWhole ? checked.problems : [])];
  return {
    read: { template, bases: base === undefined ? [] : [base], filesWanted: checked.filesWanted },
    problems: problems.sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column),
  };
}

const NOTHING: { readonly problems: readonly PlacedProblem[]; readonly filesWanted: readonly string[] } = {
  problems: [],
  filesWanted: [],
};

function readId(spot: Spot, fields: Fields): string {
  const id = textAt(fields, 'id');
  if (id === undefined && !fields.has('id'))
    report(spot, 'missing-key', 'The template has no `id`.', { hint: 'Begin with `id: my-template`.' });
  const field = fields.get('id');
  if (field !== undefined && id !== undefined) {
    for (const fault of workflowIdFaults(id))
      report(field, 'bad-id', `The template cannot be called "${id}": ${fault}.`);
  }
  return id ?? '';
}

function titles(fields: Fields): Pick<Template, 'name' | 'description'> {
  const name = textAt(fields, 'name');
  const description = textAt(fields, 'description');
  return { ...(name === undefined ? {} : { name }), ...(description === undefined ? {} : { description }) };
}

function readExtends(spot: Spot | undefined): TemplateName | undefined {
  if (spot === undefined) return undefined;
  const text = spot.node.kind === 'scalar' ? spot.node.source : '';
  const name = parseTemplateName(text);
  if (name === undefined)
    report(spot, 'wrong-type', '`extends` must be the id of a template, such as train-model or train-model@3.');
  return name;
}

/** Keys that belong to the step that uses the template, not to the template. */
const OF_THE_USER: ReadonlyMap<string, string> = new Map([
  ['id', 'Each step that uses the template has an `id` of its own.'],
  ['needs', 'Which steps must be complete first is for the step that uses the template to say.'],
  ['uses', 'A template builds on another by `extends`, beside `params`.'],
  ['with', 'A template builds on another by `extends`, and gives its parameters other values under `params`.'],
]);

function readBody(spot: Spot, fields: Fields): MapNode | undefined {
  const body = fields.get('step');
  if (body === undefined) {
    if (fields.has('extends')) return { kind: 'map', at: spot.node.at, entries: new Map() };
    report(spot, 'missing-key', 'The template has no `step`.', { hint: 'Add step: { run: "echo hello" }' });
    return undefined;
  }
  if (body.node.kind !== 'map') {
    report(body, 'wrong-type', `\`step\` must be a map, and this is ${nodeName(body.node)}.`);
    return undefined;
  }
  for (const [key, field] of readEntries(body, body.node)) {
    const hint = OF_THE_USER.get(key);
    if (hint === undefined) continue;
    const place = field.keyAt === undefined ? {} : { at: field.keyAt };
    report(field, 'not-in-template', `The step of a template has no \`${key}\`.`, { hint, ...place });
  }
  return body.node;
}

function readTemplateParams(spot: Spot | undefined): readonly TemplateParam[] {
  if (spot === undefined) return [];
  if (spot.node.kind !== 'map') {
    report(spot, 'wrong-type', `${keyOf(spot)} must be a map of names and values, and this is ${nodeName(spot.node)}.`);
    return [];
  }
  return readEntries(spot, spot.node).flatMap(([name, param]) => {
    for (const fault of referenceIdFaults(name))
      report(
        param,
        'bad-name',
        `A parameter cannot be called "${name}": ${fault}.`,
        param.keyAt && { at: param.keyAt },
      );
    return readTemplateParam(name, param) ?? [];
  });
}

function readTemplateParam(name: string, spot: Spot): TemplateParam | undefined {
  const { node } = spot;
  const isDeclared = node.kind === 'map' && TEMPLATE_PARAM_KEYS.some((key) => node.entries.has(key));
  if (!isDeclared) {
    const bare = readBareValue(spot);
    return bare && { name, type: bare.type, fallback: node };
  }
  const fields = readFields(spot, { what: 'a parameter of a template', keys: TEMPLATE_PARAM_KEYS });
  return fields && readDeclared(name, spot, fields);
}

function readDeclared(name: string, spot: Spot, fields: Fields): TemplateParam | undefined {
  const value = fields.get('value');
  const type = readParamType(spot, fields);
  if (type === undefined) {
    doubt(spot.reading, spot.path);
    return undefined;
  }
  if (value !== undefined) readTypedValue(value, type);
  const description = textAt(fields, 'description');
  return {
    name,
    type,
    ...(value === undefined ? {} : { fallback: value.node }),
    ...(description === undefined ? {} : { description }),
  };
}

function readParamType(spot: Spot, fields: Fields): ValueType | undefined {
  const declared = fields.get('type');
  if (declared !== undefined) return readType(declared);
  const value = fields.get('value');
  if (value !== undefined) return readBareValue(value)?.type;
  report(spot, 'missing-key', `${keyOf(spot)} needs a \`type\`.`, { hint: 'For example { type: long }.' });
  return undefined;
}

/** Reads the step as that of a workflow whose parameters are the template's. */
function checkStep(template: Template): typeof NOTHING {
  const { at } = template.step;
  const text = (value: string): SourceNode => ({ kind: 'scalar', at, value, source: value, plain: true });
  const entry = (value: SourceNode): MapEntry => ({ keyAt: at, value });
  const filled = fillIn(template, { at, given: new Map(), isSample: true });
  const step: MapNode = { ...filled.step, entries: new Map([['id', entry(text('step'))], ...filled.step.entries]) };
  const params = template.params.map(({ name, type }): [string, MapEntry] => [
    name,
    entry({ kind: 'map', at, entries: new Map([['type', entry(text(type))]]) }),
  ]);
  const root: MapNode = {
    kind: 'map',
    at,
    entries: new Map([
      ['id', entry(text('template'))],
      ['params', entry({ kind: 'map', at, entries: new Map(params) })],
      ['steps', entry({ kind: 'list', at, items: [step] })],
    ]),
  };
  const reading: Reading = { problems: [], doubtful: new Set(), filesWanted: new Map() };
  const definition = readWorkflow({ reading, node: root, path: [] });
  const broken = definition === undefined ? [] : validate(definition, reading.doubtful);
  const problems = [...filled.problems, ...reading.problems, ...broken].map((problem) =>
    ofTemplate(problem, root, template),
  );
  return { problems, filesWanted: [...reading.filesWanted.keys()].sort() };
}

/** The problem at its line in the template's own text; what stands in an inherited part names that template. */
function ofTemplate(problem: Problem, root: MapNode, { id, origins, step }: Template): PlacedProblem {
  const found = placed({ ...problem }, root);
  const path = found.path[0] === 'steps' ? ['step', ...found.path.slice(2)] : found.path;
  const origin = originAt(root, problem.path, origins);
  if (origin === undefined) return { ...found, path };
  if (origin.template === id) return { ...found, path };
  const message = `${problem.message} (${originText(origin)})`;
  return { problem: { ...problem, message }, path, position: step.at };
}

/** The origin of the deepest node on the path that has one. */
export function originAt(
  root: SourceNode,
  path: readonly string[],
  origins: ReadonlyMap<SourceNode, TemplateOrigin>,
): TemplateOrigin | undefined {
  let node: SourceNode | undefined = root;
  let origin = origins.get(root);
  for (const segment of path) {
    node = memberOf(node, segment);
    if (node === undefined) return origin;
    origin = origins.get(node) ?? origin;
  }
  return origin;
}

function memberOf(node: SourceNode, segment: string): SourceNode | undefined {
  if (node.kind === 'map') return node.entries.get(segment)?.value;
  return node.kind === 'list' ? node.items[Number(segment)] : undefined;
}

/** `template "train-model", version 3, line 7`. */
export function originText({ template, version, line }: TemplateOrigin): string {
  return `template "${template}", version ${String(version)}, line ${String(line)}`;
}
