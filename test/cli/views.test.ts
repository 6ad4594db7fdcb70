// What people see: durations, tables, problems in their line, and a run on its way.

import { describe, expect, it } from 'vitest';
import { clockTime, duration, elapsed } from '../../src/cli/duration.ts';
import { liveLines, stepToFollow } from '../../src/cli/display/live-view.ts';
import { type RunChangeView } from '../../src/cli/operations/operations.ts';
import { changeLines, endLines, stepLine } from '../../src/cli/display/plain-view.ts';
import { fit, printable, printableLine } from '../../src/cli/display/printable.ts';
import { progressAfter, type RunProgress, UNKNOWN_RUN } from '../../src/cli/display/run-progress.ts';
import { createScreen } from '../../src/cli/display/screen.ts';
import { problemLines } from '../../src/cli/documents/source-problem.ts';
import { lookOf } from '../../src/cli/display/status-words.ts';
import { milestone } from '../../src/cli/display/step-notes.ts';
import { paintFor, plain } from '../../src/cli/display/style.ts';
import { table } from '../../src/cli/display/table.ts';
import { aFailure, aRun, aStep } from './samples.ts';

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [340, '340 ms'],
    [1_250, '1.2 s'],
    [59_999, '59.9 s'],
    [185_000, '3m 05s'],
    [7_380_000, '2h 03m'],
    [349_200_000, '4d 01h'],
    [-5, '0 ms'],
  ])('of %i milliseconds is %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it('goes on until there is an end', () => {
    expect(elapsed('2026-11-22T06:00:00.000Z', null, Date.parse('2026-11-22T06:00:02.000Z'))).toBe('2.0 s');
    expect(elapsed(null, null, 0)).toBe('');
    expect(clockTime('2026-11-22T06:00:00.000Z')).toBe('2026-11-22 06:00:00');
  });
});

describe('text from elsewhere', () => {
  it('loses its colours and cannot move the cursor or hide a line', () => {
    expect(printable('\u001B[31mred\u001B[0m \u001B[2J\u001B]0;title\u0007 a\rb \u202E')).toBe(
      'red \\x1b[2J\\x1b]0;title\\x07 a\\x0db \\u202e',
    );
    expect(printable('a\r\nb\tc')).toBe('a\nb\tc');
    expect(printableLine('a\nb\tc')).toBe('a b    c');
  });

  it('is cut to a width, by letters', () => {
    expect(fit('abcdef', 4)).toBe('abc…');
    expect(fit('😀😀', 2)).toBe('😀😀');
  });
});

describe('a status', () => {
  it('has a word even if this version does not know it', () => {
    expect(lookOf('WAITING_FOR_RAIN', 'WAITING')).toEqual({ sign: '○', word: 'waiting for rain', colour: 'dim' });
  });
});

describe('a table', () => {
  it('is as wide as its cells and cut at the edge', () => {
    expect(
      table(
        ['A', 'WHY'],
        [
          ['long one', 'because it is so'],
          ['b', ''],
        ],
        { width: 18 },
      ),
    ).toEqual(['A         WHY', 'long one  because…', 'b']);
  });

  it('keeps its columns under colours', () => {
    const decorate = (_row: number, column: number, cell: string): string => (column === 0 ? `<${cell}>` : cell);
    expect(table(['AA', 'B'], [['x', 'y']], { width: 80, decorate })).toEqual(['AA  B', '<x>   y']);
  });
});

describe('colours', () => {
  const output = (isTerminal: boolean): Parameters<typeof paintFor>[0] => ({
    write: () => undefined,
    isTerminal,
    columns: 80,
    rows: 24,
  });

  it('are only for terminals, and only if they are wanted', () => {
    expect(paintFor(output(true), false)('red', 'a')).toBe('\u001B[31ma\u001B[39m');
    expect(paintFor(output(true), true)('red', 'a')).toBe('a');
    expect(paintFor(output(false), false)('red', 'a')).toBe('a');
  });
});

describe('a problem of a definition', () => {
  const text = 'id: a\nsteps:\n\t- stpes: 1\n';
  const options = { paint: plain, width: 80 };

  it('is shown with its place, its line, a mark and the way out', () => {
    const problem = {
      file: 'a.yaml',
      line: 3,
      column: 4,
      rule: 'unknown-key',
      message: 'There is no key "stpes".',
      hint: 'Did you mean "steps"?',
      suggestion: 'steps',
    };
    expect(problemLines(problem, text, options)).toEqual([
      'a.yaml:3:4: error: There is no key "stpes". [unknown-key]',
      '   3 |     - stpes: 1',
      '     |       ^',
      '  help: Did you mean "steps"?',
    ]);
  });

  it('is shown without a line where it has none', () => {
    expect(problemLines({ file: 'a.yaml', message: 'No.', suggestion: 'yes' }, text, options)).toEqual([
      'a.yaml: error: No.',
      '  help: write yes',
    ]);
  });

  it('at the end of a line is marked behind it', () => {
    expect(problemLines({ file: 'a.yaml', line: 2, column: 7, message: 'No.' }, text, options).slice(1)).toEqual([
      '   2 | steps:',
      '     |       ^',
    ]);
  });

  it('in a long line shows the part around it', () => {
    const lines = problemLines(
      { file: 'a.yaml', line: 1, column: 201, message: 'No.' },
      `${'x'.repeat(200)}Y${'z'.repeat(200)}`,
      { paint: plain, width: 60 },
    );
    const [, source = '', mark = ''] = lines;
    expect(source[mark.indexOf('^')]).toBe('Y');
    expect(source.length).toBeLessThanOrEqual(60);
  });
});

function changed(kind: string, steps: RunChangeView['steps'], run = aRun()): RunChangeView {
  return { cursor: '0:1.0', at: '2026-11-22T06:00:02.200Z', kind, run, steps };
}

describe('a run on its way', () => {
  const start = progressAfter(
    UNKNOWN_RUN,
    changed('SNAPSHOT', [aStep('clean', 'RUNNING'), aStep('train', 'NOT_CREATED')]),
  );

  it('keeps the steps in the order of the definition', () => {
    const next = progressAfter(start, changed('COMMIT', [aStep('train', 'RUNNING'), aStep('clean', 'SUCCEEDED')]));
    expect(next.steps.map((step) => `${step.stepId} ${step.status}`)).toEqual(['clean SUCCEEDED', 'train RUNNING']);
  });

  it('is one line a step that moved on', () => {
    expect(changeLines(UNKNOWN_RUN, changed('SNAPSHOT', start.steps), plain)).toEqual(['06:00:02 ● clean running']);
    expect(
      changeLines(start, changed('COMMIT', [aStep('clean', 'SUCCEEDED'), aStep('train', 'STARTING')]), plain),
    ).toEqual(['06:00:02 ✓ clean succeeded 1.2 s', '06:00:02 ● train running']);
    const starting: RunProgress = { run: aRun(), steps: [aStep('train', 'STARTING')] };
    expect(changeLines(starting, changed('COMMIT', [aStep('train', 'RUNNING')]), plain)).toEqual([]);
  });

  it('says why a step failed, and that it is tried again', () => {
    const attempts = [{ number: 1, failure: aFailure('It ended with 3.') }];
    expect(changeLines(start, changed('COMMIT', [aStep('clean', 'RETRY_PENDING', { attempts })]), plain)).toEqual([
      '06:00:02 ↻ clean failed, will be tried again: It ended with 3.',
    ]);
    const failure = aFailure('It ended with 3.');
    expect(changeLines(start, changed('COMMIT', [aStep('clean', 'FAILED', { failure })]), plain)).toEqual([
      '06:00:02 ✗ clean failed 1.2 s: It ended with 3.',
    ]);
  });

  it('says once that it is queued', () => {
    const queued = changed('SNAPSHOT', [], aRun({ status: 'QUEUED' }));
    expect(changeLines(UNKNOWN_RUN, queued, plain)).toEqual(['06:00:02 ○ queued: it waits for runs before it']);
    expect(changeLines(progressAfter(UNKNOWN_RUN, queued), queued, plain)).toEqual([]);
  });

  it('ends with how it went', () => {
    const endedAt = '2026-11-22T06:00:13.300Z';
    expect(endLines(aRun({ status: 'SUCCEEDED', isTerminal: true, endedAt }), plain)).toEqual([
      '✓ penguins/12 succeeded in 12.3 s',
    ]);
    expect(
      endLines(aRun({ status: 'FAILED', isTerminal: true, endedAt, failure: aFailure('clean failed.') }), plain),
    ).toEqual(['✗ penguins/12 failed in 12.3 s', '  clean failed. [EXIT_CODE]', '  help: Look at its log.']);
  });
});

describe('a step beside its status', () => {
  const loop = (done: number, going: number, total: number | null = 10) => ({
    total,
    done,
    counts: [
      { status: 'RUNNING', count: going },
      { status: 'SUCCEEDED', count: done },
    ].filter(({ count }) => count > 0),
  });

  it('says how far a loop is, and at its end how many there were', () => {
    expect(stepLine(aStep('each', 'RUNNING', { loop: loop(3, 2) }), 0, plain)).toBe('● each 3 of 10 done, 2 going on');
    expect(stepLine(aStep('each', 'RUNNING', { loop: loop(3, 1, null) }), 0, plain)).toBe('● each 3 done, 1 going on');
    expect(stepLine(aStep('each', 'SUCCEEDED', { loop: loop(10, 0) }), 0, plain)).toBe(
      '✓ each succeeded, 10 of 10 done 1.2 s',
    );
    const counts = [
      { status: 'SUCCEEDED', count: 3 },
      { status: 'FAILED', count: 1 },
      { status: 'STOPPED', count: 2 },
    ];
    expect(stepLine(aStep('each', 'FAILED', { loop: { total: 10, done: 6, counts } }), 0, plain)).toBe(
      '✗ each failed, 6 of 10 done, 3 of them badly 1.2 s',
    );
  });

  it('says that it stands under finally, was kept, skipped, or failed without harm', () => {
    expect(stepLine(aStep('tidy', 'RUNNING', { isFinal: true }), 0, plain)).toBe('● tidy running (finally)');
    expect(stepLine(aStep('clean', 'SUCCEEDED', { keptFrom: 1 }), 0, plain)).toBe(
      '✓ clean succeeded (kept from attempt 1)',
    );
    expect(stepLine(aStep('train', 'SKIPPED'), 0, plain)).toBe('– train skipped 1.2 s');
    expect(stepLine(aStep('train', 'COMPLETED_WITH_ERROR'), 0, plain)).toBe(
      '✓ train failed, and the run goes on 1.2 s',
    );
  });

  it('is told of a long loop each tenth, of a short or endless one each time the first digit changes', () => {
    const told = (total: number | null, most: number): number =>
      new Set(Array.from({ length: most + 1 }, (_, done) => milestone({ total, done, counts: [] }))).size;
    expect(told(1_000, 1_000)).toBe(11);
    expect(told(5, 5)).toBe(6);
    expect(told(null, 1_000)).toBe(29);
  });

  it('is one line where it moved on, and none where the loop only began an iteration', () => {
    const before: RunProgress = { run: aRun(), steps: [aStep('each', 'RUNNING', { loop: loop(3, 1) })] };
    const lines = (next: ReturnType<typeof loop>): readonly string[] =>
      changeLines(before, changed('COMMIT', [aStep('each', 'RUNNING', { loop: next })]), plain);
    expect(lines(loop(3, 2))).toEqual([]);
    expect(lines(loop(4, 1))).toEqual(['06:00:02 ● each 4 of 10 done, 1 going on']);
  });

  it('is shown in the live picture, where a loop has no log', () => {
    const steps = [aStep('each', 'RUNNING', { loop: loop(3, 2) }), aStep('tidy', 'NOT_CREATED', { isFinal: true })];
    const picture = { progress: { run: aRun({ status: 'PAUSED' }), steps }, tail: undefined, notice: undefined };
    const now = Date.parse('2026-11-22T06:00:05.000Z');
    expect(liveLines({ ...picture, now }, { columns: 60, rows: 40, paint: plain })).toEqual([
      '‖ penguins/12 paused 4.0 s',
      '  ● each  3 of 10 done, 2 going on 4.0 s',
      '  ○ tidy  waiting (finally)',
    ]);
    expect(stepToFollow(picture.progress)).toBeUndefined();
  });

  it('is followed by what became of the run', () => {
    const paused = changed('COMMIT', [], aRun({ status: 'PAUSED' }));
    const running: RunProgress = { run: aRun(), steps: [] };
    expect(changeLines(running, paused, plain)).toEqual([
      '06:00:02 ‖ paused: nothing more of it begins until it is resumed',
    ]);
    expect(changeLines(progressAfter(running, paused), changed('COMMIT', []), plain)).toEqual([
      '06:00:02 ● resumed: it goes on',
    ]);
  });
});

describe('the live picture', () => {
  const now = Date.parse('2026-11-22T06:00:05.000Z');
  const room = { columns: 60, rows: 40, paint: plain };

  it('shows each step with a sign, a word and a time, and the log of the one that runs', () => {
    const progress: RunProgress = {
      run: aRun(),
      steps: [aStep('clean', 'SUCCEEDED'), aStep('train', 'RUNNING'), aStep('announce', 'NOT_CREATED')],
    };
    const tail = { stepId: 'train', lines: ['1', '2', '3', '4', '5', '\u001B[2Jsix'] };
    expect(liveLines({ progress, tail, notice: undefined, now }, room)).toEqual([
      '● penguins/12 running 4.0 s',
      '  ✓ clean     succeeded 1.2 s',
      '  ● train     running 4.0 s',
      '  ○ announce  waiting',
      '    train │ 2',
      '    train │ 3',
      '    train │ 4',
      '    train │ 5',
      '    train │ \\x1b[2Jsix',
    ]);
    expect(stepToFollow(progress)?.stepId).toBe('train');
  });

  it('never has more than twenty lines, nor wider ones than the terminal, and keeps what says most', () => {
    const steps = Array.from({ length: 60 }, (_, index) =>
      aStep(`step-with-a-long-name-${String(index)}`, 'SUCCEEDED'),
    );
    steps[30] = aStep('broken', 'FAILED', { failure: aFailure('x'.repeat(100)) });
    steps[50] = aStep('busy', 'RUNNING');
    const lines = liveLines(
      { progress: { run: aRun(), steps }, tail: undefined, notice: 'Connection lost, resuming…', now },
      room,
    );
    expect(lines).toHaveLength(20);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines.join('\n')).toMatch(/✗ broken[^]*● busy[^]*… and 43 more\nConnection lost, resuming…$/u);
  });

  it('fits into a small terminal', () => {
    const steps = Array.from({ length: 9 }, (_, index) => aStep(`s${String(index)}`, 'NOT_CREATED'));
    expect(
      liveLines({ progress: { run: aRun(), steps }, tail: undefined, notice: undefined, now }, { ...room, rows: 6 }),
    ).toHaveLength(5);
  });

  it('is drawn over the one before, and not at all when nothing has changed', () => {
    let written = '';
    const screen = createScreen({ write: (text) => (written += text), isTerminal: true, columns: 80, rows: 24 });
    screen.draw(['a', 'b']);
    screen.draw(['a', 'b']);
    screen.draw(['c']);
    screen.leave();
    expect(written).toBe('\u001B[?25l\u001B[Ja\nb\n\u001B[?25l\r\u001B[2A\u001B[Jc\n\u001B[?25h');
  });
});
