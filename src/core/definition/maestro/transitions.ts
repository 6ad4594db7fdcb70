// Transitions: each step says where it leads, under which condition; here each step says what it needs.

import { type Need } from '../model.ts';
import { type Fields, readEntries } from '../reading/fields.ts';
import { readText } from '../reading/scalars.ts';
import { type Spot, keyOf, nodeName, report } from '../reading/spot.ts';
import { expressionOf, fieldsOf, isNull, listOf } from './fields.ts';

/** Where a step leads, and what it says comes before it. */
export interface Transition {
  readonly successors: readonly Successor[];
  readonly predecessors: readonly (readonly [id: string, spot: Spot])[];
  /** Where `predecessors` stands, if it does. */
  readonly predecessorsSpot?: Spot;
}

interface Successor {
  readonly to: string;
  readonly condition?: string;
  readonly spot: Spot;
}

/** Reads the transition of one step. */
export function transitionOf(spot: Spot | undefined): Transition {
  if (spot === undefined) return { successors: [], predecessors: [] };
  const fields = fieldsOf(spot, { what: 'a transition', keys: ['predecessors', 'successors'] });
  const before = fields.get('predecessors');
  const predecessors = before === undefined ? [] : listOf(before).flatMap(namedItem);
  return {
    successors: successorsOf(fields),
    predecessors,
    ...(before === undefined ? {} : { predecessorsSpot: before }),
  };
}

function namedItem(item: Spot): readonly (readonly [string, Spot])[] {
  const id = readText(item);
  return id === undefined ? [] : [[id, item]];
}

function successorsOf(fields: Fields): readonly Successor[] {
  const spot = fields.get('successors');
  if (spot === undefined) return [];
  const { node } = spot;
  if (node.kind === 'map') {
    return readEntries(spot, node).map(([to, edge]) => ({ to, spot: edge, ...conditionOf(edge) }));
  }
  const message = `${keyOf(spot)} must be a map of step ids and conditions, and this is ${nodeName(node)}.`;
  report(spot, 'wrong-type', message, { hint: 'Write it as {"next": "true"}.' });
  return [];
}

/** What is always true need not be said. */
function conditionOf(spot: Spot): Pick<Successor, 'condition'> {
  const { node } = spot;
  if (isNull(node) || (node.kind === 'scalar' && /^(?:true)?;?$/u.test(node.source.trim()))) return {};
  const condition = expressionOf(spot);
  return condition === undefined ? {} : { condition };
}

/** Turns the transitions of a list of steps round: what each step needs, in the order of the text. */
export function needsOf(
  steps: readonly { readonly id: string; readonly transition: Transition }[],
): ReadonlyMap<string, readonly Need[]> {
  const needs = new Map<string, Need[]>(steps.map(({ id }) => [id, []]));
  for (const { id, transition } of steps) {
    for (const { to, condition, spot } of transition.successors) {
      const known = needs.get(to);
      if (known === undefined) reportUnknown(spot, id, { to, among: [...needs.keys()] });
      else known.push(condition === undefined ? { step: id } : { step: id, condition });
    }
  }
  for (const { id, transition } of steps) checkPredecessors(id, transition, needs.get(id) ?? []);
  return needs;
}

function reportUnknown(
  spot: Spot,
  id: string,
  { to, among }: { readonly to: string; readonly among: readonly string[] },
): void {
  const message = `The step "${id}" leads to "${to}", and there is no such step in the same list.`;
  const place = spot.keyAt === undefined ? {} : { at: spot.keyAt };
  report(spot, 'unknown-step', message, { ...place, meant: { word: to, among } });
}

function checkPredecessors(id: string, { predecessors, predecessorsSpot }: Transition, needs: readonly Need[]): void {
  if (predecessorsSpot === undefined) return;
  const seen = new Set<string>();
  for (const [name, spot] of predecessors) {
    if (seen.has(name)) report(spot, 'predecessors', `The step "${id}" names its predecessor "${name}" twice.`);
    seen.add(name);
  }
  const computed = needs.map(({ step }) => step);
  if (seen.size === 0 || (computed.length === seen.size && computed.every((step) => seen.has(step)))) return;
  const message = `The predecessors of "${id}" are [${[...seen].join(', ')}] here, and by the successors of the other steps they are [${computed.join(', ')}].`;
  report(predecessorsSpot, 'predecessors', message, {
    hint: 'Leave `predecessors` out: it follows from `successors`.',
  });
}
