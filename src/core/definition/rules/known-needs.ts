// What a step needs exists in its own list of steps, and is named once.

import { type Problem } from '../problem.ts';
import { type PlacedStep, loopsAround } from '../step-lists.ts';
import { type Subject } from '../subject.ts';

/** More are not told anyway, and placing each takes time in a long list. */
const MOST_PROBLEMS = 200;

/** Refuses needs that name no step of the same list, with the nearest id, and needs named twice. */
export function knownNeeds({ lists, steps, find, isDoubtful }: Subject): readonly Problem[] {
  const known = new Map(lists.map((list) => [list, new Set(list.steps.map(({ id }) => id).filter((id) => id !== ''))]));
  const isReadable = new Map(lists.map((list) => [list, !isDoubtful(...list.path)]));
  const problems: Problem[] = [];
  for (const placed of steps) {
    const seen = new Set<string>();
    for (const { step: need } of placed.step.needs) {
      const path = [...placed.path, 'needs', need];
      if (problems.length >= MOST_PROBLEMS) return problems;
      if (seen.has(need)) problems.push(repeatedNeed(need, path));
      else if (known.get(placed.list)?.has(need) !== true && isReadable.get(placed.list) === true) {
        const target = find(need);
        const problem = target === undefined ? unknownNeed(placed, need) : needElsewhere(placed, target);
        problems.push({ ...problem, path, onKey: true });
      }
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

type Unplaced = Omit<Problem, 'path'>;

function unknownNeed({ step, list }: PlacedStep, need: string): Unplaced {
  const names = need.split(',').map((part) => part.trim());
  const isList = names.length > 1;
  const written = `[${names.join(', ')}]`;
  const ids = list.steps.map(({ id }) => id).filter((id) => id !== '' && id !== step.id);
  return {
    rule: 'unknown-need',
    message: `The step "${step.id}" needs "${need}", and there is no step with that id.`,
    hint: isList ? `Write several as a list: needs: ${written}` : 'Name the `id` of a step of this workflow.',
    ...(isList ? { suggestion: written } : { meant: { word: need, among: ids } }),
  };
}

/** The step exists, but it and the one at hand do not run beside each other. */
function needElsewhere(placed: PlacedStep, target: PlacedStep): Unplaced {
  const [id, need] = [placed.step.id, target.step.id];
  const rule = 'unknown-need';
  const waiter = loopsAround(placed.list).find((loop) => loop.list === target.list);
  if (waiter !== undefined) {
    const hint = `Let "${waiter.step.id}" wait for it instead: needs: ${need}`;
    return {
      rule,
      message: `The step "${id}" needs "${need}", which stands outside of the loop "${waiter.step.id}".`,
      hint,
    };
  }
  const loops = loopsAround(target.list);
  const beside = loops.find((loop) => loop.list === placed.list);
  if (beside !== undefined) {
    const loop = beside.step.id;
    const message = `The step "${id}" needs "${need}", which is inside the loop "${loop}".`;
    return { rule, message, hint: `Wait for the loop: needs: ${loop}`, suggestion: loop };
  }
  if (placed.list.path[0] === 'finally' && target.list.path[0] !== 'finally') {
    const message = `The step "${id}" needs "${need}", and what is under \`finally\` waits for all other steps anyway.`;
    return { rule, message, hint: 'Remove it.' };
  }
  const where =
    target.list.path[0] === 'finally'
      ? 'under `finally`, which runs last'
      : `inside the loop "${loops[0]?.step.id ?? ''}"`;
  const message = `The step "${id}" needs "${need}", which stands ${where}.`;
  return { rule, message, hint: 'A step can only need steps of the list that it stands in.' };
}
