// Which requests are granted, in which order, and which wait.

import { describe, expect, it } from 'vitest';

import { type EntityId } from '../../../src/core/ids.ts';
import { grantable, standings } from '../../../src/core/pool/grants.ts';
import { meanHold, queuePlace } from '../../../src/core/pool/places.ts';
import { evolvePools, type PermitRequest, type PoolsEvent, type PoolsState } from '../../../src/core/pool/pools.ts';

let at = 1_000;

function ledger(...events: readonly PoolsEvent[]): PoolsState {
  let state: PoolsState | undefined;
  for (const event of events) state = evolvePools(state, event, (at += 10));
  if (state === undefined) throw new Error('no event');
  return state;
}

function pool(id: string, size: number): PoolsEvent {
  return { type: 'PoolApplied', pool: id, size, by: 'ada' };
}

function request(name: string, wants: Record<string, number>, priority = 50): PermitRequest {
  return {
    run: `run:${name}/1.1` as EntityId,
    step: 0,
    ask: 1,
    stepId: name,
    priority,
    wants: Object.entries(wants).map(([id, weight]) => ({ pool: id, weight })),
  };
}

function asks(name: string, wants: Record<string, number>, priority?: number): PoolsEvent {
  return { type: 'PermitsAsked', request: request(name, wants, priority) };
}

function place(name: string): { readonly run: EntityId; readonly step: number; readonly ask: number } {
  return { run: `run:${name}/1.1` as EntityId, step: 0, ask: 1 };
}

function granted(name: string): PoolsEvent {
  return { type: 'PermitsGranted', place: place(name) };
}

function returned(name: string): PoolsEvent {
  return { type: 'PermitsReturned', place: place(name) };
}

function next(state: PoolsState): readonly string[] {
  return grantable(state).map(({ stepId }) => stepId);
}

describe('who gets permits', () => {
  it('the first that asked, as many as there are', () => {
    expect(next(ledger(pool('gpu', 2), asks('a', { gpu: 1 }), asks('b', { gpu: 1 }), asks('c', { gpu: 1 })))).toEqual([
      'a',
      'b',
    ]);
  });

  it('the greater priority before the earlier arrival', () => {
    expect(next(ledger(pool('gpu', 1), asks('a', { gpu: 1 }, 10), asks('b', { gpu: 1 }, 90)))).toEqual(['b']);
  });

  it('gets all or nothing', () => {
    const state = ledger(
      pool('gpu', 1),
      pool('licence', 1),
      asks('a', { gpu: 1 }),
      granted('a'),
      asks('b', { gpu: 1, licence: 1 }),
    );
    expect(next(state)).toEqual([]);
  });

  it('nobody overtakes a large request in the pool that is too full for it', () => {
    const state = ledger(
      pool('gpu', 3),
      asks('a', { gpu: 2 }),
      granted('a'),
      asks('large', { gpu: 3 }),
      asks('small', { gpu: 1 }),
    );
    expect(next(state)).toEqual([]);
    expect(next(ledger(pool('gpu', 3), asks('large', { gpu: 3 }), asks('small', { gpu: 1 })))).toEqual(['large']);
  });

  it('a step that is held up in one pool does not hold up those who want another', () => {
    const state = ledger(
      pool('gpu', 1),
      pool('cpu', 2),
      asks('a', { gpu: 1 }),
      granted('a'),
      asks('b', { gpu: 1 }),
      asks('c', { cpu: 1 }),
    );
    expect(next(state)).toEqual(['c']);
  });

  it('sets aside in other pools what the head of a queue asks there, and only that', () => {
    const state = ledger(
      pool('gpu', 1),
      pool('cpu', 3),
      asks('a', { gpu: 1 }),
      granted('a'),
      ...['b', 'c', 'd'].map((name) => asks(name, { gpu: 1, cpu: 1 })),
      ...['e', 'f', 'g'].map((name) => asks(name, { cpu: 1 })),
    );
    expect(next(state)).toEqual(['e', 'f']);
  });

  it('sets nothing aside for one that waits for a loop: what is inside the loop may need it, and neither would go on', () => {
    const loop: PoolsEvent = { type: 'PermitsAsked', request: { ...request('loop', { gpu: 1 }), isOuter: true } };
    const begun = [pool('gpu', 1), pool('cpu', 1), loop];
    const rest = [asks('both', { gpu: 1, cpu: 1 }), asks('inner', { cpu: 1 })];
    expect(next(ledger(...begun, granted('loop'), ...rest))).toEqual(['inner']);
    expect(next(ledger(...begun, ...rest))).toEqual(['loop', 'inner']);
    expect(next(ledger(...begun, granted('loop'), ...rest, returned('loop')))).toEqual(['both']);
  });

  it('what can never be granted waits without holding anybody up', () => {
    const state = ledger(
      pool('gpu', 2),
      asks('huge', { gpu: 3 }),
      asks('nowhere', { ghost: 1 }),
      asks('small', { gpu: 1 }),
    );
    expect(next(state)).toEqual(['small']);
    expect(standings(state).map(([, standing]) => standing)).toEqual([
      { kind: 'IMPOSSIBLE', pool: 'gpu', size: 2 },
      { kind: 'IMPOSSIBLE', pool: 'ghost' },
      { kind: 'GRANTED' },
    ]);
  });

  it('a tag is free until there is a pool of its name, and what it holds counts from then on', () => {
    const tagged = (name: string): PoolsEvent => ({
      type: 'PermitsAsked',
      request: { ...request(name, {}), wants: [{ pool: 'api', weight: 1, isTag: true }] },
    });
    expect(next(ledger(tagged('a'), tagged('b')))).toEqual(['a', 'b']);
    expect(next(ledger(tagged('a'), granted('a'), pool('api', 1), tagged('b')))).toEqual([]);
  });

  it('a limit that the asker brings along counts only those of its name', () => {
    const limited = (name: string): PoolsEvent => ({
      type: 'PermitsAsked',
      request: { ...request(name, {}), wants: [{ pool: 'workflow:w', weight: 1, limit: 1 }] },
    });
    expect(next(ledger(limited('a'), limited('b')))).toEqual(['a']);
  });

  it('a pool that was made smaller drains', () => {
    const held = [pool('gpu', 2), asks('a', { gpu: 1 }), granted('a'), asks('b', { gpu: 1 }), granted('b')];
    const smaller = [...held, pool('gpu', 1), asks('c', { gpu: 1 })];
    expect(next(ledger(...smaller))).toEqual([]);
    expect(next(ledger(...smaller, returned('a')))).toEqual([]);
    expect(next(ledger(...smaller, returned('a'), returned('b')))).toEqual(['c']);
  });
});

describe('how long it takes', () => {
  it('is not guessed before anybody has returned anything', () => {
    const state = ledger(pool('gpu', 1), asks('a', { gpu: 1 }), granted('a'), asks('b', { gpu: 1 }));
    expect(queuePlace(state, place('b'))).toMatchObject({ pool: 'gpu', position: 1 });
    expect(queuePlace(state, place('b'))?.wait).toBeUndefined();
  });

  it('follows from how long permits were held lately and how many are wanted first', () => {
    const state = ledger(
      pool('gpu', 2),
      ...['a', 'b'].flatMap((name) => [asks(name, { gpu: 1 }), granted(name), returned(name)]),
      asks('c', { gpu: 2 }),
      granted('c'),
      asks('d', { gpu: 1 }),
      asks('e', { gpu: 2 }),
    );
    expect(meanHold(state, 'gpu')).toBe(10);
    expect(queuePlace(state, place('d'))).toMatchObject({ position: 1, wait: 5 });
    expect(queuePlace(state, place('e'))).toMatchObject({ position: 2, wait: 15 });
  });
});
