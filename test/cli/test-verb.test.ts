// `downbeat test`, as a person types it: it needs no server, and its exit code tells a pipeline what it needs to know.

import { describe, expect, it } from 'vitest';
import { createStage } from './stage.ts';
import { downbeat } from './terminal.ts';

const stage = createStage();

const PENGUINS = `id: penguins
triggers: [{ signal: measurements.ready, where: { rows: ">= 100" } }]
steps: [{ id: train, run: train, timeout: 1m }]
---
kind: test
name: measurements start it
steps: { train: { takes: 40s } }
story:
  - publish: measurements.ready
    params: { rows: 344 }
  - wait: 2m
  - expect: { run: penguins/1, status: succeeded }
`;

const HOPE = `---
kind: test
name: a hope
story:
  - publish: measurements.ready
    params: { rows: 7 }
  - expect: { runs: { penguins: 1 } }
  - wait: 1d
`;

async function test(...argv: readonly string[]): Promise<number> {
  return downbeat(stage.terminal, ['test', ...argv]);
}

describe('test', () => {
  it('plays the tests of all definition files of the folder, and ends with 0 when all hold', async () => {
    stage.file('penguins.downbeat.yaml', PENGUINS);
    expect(await test()).toBe(0);
    expect(stage.terminal.stdout()).toBe('✓ measurements start it  penguins.downbeat.yaml:5\n\n1 passed, 0 failed\n');
  });

  it('says what was expected, in which line, and what happened up to there; and ends with 1', async () => {
    stage.file('penguins.downbeat.yaml', PENGUINS);
    stage.file('hope.downbeat.yaml', HOPE);
    expect(await test('penguins.downbeat.yaml', 'hope.downbeat.yaml')).toBe(1);
    expect(stage.terminal.stdout()).toContain(
      [
        '✗ a hope  hope.downbeat.yaml:2',
        '    line 7: There should be 1 run of penguins, and there are 0.',
        '    What happened, without what does not matter:',
        '      Mon 2026-01-05 00:00:00  measurements.ready was published (rows: 7).',
        '      Mon 2026-01-05 00:00:00  penguins/signal-1 wants `rows >= 100`, and rows was 7.',
        '',
        '1 passed, 1 failed',
      ].join('\n'),
    );
  });

  it('finds in bad weather what hangs on luck, and names the weather', async () => {
    stage.file('penguins.downbeat.yaml', PENGUINS.replace('wait: 2m', 'wait: 1m'));
    expect(await test('--weather', 'drop')).toBe(1);
    expect(stage.terminal.stdout()).toMatch(/in bad weather only: again with --seed \d+ --seeds 1/u);
    expect(stage.terminal.stdout()).toContain('penguins/1/train began once more: the machine it ran on was lost.');
  });

  it('gives a line of JSON for each test', async () => {
    stage.file('penguins.downbeat.yaml', `${PENGUINS}${HOPE}`);
    expect(await downbeat(stage.terminal, ['--json', 'test'])).toBe(1);
    const lines = stage.terminal.stdout().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { file: 'penguins.downbeat.yaml', line: 5, name: 'measurements start it', passed: true, faults: [] },
      { line: 14, name: 'a hope', passed: false, faults: [{ line: 19 }] },
    ]);
  });

  it.each([
    ['id: a\nsteps: [{ id: b, run: "true" }]\n', [], 2, /There is no test in a\.downbeat\.yaml\./u],
    [PENGUINS, ['--weather', 'rain'], 2, /There is no weather "rain"\./u],
    [PENGUINS.replace('wait: 2m', 'wait: soon'), [], 1, /a\.downbeat\.yaml:11:11: error: .*length of time/u],
    [PENGUINS.replace('run: train', 'rnu: train'), [], 1, /a\.downbeat\.yaml:3:22: error: .*rnu/u],
  ])('says what is wrong with the files or the wish', async (text, more, code, message) => {
    stage.file('a.downbeat.yaml', text);
    expect(await test(...more)).toBe(code);
    expect(stage.terminal.stderr()).toMatch(message);
  });

  it('passes `validate` with the rest of the file', async () => {
    stage.file('penguins.downbeat.yaml', PENGUINS);
    expect(await downbeat(stage.terminal, ['validate', 'penguins.downbeat.yaml'])).toBe(0);
    expect(stage.terminal.stdout()).toContain('✓ test "measurements start it" in penguins.downbeat.yaml is fine');
  });
});
