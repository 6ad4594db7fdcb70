// Reads a job template (maestro-behaviour §1.11): a type of job with parameters, which typed steps name as their `sub_type`.

import { isJsonObject } from '../../../params/infer-type.ts';
import { type PlacedProblem, placed } from '../../problem.ts';
import { type Fields, readEntries } from '../../reading/fields.ts';
import { readJson } from '../../reading/json-values.ts';
import { type Reading, type Spot, nodeName, report } from '../../reading/spot.ts';
import { type MapNode, type SourceNode } from '../../source/node.ts';
import { originsOf } from '../../template/origins.ts';
import {
  type JobPart,
  type StoredTemplate,
  type Template,
  type TemplateName,
  type TemplateOrigin,
  type TemplateParam,
} from '../../template/template.ts';
import { referenceIdFaults, workflowIdFaults } from '../../identifiers.ts';
import { checkName, fieldsOf, reportNotYet, textOf } from '../fields.ts';
import { paramOf, paramSpots } from '../params.ts';
import { NO_TITUS, STEP_TYPE_NAMES, STEP_TYPE_WORDS } from '../step-types.ts';
import { checkTags } from '../tags.ts';
import { jobTemplateId } from './job-name.ts';
import { mergedParams } from './merged-params.ts';

const DEFINITION = ['job_type', 'step_type', 'version', 'description', 'tags', 'inherit_from', 'params'];

/** What the text of a job template says. */
export interface ReadJobTemplate {
  readonly template: Template;
  /** The templates that it inherits from, in their order. */
  readonly bases: readonly TemplateName[];
}

/** Tells a job template by its shape. */
export function isJobTemplate(root: SourceNode): boolean {
  const definition = root.kind === 'map' ? root.entries.get('definition')?.value : undefined;
  return definition?.kind === 'map' && (definition.entries.has('job_type') || definition.entries.has('step_type'));
}

/** Reads a job template, with everything that is wrong with it. Without its parents, nothing is said about what it inherits. */
export function readJobTemplate(
  root: SourceNode,
  { version, parents = [] }: { readonly version: number; readonly parents?: readonly StoredTemplate[] },
): { readonly read: ReadJobTemplate; readonly problems: readonly PlacedProblem[] } {
  const reading: Reading = { problems: [], doubtful: new Set(), filesWanted: new Map() };
  const spot: Spot = { reading, node: root, path: [] };
  const whole = fieldsOf(spot, { what: 'a job template', keys: ['metadata', 'definition'] });
  const place = whole.get('definition') ?? spot;
  const fields = fieldsOf(place, { what: 'a job template', keys: DEFINITION });
  const id = idOf(place, fields);
  const stepType = stepTypeOf(place, fields);
  const { node: own, params } = paramsOf(fields.get('params'), root);
  const tags = fields.get('tags');
  const description = textOf(fields, 'description');
  const origin: Omit<TemplateOrigin, 'line'> = { template: id, version };
  const template: Template = {
    id,
    ...(description === undefined ? {} : { description }),
    params: withInherited(params, parents),
    step: { kind: 'map', at: place.node.at, entries: new Map() },
    origins: new Map([...parents.flatMap((parent) => [...parent.template.origins]), ...originsOf(own, origin)]),
    job: {
      stepType,
      params: [...parents.flatMap(({ template: { job } }) => job?.params ?? []), own].reduce(mergedParams),
      tags: [...new Set([...parents.flatMap(({ template: { job } }) => job?.tags ?? []), ...tagsOf(tags)])],
      ...metadataOf(whole.get('metadata')),
    },
  };
  const bases = basesOf(fields.get('inherit_from'));
  for (const parent of parents) checkParent(fields.get('inherit_from') ?? place, stepType, parent);
  const problems = reading.problems.map((problem) => placed(problem, root));
  return { read: { template, bases }, problems };
}

function metadataOf(spot: Spot | undefined): Pick<JobPart, 'metadata'> {
  const metadata = spot && readJson(spot);
  if (spot === undefined || metadata === undefined) return {};
  if (isJsonObject(metadata)) return Object.keys(metadata).length === 0 ? {} : { metadata };
  report(spot, 'wrong-type', `\`metadata\` must be a map, and this is ${nodeName(spot.node)}.`, {
    hint: 'Write it as {"owner": "ada", "status": "PROD"}, or leave it out.',
  });
  return {};
}

function idOf(place: Spot, fields: Fields): string {
  const field = fields.get('job_type');
  const jobType = textOf(fields, 'job_type') ?? '';
  if (field === undefined) {
    report(place, 'missing-key', 'The job template has no `job_type`.', {
      hint: 'That is what steps name as `sub_type`.',
    });
  }
  const version = scalarAt(fields, 'version');
  const id = jobTemplateId(jobType, version);
  if (field !== undefined) checkName(field, 'the id of a template', id, workflowIdFaults);
  return id;
}

function stepTypeOf(place: Spot, fields: Fields): string {
  const field = fields.get('step_type');
  const word = textOf(fields, 'step_type') ?? '';
  const known = STEP_TYPE_NAMES.get(word.toLowerCase());
  if (field === undefined) {
    report(place, 'missing-key', 'The job template has no `step_type`.', { hint: `One of ${STEP_TYPE_WORDS}.` });
  } else if (known === undefined && word !== '') {
    if (word.toLowerCase() === 'titus') report(field, 'not-yet', NO_TITUS.why, { hint: NO_TITUS.instead });
    else reportNotYet(field, `A job template for steps of the type ${word}`, `There are ${STEP_TYPE_WORDS}.`);
  }
  return known ?? word;
}

interface OwnParams {
  /** As they stand. */
  readonly node: MapNode;
  /** Those that are right; a step may leave out any of them. */
  readonly params: readonly TemplateParam[];
}

function paramsOf(spot: Spot | undefined, root: SourceNode): OwnParams {
  const params = paramSpots(spot).flatMap(([name, member]): readonly TemplateParam[] => {
    checkName(member, 'the name of a parameter', name, referenceIdFaults);
    const param = paramOf(name, member);
    return param === undefined ? [] : [{ name, type: param.type, fallback: member.node }];
  });
  return { node: spot?.node.kind === 'map' ? spot.node : { kind: 'map', at: root.at, entries: new Map() }, params };
}

function withInherited(own: readonly TemplateParam[], parents: readonly StoredTemplate[]): readonly TemplateParam[] {
  const all = [...parents.flatMap(({ template }) => template.params), ...own];
  return [...new Map(all.map((param) => [param.name, param])).values()];
}

function tagsOf(spot: Spot | undefined): readonly string[] {
  return spot === undefined ? [] : checkTags(spot, { mayHavePermits: false });
}

function basesOf(spot: Spot | undefined): readonly TemplateName[] {
  if (spot === undefined) return [];
  if (spot.node.kind !== 'map') {
    report(spot, 'wrong-type', '`inherit_from` must be a map of job types and versions.', {
      hint: 'Write it as {"Base": "default"}.',
    });
    return [];
  }
  return readEntries(spot, spot.node).map(([jobType, { node }]) => ({
    id: jobTemplateId(jobType, node.kind === 'scalar' && node.value !== null ? node.source : undefined),
  }));
}

function checkParent(spot: Spot, stepType: string, { template: { id, job } }: StoredTemplate): void {
  if (job === undefined) {
    report(spot, 'wrong-type', `"${id}" is a template of native steps, and no job template.`);
  } else if (job.stepType !== stepType) {
    const message = `"${id}" is for steps of the type ${job.stepType}, and this one for ${stepType}: they must be the same.`;
    report(spot, 'wrong-type', message);
  }
}

function scalarAt(fields: Fields, key: string): string | undefined {
  const node = fields.get(key)?.node;
  return node?.kind === 'scalar' && node.value !== null ? node.source : undefined;
}
