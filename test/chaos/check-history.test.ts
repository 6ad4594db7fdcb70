// A checker that has never failed proves nothing: a right history is broken in each way that it must notice.

import { expect, test } from 'vitest';
import { type EntityId } from '../../src/core/ids.ts';
import { type Block, type Commit } from '../../src/core/partition/commit.ts';
import { type EntityEvent, type EntityState } from '../../src/core/partition/entity.ts';
import { checkHistory, type History, type Witness } from './check-history.ts';
import { type LedgerLine } from './ledger.ts';

const run = 'run:penguins/1.1' as EntityId;
const attempt = 'attempt:penguins/1.1/train/1';
const line = (phase: 'begin' | 'end'): LedgerLine => ({ run: '', step: '', attempt, pid: 7, phase });

const started: EntityEvent = { type: 'AttemptStarted', step: 0, attempt: 1, token: 't', host: 'h' };
const succeeded: EntityEvent = { type: 'StepSucceeded', step: 0 };
const ended: EntityEvent = { type: 'RunEnded', status: 'SUCCEEDED' };

function commit(parts: Partial<Commit>): Commit {
  return { at: 1, events: [], out: [], ...parts };
}

function recorded(...events: readonly EntityEvent[]): Commit['events'] {
  return events.map((event, place) => ({ entity: run, version: place + 1, event }));
}

function block(n: number, parts: Partial<Block>): Block {
  return { partition: 0, n, writer: 'w', epoch: 1, format: 1, commits: [], ...parts };
}

const told = { type: 'Unsubscribe', name: 'a' } as const;
const sends = commit({ out: [{ to: 1, sequence: 1, message: told }] });
const takes = commit({ in: { from: 0, sequence: 1, n: 2 } });

/** A history of two partitions in which everything is right, unless parts of it are replaced. */
function historyOf(
  blocks: Partial<Record<0 | 1, readonly Block[]>> = {},
  status: 'SUCCEEDED' | 'RUNNING' = 'SUCCEEDED',
): History {
  const state = { kind: 'run', workflowId: 'penguins', number: 1, attempt: 1, status } as EntityState;
  return {
    blocks: new Map([
      [
        0,
        blocks[0] ?? [
          block(1, {}),
          block(2, { commits: [commit({ events: recorded(started, succeeded, ended) }), sends] }),
        ],
      ],
      [1, blocks[1] ?? [block(1, { partition: 1, commits: [takes] })]],
    ]),
    entities: new Map([[run, state]]),
    listed: new Map([[run, 'SUCCEEDED']]),
  };
}

const witness: Witness = { acknowledged: ['run:penguins/1'], ledger: [line('begin'), line('end')], isAtRest: true };

test('a right history passes', () => {
  expect(checkHistory(historyOf(), witness)).toEqual([]);
});

const inOneBlock = (...commits: readonly Commit[]): History =>
  historyOf({ 0: [block(1, { commits: [...commits, sends] })] });
const right = commit({ events: recorded(started, succeeded, ended) });
const keyed = commit({ command: { id: 'c', actor: 'ada', key: 'k', outcome: { type: 'Done' } as never } });

test.each<readonly [string, History, Partial<Witness>]>([
  ['I1', historyOf(), { acknowledged: ['run:penguins/2'] }],
  ['I2', inOneBlock(commit({ events: recorded(started, succeeded, ended, succeeded) })), {}],
  ['I2', historyOf({}, 'RUNNING'), {}],
  ['I2', inOneBlock(commit({ events: recorded(started, succeeded, ended).slice(1) })), {}],
  ['I3', inOneBlock(right, keyed, keyed), {}],
  ['I4', historyOf({ 0: [block(1, {}), block(3, { commits: [right, sends] })] }), {}],
  ['I4', historyOf({ 0: [block(1, { epoch: 2 }), block(2, { commits: [right, sends] })] }), {}],
  ['I4', historyOf({ 0: [block(1, {}), block(2, { writer: 'stranger', commits: [right, sends] })] }), {}],
  ['I4', inOneBlock(commit({ events: recorded(started, succeeded, succeeded, ended) })), {}],
  ['I6', historyOf(), { ledger: [line('begin'), line('begin'), line('end')] }],
  ['I6', historyOf(), { ledger: [line('begin')] }],
  ['I21', historyOf({ 1: [block(1, { partition: 1 })] }), {}],
  ['I21', historyOf({ 1: [block(1, { partition: 1, commits: [takes, takes] })] }), {}],
])('%s is noticed where it is broken', (invariant, history, other) => {
  const wrong = checkHistory(history, { ...witness, ...other });
  expect(wrong.map((text) => text.split(' ')[0])).toContain(invariant);
});
