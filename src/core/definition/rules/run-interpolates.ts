// A script is never filled in: what a parameter holds could otherwise become part of the command.

import { type StepDefinition } from '../model.ts';
import { nameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

const MENTION = /(?<!\\)\$\{\s*([A-Za-z_][\w.-]*)/gu;
const GROUPS: ReadonlySet<string> = new Set(['run', 'secrets', 'signal', 'signals', 'steps']);

/** Refuses scripts that mention `${island}` where `island` is a parameter, with the `env` line to write instead. */
export function runInterpolates({ steps, scopeOf }: Subject): readonly Problem[] {
  return steps.flatMap((placed) => {
    const { step, path } = placed;
    if (step.work.kind !== 'shell') return [];
    const scope = scopeOf(placed);
    const own = new Set(step.env.map(({ name }) => name));
    const names = new Set(Array.from(step.work.script.matchAll(MENTION), (match) => match[1] ?? ''));
    return [...names]
      .filter((name) => !own.has(name) && (isGrouped(name) || nameFault([name], scope) === undefined))
      .map((name) => problem(step, name, [...path, 'run']));
  });
}

function isGrouped(name: string): boolean {
  const dot = name.indexOf('.');
  return dot > 0 && GROUPS.has(name.slice(0, dot));
}

function problem(step: StepDefinition, name: string, path: readonly string[]): Problem {
  const variable = (name.split('.').at(-1) ?? name).replace(/[^A-Za-z0-9_]/gu, '_').toUpperCase();
  const line = `env: { ${variable}: "\${${name}}" }`;
  const offset = step.work.kind === 'shell' ? step.work.script.indexOf(`\${${name}`) : 0;
  return {
    rule: 'run-interpolates',
    message: `A script is never filled in, so \${${name}} in \`run\` would not be the value of ${name}.`,
    hint: `Add to the step: ${line} – and write "$${variable}" in the script.`,
    suggestion: line,
    path,
    offset: Math.max(0, offset),
  };
}
