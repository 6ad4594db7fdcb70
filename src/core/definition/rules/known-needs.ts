// What a step needs exists, and is named once.

import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';

/** More are not told anyway, and placing each takes time in a long list. */
const MOST_PROBLEMS = 200;

/** Refuses needs that name no step, with the nearest id, and needs named twice. */
export function knownNeeds({ definition, isDoubtful }: Subject): readonly Problem[] {
  const { steps } = definition;
  const ids = steps.map(({ id }) => id).filter((id) => id !== '');
  const known = new Set(ids);
  const isComplete = !isDoubtful('steps');
  const problems: Problem[] = [];
  for (const [index, step] of steps.entries()) {
    const seen = new Set<string>();
    for (const { step: need } of step.needs) {
      const path = ['steps', String(index), 'needs', need];
      if (problems.length >= MOST_PROBLEMS) return problems;
      if (seen.has(need)) problems.push(repeatedNeed(need, path));
      else if (!known.has(need) && isComplete) problems.push(unknownNeed(step.id, need, { path, ids }));
      seen.add(need);
    }
  }
  return problems;
}

function repeatedNeed(need: string, path: readonly string[]): Problem {
  return {
    rule: 'duplicate-need',
    message: `"${need}" is named twice under \`needs\`.`,
    hint: 'Once is enough.',
    path,
  };
}

function unknownNeed(
  step: string,
  need: string,
  { path, ids }: { readonly path: readonly string[]; readonly ids: readonly string[] },
): Problem {
  const list = need.split(',').map((part) => part.trim());
  const isList = list.length > 1;
  return {
    rule: 'unknown-need',
    message: `The step "${step}" needs "${need}", and there is no step with that id.`,
    hint: isList ? `Write several as a list: needs: [${list.join(', ')}]` : 'Name the `id` of a step of this workflow.',
    ...(isList
      ? { suggestion: `[${list.join(', ')}]` }
      : { meant: { word: need, among: ids.filter((id) => id !== step) } }),
    path,
    onKey: true,
  };
}
