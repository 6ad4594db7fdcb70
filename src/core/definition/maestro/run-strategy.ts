// Run strategies (maestro-behaviour §4.1): a rule, a rule with a concurrency, or a number for so many in parallel.

import { type RunStrategy } from '../model.ts';
import { type Spot, keyOf, report } from '../reading/spot.ts';
import { fieldsOf, wordOf } from './fields.ts';

const DEFAULT_PARALLEL = 20;
const MOST_PARALLEL = 1000;

const RULES: ReadonlyMap<string, RunStrategy['kind']> = new Map([
  ['sequential', 'sequential'],
  ['strict_sequential', 'strict-sequential'],
  ['first_only', 'first-only'],
  ['last_only', 'last-only'],
  ['parallel', 'parallel'],
  ['serial_latest_only', 'latest-only'],
]);

/** Reads a strategy; without one, runs go one after the other. */
export function runStrategyOf(spot: Spot | undefined): RunStrategy {
  if (spot === undefined) return { kind: 'sequential' };
  if (spot.node.kind === 'map') {
    const fields = fieldsOf(spot, { what: 'a run strategy', keys: ['rule', 'workflow_concurrency'] });
    const rule = fields.get('rule');
    const limit = fields.get('workflow_concurrency');
    return strategyOf(rule === undefined ? 'sequential' : (wordOf(rule, RULES) ?? 'sequential'), limit);
  }
  const text = spot.node.kind === 'scalar' ? spot.node.source.trim() : '';
  if (/^-?\d+$/u.test(text)) return strategyOf('parallel', spot);
  return strategyOf(wordOf(spot, RULES) ?? 'sequential', undefined);
}

function strategyOf(kind: RunStrategy['kind'], spot: Spot | undefined): RunStrategy {
  const limit = spot && limitOf(spot);
  if (kind === 'parallel') return { kind, limit: limit ?? DEFAULT_PARALLEL };
  if (spot !== undefined && limit !== undefined && limit > 1) {
    const message = `${keyOf(spot)} is more than 1, which only the rule PARALLEL allows.`;
    report(spot, 'workflow-concurrency', message);
  }
  return { kind };
}

function limitOf(spot: Spot): number | undefined {
  const text = spot.node.kind === 'scalar' ? spot.node.source.trim() : '';
  const limit = /^\d{1,9}$/u.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MOST_PARALLEL) return limit;
  const message = `${keyOf(spot)} must be a whole number from 1 to ${String(MOST_PARALLEL)}, and this is "${text}".`;
  report(spot, 'workflow-concurrency', message);
  return undefined;
}
