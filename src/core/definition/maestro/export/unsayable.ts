// What Maestro's YAML language has no words for: what is left out of a text and named in it, and what makes a text mean something
// else, so that there is none.

import { type Entry, type Json } from '../../../json.ts';
import { isJsonArray, isJsonObject } from '../../../params/infer-type.ts';
import { innerSteps } from '../../body.ts';
import { type Definition, type ParamDeclaration, type StepDefinition } from '../../model.ts';

const SAID = ['workflow.tags', 'workflow.criticality'];

function isSaid({ name }: Entry): boolean {
  return SAID.includes(name);
}

/** The definition without what a text leaves out. A step from a job template stands in a text as if it were its own. */
export function withoutUnsayable(definition: Definition): Definition {
  const { carried = [], stepConcurrency: _, runStepConcurrency: __, labels, steps, ...rest } = definition;
  const kept = carried.filter(isSaid);
  const tags = new Set(kept.filter(({ name }) => name === 'workflow.tags').flatMap(({ value }) => tagNames(value)));
  return {
    ...rest,
    labels: labels.filter(({ name }) => tags.has(name)),
    triggers: [],
    steps: withoutTemplates(steps),
    ...(kept.length === 0 ? {} : { carried: kept }),
  };
}

function tagNames(tags: Json): readonly Json[] {
  return isJsonArray(tags) ? tags.map((tag) => (isJsonObject(tag) ? (tag['name'] ?? '') : tag)) : [];
}

function withoutTemplates(steps: readonly StepDefinition[]): readonly StepDefinition[] {
  return steps.map(({ template: _, work, ...step }) => ({
    ...step,
    work: 'steps' in work ? { ...work, steps: withoutTemplates(work.steps) } : work,
  }));
}

/** In sentences, what the text leaves out. */
export function notesOn({ triggers, carried = [] }: Definition): readonly string[] {
  const kept = carried.filter((entry) => !isSaid(entry));
  return [
    ...(triggers.length === 0
      ? []
      : [
          `Maestro's YAML language has no words for triggers, and these are not here: ${triggers.map(({ name }) => name).join(', ')}. Maestro's JSON has them.`,
        ]),
    ...(kept.length === 0
      ? []
      : [
          `Maestro's YAML language has no words for these, and they are not here: ${kept.map(({ name }) => name).join(', ')}. Maestro's JSON has them.`,
        ]),
  ];
}

/** What the text of a definition could not say without meaning something else: each with its place. */
export function unsayableIn({ params, steps }: Definition): readonly string[] {
  return [...oddNames('the workflow', params), ...inSteps(steps)];
}

function inSteps(steps: readonly StepDefinition[]): readonly string[] {
  return steps.flatMap((step) => {
    const { id, params = [], needs, work } = step;
    const loop = work.kind === 'foreach' ? work.over : work.kind === 'while' ? work.values : [];
    const conditions = needs.flatMap(({ step: from, condition = '' }) =>
      condition === condition.trim()
        ? []
        : [`the condition under which "${from}" leads to "${id}" begins or ends with a space or a line break`],
    );
    return [
      ...conditions,
      ...oddNames(`the step "${id}"`, params),
      ...loop.flatMap(({ name }) => oddName(`the loop "${id}"`, name)),
      ...inSteps(innerSteps(step) ?? []),
    ];
  });
}

function oddNames(owner: string, params: readonly ParamDeclaration[]): readonly string[] {
  return params.flatMap(({ name, members = [] }) => [...oddName(owner, name), ...oddNames(owner, members)]);
}

/** The key of a parameter says its type and its mode too. */
const KEY = /^[^<>()!\s]+$/u;

function oddName(owner: string, name: string): readonly string[] {
  return KEY.test(name)
    ? []
    : [
        `${owner} has a parameter named ${JSON.stringify(name)}, and there < > ( ) ! and spaces in a name mean something`,
      ];
}
