// A workflow as a picture made of text: an outline for terminals, and a Mermaid flowchart for pages. What starts it stands at the
// top, `finally` at the end; a step stands behind all that it needs.

import { innerSteps } from './body.ts';
import { type Definition, type Need, type StepDefinition, type TriggerDefinition, type Work } from './model.ts';
import { durationText } from './plain-view.ts';

/** The outline: a line for each step, with what it does, what it needs, and its condition. */
export function outlineOf(definition: Definition): readonly string[] {
  const { id, triggers, steps, finally: last = [] } = definition;
  const starts = triggers.map((trigger) => `  starts ${triggerText(trigger)}`);
  const ending = last.length === 0 ? [] : ['finally', ...branches(last, '')];
  return [id, ...starts, ...branches(steps, ''), ...ending];
}

function branches(steps: readonly StepDefinition[], margin: string): readonly string[] {
  const ordered = inOrder(steps);
  const width = Math.max(0, ...ordered.map(({ id }) => id.length));
  return ordered.flatMap((step, index) => {
    const isLast = index === ordered.length - 1;
    const inner = branches(innerSteps(step) ?? [], `${margin}${isLast ? '   ' : '│  '}`);
    return [`${margin}${isLast ? '└─' : '├─'} ${step.id.padEnd(width)}  ${noteOf(step)}`.trimEnd(), ...inner];
  });
}

function noteOf({ work, needs, when, template }: StepDefinition): string {
  const origin = template === undefined ? [] : [`(template ${template.id})`];
  const after = needs.length === 0 ? [] : [`after ${needs.map(needText).join(', ')}`];
  return [workText(work), ...origin, ...after, ...(when === undefined ? [] : [`when ${oneLine(when)}`])].join('  ');
}

function needText({ step, condition }: Need): string {
  return condition === undefined ? step : `${step} if ${oneLine(condition)}`;
}

/** Steps behind what they need; otherwise in the order of the text. */
function inOrder(steps: readonly StepDefinition[]): readonly StepDefinition[] {
  const left = [...steps];
  const ordered: StepDefinition[] = [];
  while (left.length > 0) {
    const waiting = new Set(left.map(({ id }) => id));
    const next = left.findIndex(({ needs }) => needs.every(({ step }) => !waiting.has(step)));
    // There is none only in a cycle, which no definition that was read has.
    ordered.push(...left.splice(Math.max(0, next), 1));
  }
  return ordered;
}

function workText(work: Work): string {
  if ('program' in work) return 'file' in work.program ? `${work.kind} ${work.program.file}` : work.kind;
  switch (work.kind) {
    case 'shell':
      return 'run';
    case 'publish':
      return `publish ${work.signal}`;
    case 'sleep':
      return `sleep ${durationText(work.duration)}`;
    case 'http':
      return work.request === undefined ? 'http' : `http ${work.request.method} ${oneLine(work.request.url)}`;
    case 'kubernetes':
      return work.pod === undefined ? 'kubernetes' : `kubernetes ${oneLine(work.pod.image)}`;
    case 'workflow':
      return `workflow ${work.workflowId}`;
    case 'foreach':
      return `foreach ${work.all ?? work.over.map(({ name }) => name).join(', ')}`;
    case 'while':
      return `while ${oneLine(work.condition)}`;
    case 'noop':
    case 'wait':
      return work.kind;
  }
}

function triggerText(trigger: TriggerDefinition): string {
  if ('cron' in trigger) return `at ${trigger.cron} ${trigger.timezone}`;
  if ('every' in trigger) return `every ${durationText(trigger.every)}`;
  if ('at' in trigger) return `at ${trigger.at} ${trigger.timezone}`;
  if ('slots' in trigger) return `on ${trigger.kind} of ${trigger.slots.map(({ signal }) => signal).join(', ')}`;
  if ('by' in trigger) return `on no ${trigger.signal} by ${trigger.by} ${trigger.timezone}`;
  if ('absentFor' in trigger) return `on no ${trigger.signal} for ${durationText(trigger.absentFor)}`;
  const { signal, fold } = trigger;
  if (fold === undefined) return `on ${signal}`;
  return `on ${signal} (${fold.kind} ${durationText(fold.kind === 'debounce' ? fold.quiet : fold.every)})`;
}

function oneLine(text: string): string {
  const plain = text.trim().replace(/\s+/gu, ' ');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}

/** A Mermaid flowchart; loops are boxes with their steps inside. */
export function mermaidOf({ id, triggers, steps, finally: last = [] }: Definition): readonly string[] {
  const names = new Map<string, string>();
  const begin = `start([${quoted(id)}])`;
  const starts = triggers.map((trigger, index) => `  t${String(index)}>${quoted(triggerText(trigger))}] --> start`);
  const first = steps.filter(({ needs }) => needs.length === 0);
  const body = steps.flatMap((step) => nodeLines(step, names, '  '));
  const links = [
    ...first.map((step) => `  start --> ${nameOf(names, step.id)}`),
    ...steps.flatMap((step) => edgeLines(step, names)),
  ];
  const ending =
    last.length === 0
      ? []
      : [
          '  subgraph finally',
          ...last.flatMap((step) => nodeLines(step, names, '    ')),
          '  end',
          ...last.flatMap((step) => edgeLines(step, names)),
        ];
  return ['flowchart TD', `  ${begin}`, ...starts, ...body, ...links, ...ending];
}

function nodeLines(step: StepDefinition, names: Map<string, string>, margin: string): readonly string[] {
  const name = nameOf(names, step.id);
  const inner = innerSteps(step);
  const label = quoted(`${step.id}\n${workText(step.work)}`);
  if (inner === undefined) return [`${margin}${name}[${label}]`];
  return [
    `${margin}subgraph ${name}[${label}]`,
    ...inner.flatMap((one) => nodeLines(one, names, `${margin}  `)),
    ...inner.flatMap((one) => edgeLines(one, names)),
    `${margin}end`,
  ];
}

function edgeLines(step: StepDefinition, names: Map<string, string>): readonly string[] {
  return step.needs.map(({ step: from, condition }) => {
    const label = condition ?? step.when;
    const arrow = label === undefined ? '-->' : `-->|${quoted(oneLine(label))}|`;
    return `  ${nameOf(names, from)} ${arrow} ${nameOf(names, step.id)}`;
  });
}

/** Ids of steps may be words of Mermaid, such as `end`: nodes have names of their own. */
function nameOf(names: Map<string, string>, id: string): string {
  const known = names.get(id);
  if (known !== undefined) return known;
  const name = `s${String(names.size)}`;
  names.set(id, name);
  return name;
}

/** Mermaid reads entities in quoted texts. */
function quoted(text: string): string {
  const plain = text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `"${plain.replaceAll('\n', '<br/>')}"`;
}
