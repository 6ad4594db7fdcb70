// Gives typed steps with a `sub_type` the parameters, the type and the tags of its job template, before anything reads them. A
// parameter of the workflow that has the name of one of the template's takes its place (maestro-behaviour §1.11).

import { inferredTypeOf } from '../../reading/inferred-type.ts';
import { type Reading, report } from '../../reading/spot.ts';
import { type MapEntry, type MapNode, type Position, type SourceNode } from '../../source/node.ts';
import { type KnownTemplates } from '../../template/expand.ts';
import { type JobPart, type StoredTemplate, type TemplateOrigin, parseTemplateName } from '../../template/template.ts';
import { mapNode, textNode, under, written } from '../dsl/nodes.ts';
import { DEFAULT_VERSION, jobTemplateId } from './job-name.ts';
import { mergedParams } from './merged-params.ts';

/** A request whose steps have everything that their job templates give them. */
export interface ExpandedJobs {
  readonly request: SourceNode;
  /** The templates that steps name, by their ids. */
  readonly wanted: readonly string[];
  readonly uses: ReadonlyMap<SourceNode, StoredTemplate>;
  readonly origins: ReadonlyMap<SourceNode, TemplateOrigin>;
}

interface Work {
  readonly reading: Reading;
  readonly known: KnownTemplates | undefined;
  /** The parameters of the workflow. */
  readonly params: MapNode;
  readonly wanted: Set<string>;
  readonly uses: Map<SourceNode, StoredTemplate>;
  readonly origins: Map<SourceNode, TemplateOrigin>;
}

/** Fills in the job template of every step that names one. */
export function expandJobs(request: SourceNode, reading: Reading, known: KnownTemplates | undefined): ExpandedJobs {
  const workflow = under(request, 'workflow');
  const params = workflow && under(workflow, 'params');
  const work: Work = {
    reading,
    known,
    params: params?.kind === 'map' ? params : EMPTY,
    wanted: new Set(),
    uses: new Map(),
    origins: new Map(),
  };
  const whole =
    request.kind === 'map' && workflow?.kind === 'map'
      ? withMember(request, 'workflow', withSteps(work, workflow, ['workflow']))
      : request;
  return { request: whole, wanted: [...work.wanted].sort(), uses: work.uses, origins: work.origins };
}

const EMPTY: MapNode = { kind: 'map', at: { line: 1, column: 1 }, entries: new Map() };

function withSteps(work: Work, owner: MapNode, path: readonly string[]): MapNode {
  const steps = under(owner, 'steps');
  if (steps?.kind !== 'list') return owner;
  const items = steps.items.map((item, index) => stepOf(work, item, [...path, 'steps', String(index)]));
  return withMember(owner, 'steps', { ...steps, items });
}

function stepOf(work: Work, item: SourceNode, path: readonly string[]): SourceNode {
  const [entry] = item.kind === 'map' ? item.entries : [];
  if (item.kind !== 'map' || entry === undefined || item.entries.size !== 1) return item;
  const [kind, { value: inner }] = entry;
  if (inner.kind !== 'map') return item;
  if (kind !== 'step') return withMember(item, kind, withSteps(work, inner, [...path, kind]));
  const subType = under(inner, 'sub_type');
  return subType === undefined ? item : withMember(item, kind, ofJob(work, inner, { subType, path: [...path, kind] }));
}

interface Use {
  readonly subType: SourceNode;
  readonly path: readonly string[];
}

function ofJob(work: Work, inner: MapNode, { subType, path }: Use): MapNode {
  const spot = { reading: work.reading, node: subType, path: [...path, 'sub_type'] };
  const version = versionOf(work, inner);
  const id = jobTemplateId(written(subType) ?? '', version);
  if (parseTemplateName(id) === undefined) {
    report(spot, 'wrong-type', `\`sub_type\` names a job template, and "${id}" cannot be one.`);
    return inner;
  }
  work.wanted.add(id);
  if (work.known === undefined) return inner;
  const stored = work.known.byName.get(id);
  if (stored === undefined) {
    report(spot, 'unknown-template', `There is no job template "${id}".`, {
      hint: 'Apply it first: a document with `definition` and this `job_type`.',
      meant: { word: id, among: work.known.names },
    });
    return inner;
  }
  const { job } = stored.template;
  if (job === undefined) {
    report(spot, 'wrong-type', `"${id}" is a template of native steps, and no job template.`);
    return inner;
  }
  return filled(work, inner, { at: subType.at, job, stored, path });
}

interface Filling {
  readonly at: Position;
  readonly job: JobPart;
  readonly stored: StoredTemplate;
  readonly path: readonly string[];
}

function filled(work: Work, inner: MapNode, { at, job, stored, path }: Filling): MapNode {
  const type = under(inner, 'type');
  if (type !== undefined && written(type)?.toLowerCase() !== job.stepType.toLowerCase()) {
    const message = `The job template "${stored.template.id}" is for steps of the type ${job.stepType}, and this is of the type ${written(type) ?? ''}.`;
    report({ reading: work.reading, node: type, path: [...path, 'type'] }, 'wrong-type', message);
  }
  const own = under(inner, 'params');
  const given = own?.kind === 'map' ? own : { ...EMPTY, at };
  const params = mergedParams(ofWorkflow(work, moved(work, job.params, { at, stored })), given);
  const whole: MapNode = {
    ...inner,
    entries: new Map<string, MapEntry>([
      ...inner.entries,
      ['type', { keyAt: at, value: type ?? textNode(at, job.stepType) }],
      ['params', { keyAt: own?.at ?? at, value: params }],
      ...tagsOf(inner, job, at),
    ]),
  };
  work.uses.set(whole, stored);
  return whole;
}

/** What stands in the template stands, for messages, where the step names it. */
function moved<Node extends SourceNode>(
  work: Work,
  node: Node,
  place: { readonly at: Position; readonly stored: StoredTemplate },
): Node {
  const copy = movedNode(work, node, place);
  const origin = place.stored.template.origins.get(node);
  if (origin !== undefined) work.origins.set(copy, origin);
  return copy as Node;
}

function movedNode(
  work: Work,
  node: SourceNode,
  place: { readonly at: Position; readonly stored: StoredTemplate },
): SourceNode {
  const { at } = place;
  if (node.kind === 'list') return { ...node, at, items: node.items.map((item) => moved(work, item, place)) };
  if (node.kind === 'map') {
    const entries = Array.from(node.entries, ([key, { value }]): [string, MapEntry] => [
      key,
      { keyAt: at, value: moved(work, value, place) },
    ]);
    return { ...node, at, entries: new Map(entries) };
  }
  const { content: _, ...rest } = node;
  return { ...rest, at };
}

/** A parameter of the workflow is looked up in the run, so what its start gives holds too. */
function ofWorkflow(work: Work, params: MapNode): MapNode {
  const entries = Array.from(params.entries, ([name, entry]): [string, MapEntry] => {
    const own = work.params.entries.get(name)?.value;
    if (own === undefined) return [name, entry];
    const { at } = entry.value;
    const type = under(entry.value, 'type') ?? under(own, 'type') ?? textNode(at, inferredTypeOf(under(own, 'value')));
    const value = mapNode(at, [
      ['type', type],
      ['expression', textNode(at, PLAIN_NAME.test(name) ? name : `params['${name}']`)],
    ]);
    return [name, { keyAt: at, value }];
  });
  return { ...params, entries: new Map(entries) };
}

const PLAIN_NAME = /^[A-Za-z_]\w*$/u;

function tagsOf(inner: MapNode, { tags }: JobPart, at: Position): readonly [string, MapEntry][] {
  if (tags.length === 0) return [];
  const own = under(inner, 'tags');
  const items = own?.kind === 'list' ? own.items : [];
  const names = new Set(items.map((item) => written(item) ?? written(under(item, 'name'))));
  const more = tags.filter((tag) => !names.has(tag)).map((tag) => textNode(at, tag));
  return [['tags', { keyAt: own?.at ?? at, value: { kind: 'list', at: own?.at ?? at, items: [...items, ...more] } }]];
}

/** What the step says, else what the workflow says for all of its steps. */
function versionOf({ params }: Work, inner: MapNode): string {
  const ofAll = under(params, 'job_template_version');
  return written(under(inner, 'sub_type_version')) ?? (ofAll && written(under(ofAll, 'value'))) ?? DEFAULT_VERSION;
}

function withMember(owner: MapNode, key: string, value: SourceNode): MapNode {
  const entry = owner.entries.get(key);
  return { ...owner, entries: new Map([...owner.entries, [key, { keyAt: entry?.keyAt ?? value.at, value }]]) };
}
