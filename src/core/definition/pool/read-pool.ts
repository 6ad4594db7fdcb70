// Reads a document of `kind: pool`: how many permits there are of something that is scarce.

import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { placed, refusalOf } from '../problem.ts';
import { readFields, textAt } from '../reading/fields.ts';
import { MOST_PERMITS, readPoolId } from '../reading/permits.ts';
import { readCount, readWord } from '../reading/scalars.ts';
import { type Reading, type Spot, report } from '../reading/spot.ts';
import { type SourceNode } from '../source/node.ts';
import { parseSource } from '../source/parse-source.ts';
import { POOL_KEYS } from './pool-schema.ts';

/** A pool as it is written. */
export interface PoolDefinition {
  readonly id: string;
  readonly size: number;
  readonly description?: string;
}

/** Reads the one pool of a text, or says everything that is wrong with it. */
export function readPool(text: string): Result<PoolDefinition, readonly Refusal[]> {
  const [document, ...others] = parseSource(text);
  if (document === undefined || others.length > 0) return failed([notOne(others.length + 1)]);
  const root: SourceNode = document.root ?? NOTHING;
  const reading: Reading = { problems: [...document.problems], doubtful: new Set(), filesWanted: new Map() };
  const pool = document.root === undefined ? undefined : poolOf({ reading, node: root, path: [] });
  if (pool !== undefined && reading.problems.length === 0) return success(pool);
  return failed(reading.problems.map((problem) => refusalOf(placed(problem, root))));
}

const NOTHING: SourceNode = { kind: 'map', at: { line: 1, column: 1 }, entries: new Map() };

function poolOf(spot: Spot): PoolDefinition | undefined {
  const fields = readFields(spot, { what: 'a pool', keys: POOL_KEYS });
  if (fields === undefined) return undefined;
  const kind = fields.get('kind');
  if (kind === undefined) report(spot, 'missing-key', 'This is no pool.', { hint: 'Begin it with `kind: pool`.' });
  else readWord(kind, ['pool']);
  const id = readPoolId(spot, fields);
  const field = fields.get('size');
  if (field === undefined)
    report(spot, 'missing-key', 'The pool has no `size`.', { hint: 'Say how many permits there are: size: 4' });
  const size = field && readCount(field, 0, MOST_PERMITS);
  const description = textAt(fields, 'description');
  return { id, size: size ?? 0, ...(description === undefined ? {} : { description }) };
}

function notOne(count: number): Refusal {
  return {
    code: 'BAD_DEFINITION',
    message: `The text holds ${String(count)} documents, and one pool is applied at a time.`,
    path: ['source'],
    hint: 'Send each document behind `---` on its own.',
  };
}
