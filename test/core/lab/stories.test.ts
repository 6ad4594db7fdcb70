// Stories on the real rules: what a person writes to be sure of a workflow before it runs.

import { describe, expect, test } from 'vitest';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { readStory } from '../../../src/core/lab/read-story.ts';
import { type Story } from '../../../src/core/lab/story.ts';
import { tell } from '../../../src/core/lab/tell.ts';
import { tryStory, type Tried, type Trying } from '../../../src/core/lab/try-story.ts';
import { mishaps } from '../../../src/core/lab/weather.ts';

const penguins = `
id: penguins
params: { island: Biscoe }
triggers:
  - signal: measurements.ready
    where: { rows: ">= 100" }
    params: { island: "\${signal.island}" }
  - cron: "0 6 * * mon-fri"
    timezone: Europe/Madrid
steps:
  - id: train
    run: train
    retry: 2
    timeout: 1h
    outputs: { accuracy: double }
  - id: announce
    needs: train
    when: steps.train.accuracy > 0.5
    publish: { signal: model.ready, params: { island: "\${island}" } }
`;

const card = `
id: card
triggers: [{ signal: model.ready }]
steps: [{ id: write, run: write }]
`;

const calm: Trying = { mishaps: [], seeds: 0, seed: 1 };

function defined(...texts: readonly string[]): readonly Definition[] {
  return texts.flatMap((text) => {
    const read = readDefinitions(text);
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    return read.value.map(({ definition }) => definition);
  });
}

function story(text: string): Story {
  const read = readStory(`kind: test\nname: a story\n${text}`);
  if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join('\n'));
  return read.value;
}

function tried(text: string, trying: Trying = calm): Tried {
  return tryStory(story(text), { definitions: defined(penguins, card), pools: [] }, trying);
}

function faults(text: string, trying?: Trying): readonly string[] {
  return tried(text, trying).played.faults.map(({ message }) => message);
}

const chain = `
steps:
  train: { takes: 10m, outputs: { accuracy: 0.9 } }
story:
  - publish: measurements.ready
    params: { rows: 344, island: Dream }
  - wait: 2h
  - expect:
      runs: { penguins: 1, card: 1 }
      signals: { model.ready: 1 }
      run: penguins/1
      status: succeeded
      params: { island: Dream }
      steps: { train: SUCCEEDED, announce: SUCCEEDED }
      outputs: { train: { accuracy: 0.9 } }
      startedBy: measurements.ready
`;

describe('a story', () => {
  test('holds when everything is as it expects: signals start runs, and what they announce starts others', () => {
    expect(faults(chain)).toEqual([]);
  });

  test('says what is otherwise, and where it was expected', () => {
    const { played } = tried(chain.replace('accuracy: 0.9 } }\nstory', 'accuracy: 0.2 } }\nstory'));
    expect(played.faults.map(({ message }) => message)).toEqual([
      'There should be 1 run of card, and there are 0.',
      'There should be 1 publication of model.ready, and there are 0.',
      'penguins/1: its step announce should be "SUCCEEDED", and is "UNSATISFIED".',
      'penguins/1: the output train.accuracy should be 0.9, and is 0.2.',
    ]);
    expect(new Set(played.faults.map(({ line }) => line))).toEqual(new Set([10]));
  });

  test('is told in sentences, by the clocks of its zone', () => {
    const { played } = tried(
      'timezone: Europe/Madrid\nstart: 2026-03-28T05:00:00\nstory:\n  - publish: measurements.ready\n    params: { rows: 7 }\n',
    );
    expect(tell(played).map(({ clock, text }) => `${clock} ${text}`)).toEqual([
      'Sat 2026-03-28 05:00:00 measurements.ready was published (rows: 7).',
      'Sat 2026-03-28 05:00:00 penguins/signal-1 wants `rows >= 100`, and rows was 7.',
    ]);
  });

  test('lets steps fail as often as it says, and the policy try again', () => {
    const failing = (fails: string, status: string): string =>
      `steps: { train: { fails: ${fails} } }\nstory:\n  - run: penguins\n  - wait: 1d\n  - expect: { run: penguins/1, status: ${status} }\n`;
    expect(faults(failing('2', 'succeeded'))).toEqual([]);
    expect(faults(failing('3', 'failed'))).toEqual([]);
    expect(faults(failing('always', 'failed'))).toEqual([]);
  });

  test('lets a step take longer than it may', () => {
    expect(
      faults(
        'steps: { train: { takes: 2h } }\nstory:\n  - run: penguins\n  - wait: 1d\n  - expect: { run: penguins/1, status: timed_out, steps: { train: TIMED_OUT } }\n',
      ),
    ).toEqual([]);
  });

  test('lets a year of weekdays pass in a moment, each with its run, also over both changes of the clocks', () => {
    expect(
      faults(
        'timezone: Europe/Madrid\nstory:\n  - until: 2027-01-04T00:00:00\n  - expect: { runs: { penguins: 260 }, run: penguins/60, scheduledFor: 2026-03-27T06:00:00 }\n',
      ),
    ).toEqual([]);
  });

  test('starts nothing while triggers are paused, and says so of what it does not know', () => {
    expect(
      faults(
        'story:\n  - pause: penguins\n  - publish: measurements.ready\n    params: { rows: 344, island: Dream }\n  - expect: { runs: { penguins: 0 } }\n  - resume: pinguins\n',
      ),
    ).toEqual(['There is no workflow "pinguins" among those under test: penguins, card.']);
  });

  test.each([
    ['name: x\nstory: []\nstories: []', '`stories` is not a key of a test.'],
    ['story:\n  - publsh: x', '`publsh` is not a key of an act of a story.'],
    ['story:\n  - wait: soon', '`wait` must be a length of time such as 500ms, 10s, 5m, 6h or 2d, and this is "soon".'],
    ['story:\n  - expect: { status: failed }', '`status` is expected of a run, and none is named.'],
    ['timezone: Europe/Madird\nstory: []', 'There is no time zone "Europe/Madird".'],
    ['steps: { train: { takes: 1m, output: 1 } }\nstory: []', '`output` is not a key of what a step does.'],
  ])('that is wrong is refused with a sentence: %s', (text, message) => {
    const read = readStory(`kind: test\n${text.startsWith('name') ? '' : 'name: x\n'}${text}`);
    expect(read.ok ? [] : read.failure.map((refusal) => refusal.message)).toContain(message);
  });
});

describe('hostile weather', () => {
  test('changes nothing of how a story ends, whatever goes wrong in 50 weathers', () => {
    expect(faults(chain, { mishaps, seeds: 50, seed: 1 })).toEqual([]);
  });

  test('shows a story that hangs on luck, and shrinks it to what matters', () => {
    const hasty = chain.replace('wait: 2h', 'wait: 11m').replace('\nstory:', '\nstory:\n  - run: card\n  - wait: 1m');
    const { seed, played, shrunk } = tried(hasty.replace('card: 1', 'card: 2'), {
      mishaps: ['drop'],
      seeds: 50,
      seed: 1,
    });
    expect(seed).toBeDefined();
    expect(played.faults.length).toBeGreaterThan(0);
    expect(played.struck).toHaveLength(1);
    expect(tell(shrunk ?? played).map(({ text }) => text)).toContain(
      'penguins/1/train began once more: the machine it ran on was lost.',
    );
  });
});

describe('a step of Maestro’s that prints its outputs', () => {
  const text = (value: string): object => ({ type: 'STRING', value });
  const pod = { type: 'MAP', value: { image: text('busybox') } };
  const flow = JSON.stringify({
    workflow: {
      id: 'flow',
      steps: [
        {
          step: {
            ...{ id: 'a', type: 'Kubernetes', transition: { successors: { b: 'rows > 4' } } },
            params: { kubernetes: pod, rows: { type: 'LONG', value: 7 }, label: text('x') },
          },
        },
        { step: { id: 'b', type: 'NoOp' } },
      ],
    },
  });
  const told = (outputs: string, expected: string): readonly string[] => {
    const whole = story(`steps: { a: { outputs: ${outputs} } }\nstory: [{ run: flow }, { expect: ${expected} }]`);
    return tryStory(whole, { definitions: defined(flow), pools: [] }, calm).played.faults.map(({ message }) => message);
  };

  test('keeps the parameters of which the story says nothing', () => {
    expect(told('{}', '{ run: flow/1, status: succeeded, steps: { b: SUCCEEDED } }')).toEqual([]);
    expect(told('{ label: y }', '{ run: flow/1, steps: { b: SUCCEEDED }, outputs: { a: { label: y } } }')).toEqual([]);
    expect(told('{ rows: 1 }', '{ run: flow/1, status: succeeded, steps: { b: UNSATISFIED } }')).toEqual([]);
  });
});
