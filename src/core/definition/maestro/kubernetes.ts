// Steps of the types Kubernetes and Notebook (maestro-behaviour §2.8, §2.9): what runs is their parameter `kubernetes`, and which
// notebook their parameter `notebook`. What is written there is checked here; what an expression gives, when the step begins.

import { type ValueType } from '../../expression/value.ts';
import { type KubernetesWork } from '../kubernetes-work.ts';
import { type OutputDeclaration, type ParamDeclaration, type Work } from '../model.ts';
import { readEntries } from '../reading/fields.ts';
import { type Spot, report } from '../reading/spot.ts';
import { type OneStep } from './one-step.ts';
import {
  INNER_MEMBERS,
  type MemberContent,
  type Members,
  NOTEBOOK_MEMBERS,
  NOTEBOOK_PARAM,
  POD_MEMBERS,
  POD_PARAM,
} from './pod-members.ts';

/** Reads what a step of one of these types has beyond others. */
export function kubernetesOf(step: OneStep, type: 'kubernetes' | 'notebook'): KubernetesWork {
  const { spot, fields } = step;
  const isNotebook = type === 'notebook';
  // Of a job template that is not known here the rest may come.
  const isOpen = fields.has('sub_type') && spot.reading.templates?.has(spot.node) !== true;
  if (!isOpen) {
    checkParam(step, isNotebook ? OF_NOTEBOOK : OF_POD);
    if (isNotebook) checkParam(step, NOTEBOOK);
  }
  return { kind: 'kubernetes', ...(isNotebook ? { notebook: true } : {}) };
}

/** The outputs that such a step may print: every parameter of its own that everybody may change. */
export function printableOf(work: Work | undefined, params: readonly ParamDeclaration[]): readonly OutputDeclaration[] {
  if (work?.kind !== 'kubernetes') return [];
  return params
    .filter(({ name, mode }) => mode === undefined && name !== POD_PARAM && name !== NOTEBOOK_PARAM)
    .map(({ name, type }) => ({ name, type }));
}

/** A parameter that a type of step needs, and the member that this needs. */
interface Needed {
  readonly type: string;
  readonly param: string;
  readonly member: string;
  readonly members: Members;
  /** Members that say nothing here, and why. */
  readonly idle?: { readonly members: readonly string[]; readonly why: string };
  readonly example: string;
}

const POD_EXAMPLE = '"kubernetes": {"type": "MAP", "value": {"image": {"type": "STRING", "value": "python:3.12"}}}';
const OF_POD: Needed = {
  type: 'Kubernetes',
  param: POD_PARAM,
  member: 'image',
  members: POD_MEMBERS,
  example: POD_EXAMPLE,
};
const OF_NOTEBOOK: Needed = {
  ...OF_POD,
  type: 'Notebook',
  idle: { members: ['command', 'args'], why: 'What a Notebook starts is made of its parameter `notebook`' },
};
const NOTEBOOK: Needed = {
  type: 'Notebook',
  param: NOTEBOOK_PARAM,
  member: 'input_path',
  members: NOTEBOOK_MEMBERS,
  example: '"notebook": {"type": "MAP", "value": {"input_path": {"type": "STRING", "value": "report.ipynb"}}}',
};

function checkParam({ spot, params, paramSpots }: OneStep, needed: Needed): void {
  const { type, param, member, example } = needed;
  const place = paramSpots.get(param);
  if (place === undefined) {
    const message = `A step of the type ${type} needs the parameter \`${param}\`, a MAP with \`${member}\`.`;
    report(spot, 'missing-key', message, { hint: `Write ${example}.` });
    return;
  }
  const declared = params.find(({ name }) => name === param);
  // What could not be read has been told.
  if (declared === undefined) return;
  if (declared.type !== 'map') {
    report(
      place,
      'wrong-type',
      `The parameter \`${param}\` must be a MAP, and it is a ${declared.type.toUpperCase()}.`,
      {
        hint: `Write ${example}; in Maestro's YAML, the key is \`${param}<pmap>\`.`,
      },
    );
    return;
  }
  if (declared.members === undefined) return;
  checkNeeded(place, declared.members, needed);
  checkMembers(memberSpots(place), declared.members, { owner: param, members: needed.members });
}

function checkNeeded(
  place: Spot,
  members: readonly ParamDeclaration[],
  { param, member, idle, example }: Needed,
): void {
  const own = members.find(({ name }) => name === member);
  const spots = memberSpots(place);
  if (own === undefined && !spots.has(member)) {
    report(place, 'missing-key', `The parameter \`${param}\` has no member \`${member}\`.`, {
      hint: `Write ${example}.`,
    });
  } else if (own?.value === '') {
    report(spots.get(member) ?? place, 'missing-key', `\`${param}.${member}\` is empty.`, {
      hint: `Write ${example}.`,
    });
  }
  for (const name of idle?.members ?? []) {
    const spot = spots.get(name);
    if (spot === undefined || idle === undefined) continue;
    report(spot, 'no-effect', `${idle.why}, so \`${param}.${name}\` says nothing.`, {
      hint: 'Leave it out, or make it a step of the type Kubernetes.',
      ...(spot.keyAt === undefined ? {} : { at: spot.keyAt }),
    });
  }
}

/** The members of a literal MAP as they stand in the text, by name. */
function memberSpots(place: Spot): ReadonlyMap<string, Spot> {
  if (place.node.kind !== 'map') return new Map();
  const value = readEntries(place, place.node).find(([key]) => key === 'value')?.[1];
  return new Map(value?.node.kind === 'map' ? readEntries(value, value.node) : []);
}

const TYPES: Readonly<Record<MemberContent, { readonly types: readonly ValueType[]; readonly words: string }>> = {
  text: { types: ['string', 'long', 'double'], words: 'a STRING or a number' },
  words: {
    types: ['string_array', 'long_array', 'double_array', 'boolean_array'],
    words: 'a STRING_ARRAY, word by word',
  },
  texts: { types: ['string_map', 'map'], words: 'a STRING_MAP' },
  arguments: {
    types: ['string', 'string_array', 'string_map', 'map'],
    words: 'a STRING, a STRING_ARRAY or a STRING_MAP',
  },
  pre_stop: { types: ['map'], words: 'a MAP' },
  exec: { types: ['map'], words: 'a MAP' },
};

function checkMembers(
  spots: ReadonlyMap<string, Spot>,
  declared: readonly ParamDeclaration[],
  { owner, members }: { readonly owner: string; readonly members: Members },
): void {
  for (const [name, spot] of spots) {
    const content = members.get(name);
    const param = declared.find((one) => one.name === name);
    if (content === undefined) reportUnknown(spot, { name, owner, members });
    else if (param !== undefined) checkMember(spot, param, { content, owner: `${owner}.${name}` });
  }
}

function reportUnknown(
  spot: Spot,
  { name, owner, members }: { readonly name: string; readonly owner: string; readonly members: Members },
): void {
  const known = [...members.keys()];
  report(spot, 'unknown-key', `\`${name}\` is no member of \`${owner}\`.`, {
    hint: `Its members: ${known.join(', ')}.`,
    meant: { word: name, among: known },
    ...(spot.keyAt === undefined ? {} : { at: spot.keyAt }),
  });
}

function checkMember(
  spot: Spot,
  { type, members }: ParamDeclaration,
  { content, owner }: { readonly content: MemberContent; readonly owner: string },
): void {
  const { types, words } = TYPES[content];
  if (!types.includes(type)) {
    report(spot, 'wrong-type', `\`${owner}\` must be ${words}, and it is a ${type.toUpperCase()}.`);
  } else if ((content === 'pre_stop' || content === 'exec') && members !== undefined) {
    checkMembers(memberSpots(spot), members, { owner, members: INNER_MEMBERS[content] });
  }
}
