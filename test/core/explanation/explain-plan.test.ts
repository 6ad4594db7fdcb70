// What a new version touches beside the workflow itself.

import { describe, expect, it } from 'vitest';
import { compareDefinitions } from '../../../src/core/definition/compare.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { explainPlan, type PlanFacts } from '../../../src/core/explanation/explain-plan.ts';
import { keepsPlace } from '../../../src/core/trigger/keeps-place.ts';

const noon = Date.UTC(2026, 10, 22, 12);

function definition(text: string): Definition {
  const read = readDefinitions(text);
  if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join('\n'));
  const [first] = read.value;
  if (first === undefined) throw new Error('no definition');
  return first.definition;
}

/** The effects in lines: `RUNS …`. */
function effects(before: string | undefined, after: string, more: Partial<PlanFacts> = {}): readonly string[] {
  const [old, now] = [before === undefined ? undefined : definition(before), definition(after)];
  const facts: PlanFacts = {
    ...(old === undefined ? {} : { before: old }),
    after: now,
    changes: compareDefinitions(old, now, { keepsPlace }),
    runs: [],
    triggers: [],
    triggersPaused: false,
    others: [],
    now: noon,
    ...more,
  };
  return explainPlan(facts).map(({ code, text }) => `${code} ${text}`);
}

const flow = (head = '', step = 'run: ls'): string => `id: flow\n${head}\nsteps: [{ id: a, ${step} }]`;

describe('a plan tells', () => {
  it('which runs keep their version, unless nothing changes', () => {
    const runs = [
      { version: 3, going: 1, waiting: 2 },
      { version: 2, going: 0, waiting: 1 },
    ];
    expect(effects(flow(), flow('owner: ada'), { runs })).toEqual([
      'RUNS 1 run is going on and 2 runs wait in the queue with version 3: they keep it to the end.',
      'RUNS 1 run waits in the queue with version 2: it keeps it to the end.',
    ]);
    expect(effects(flow(), flow(), { runs })).toEqual([]);
  });

  it('what becomes of each trigger that changes', () => {
    const cron = (time: string, more = ''): string => flow(`triggers: [{ cron: "${time}"${more} }]`);
    const triggers = [
      {
        kind: 'trigger',
        workflowId: 'flow',
        name: 'cron-1',
        definition: definition(cron('0 6 * * *')).triggers[0],
        version: 1,
        armed: true,
        paused: false,
        armedAt: 0,
        started: 0,
        skipped: 0,
        nextFire: noon + 60_000,
      },
    ] as PlanFacts['triggers'];
    expect(effects(cron('0 6 * * *'), cron('0 7 * * *'), { triggers })).toEqual([
      'TRIGGER The trigger cron-1 begins anew: it fires first at 2026-11-23 07:00:00 UTC.',
    ]);
    expect(effects(cron('0 6 * * *'), cron('0 6 * * *', ', catchUp: all'), { triggers })).toEqual([
      'TRIGGER The trigger cron-1 keeps its next time: 2026-11-22 12:01:00 UTC.',
    ]);
    expect(effects(cron('0 6 * * *'), flow(), { triggers })).toEqual(['TRIGGER The trigger cron-1 stops.']);
    const signal = (where: string): string => flow(`triggers: [{ signal: x${where} }]`);
    expect(effects(signal(''), signal(', where: { a: 1 }'), { triggersPaused: true })).toEqual([
      'TRIGGER The trigger signal-1 goes on hearing "x" and misses none.',
      'PAUSED Its triggers are paused, and stay so.',
    ]);
    expect(effects(undefined, signal(''))).toEqual([
      'TRIGGER The trigger signal-1 begins: it hears the "x" published from then on.',
    ]);
  });

  it('who hears it, who runs it, and whom it hears and runs', () => {
    const others = [
      definition('id: card\ntriggers: [{ name: fit, signal: model.ready }]\nsteps: [{ id: w, workflow: flow }]'),
      definition(
        'id: weather\nsteps: [{ id: l, foreach: { x: [1] }, steps: [{ id: say, publish: { signal: rain } }] }]',
      ),
    ].concat(definition('id: tidy\nsteps: [{ id: a, run: ls }]'));
    const after = `id: flow
triggers: [{ signal: rain }]
steps:
  - { id: tell, publish: { signal: model.ready } }
  - { id: clear, workflow: tidy }
  - { id: lost, workflow: nobody }`;
    expect(effects(after, after, { others })).toEqual([
      'MISSING The step lost runs "nobody", which has no active version.',
      'DOWNSTREAM The step tell of flow publishes "model.ready", which card hears (fit).',
      'DOWNSTREAM The step clear of flow runs tidy.',
      'UPSTREAM The step say of weather publishes "rain", which flow hears (signal-1).',
      'UPSTREAM The step w of card runs flow.',
    ]);
  });

  it('which steps wait for what it publishes, and who publishes what its own steps wait for', () => {
    const others = [
      definition('id: card\nsteps: [{ id: w, wait: { signal: model.ready } }]'),
      definition('id: weather\nsteps: [{ id: say, publish: { signal: rain } }]'),
    ];
    const before = flow('', 'publish: { signal: model.ready }');
    expect(effects(undefined, before, { others }).filter((line) => !line.startsWith('REFUSED'))).toEqual([
      'DOWNSTREAM The step a of flow publishes "model.ready", which the step w of card waits for.',
    ]);
    expect(
      effects(before, flow('', 'wait: { all: [{ signal: rain, as: r }, { signal: sun, as: s }] }'), { others }),
    ).toEqual([
      'ORPHANS The step a published "model.ready", which the step w of card waits for; now no step here does.',
      'UPSTREAM The step say of weather publishes "rain", which the step a of flow waits for.',
    ]);
  });

  it('what would not work any more elsewhere', () => {
    const others = [
      definition(
        'id: card\ntriggers: [{ signal: model.ready }]\nsteps: [{ id: w, workflow: { id: flow, params: { day: x } } }]',
      ),
      definition('id: pinned\nsteps: [{ id: w, workflow: { id: flow, version: 1, params: { day: x } } }]'),
    ];
    const before = flow('params: { day: y }', 'publish: { signal: model.ready }');
    expect(effects(before, flow(), { others })).toEqual([
      'BREAKS The step w of card runs it and will fail: it gives "day", which is no parameter any more.',
      'ORPHANS The step a published "model.ready", which card hears (signal-1); now no step here does.',
      'UPSTREAM The step w of card runs flow.',
      'UPSTREAM The step w of pinned runs flow (version 1).',
    ]);
    expect(effects(before, flow('params: { day: y, place: { type: string } }'), { others })[0]).toBe(
      'BREAKS The step w of card runs it and will fail: it does not give "place", which has no value of its own.',
    );
  });

  it('that it would be refused', () => {
    const refusal = { code: 'ACTION_NOT_ALLOWED', message: 'Two runs are not over.', path: [], hint: 'Wait.' } as const;
    expect(effects(flow(), flow(), { refusal })).toEqual(['REFUSED It would be refused now: Two runs are not over.']);
  });
});
