// What a person reads who made a mistake: what is wrong, and what to write instead.

import { describe, expect, test } from 'vitest';

import { refusalsOf, withHead, withStep } from './text.ts';

type Case = readonly [text: string, message: string, hint: string | undefined, suggestion?: string];

const MESSAGES: readonly Case[] = [
  [withStep('need: y', 'run: ls'), '`need` is not a key of a step.', 'Did you mean "needs"?', 'needs'],
  [withStep('depends_on: y', 'run: ls'), '`depends_on` is not a key of a step.', 'Did you mean "needs"?', 'needs'],
  [withStep('command: ls', 'run: ls'), '`command` is not a key of a step.', 'Did you mean "run"?', 'run'],
  [
    withHead('run_strategy: sequential'),
    '`run_strategy` is not a key of a workflow.',
    'Did you mean "runStrategy"?',
    'runStrategy',
  ],
  [
    withHead('zzz: 1'),
    '`zzz` is not a key of a workflow.',
    'Its keys: id, name, description, owner, labels, kind, runStrategy, params, triggers, timeout, queueTimeout, stepConcurrency, runStepConcurrency, priority, steps, finally, files.',
  ],
  [withStep('queue: a'), '`queue` is not yet supported here: this version of Downbeat does not have it.', undefined],
  [
    withHead('runStrategy: strict_sequential'),
    '`runStrategy` is one of sequential, strict-sequential, first-only, last-only, latest-only, and this is `strict_sequential`.',
    'Did you mean "strict-sequential"?',
    'strict-sequential',
  ],
  [
    'id: a\nsteps:\n\t- id: x',
    'This line is indented with a tab, which YAML does not allow.',
    'Indent with spaces; most editors have a setting for it.',
  ],
  [
    withHead('triggers:', '  - cron: */5 * * * * # often'),
    'A cron text that begins with * needs quotes, because a bare * means an alias to YAML.',
    'Write cron: "*/5 * * * *"',
    '"*/5 * * * *"',
  ],
  [
    withStep('run: ls', 'artifacts: [*.csv]'),
    '"*.csv" begins with *, which means an alias to YAML, and there is no anchor &.csv.',
    'If it is a text, write "*.csv" in quotes.',
    '"*.csv"',
  ],
  [
    withHead('params:', '  debug: no'),
    'A bare `no` is the text "no" to some readers of YAML and the boolean false to others.',
    'Write false for the boolean, or "no" in quotes for the text.',
    '"no"',
  ],
  [
    withHead('params:', '  debug: { type: boolean, value: On }'),
    'A bare `On` is the text "On" to some readers of YAML and the boolean true to others.',
    'Write true for the boolean, or "On" in quotes for the text.',
    '"On"',
  ],
  [
    withHead('params:', '  release: { type: string, value: 1.10 }'),
    '`release.value` must be a text, and 1.10 without quotes is the number 1.1.',
    'Write "1.10" in quotes.',
    '"1.10"',
  ],
  [
    withHead('owner: a', 'owner: b'),
    'The key `owner` is there twice (first on line 2); only one can count.',
    'Remove one of them, or merge the two.',
  ],
  [
    withHead('triggers:', '  - signal: s', '    where:', '      rows: >= 100'),
    'A value that begins with > or ! needs quotes, because the sign means something else to YAML.',
    'Write ">= 100" in quotes.',
    '">= 100"',
  ],
  [
    withStep('run: echo a: b'),
    'There is a second ": " on this line, which begins a map inside the value.',
    'Put the value into quotes, or write it below with | as a block.',
  ],
  [
    withStep('run: ls', 'timeout: 10 minutes'),
    '`timeout` must be a length of time such as 500ms, 10s, 5m, 6h or 2d, and this is "10 minutes".',
    'Did you mean 10m?',
    '10m',
  ],
  [
    'id: a\nsteps:\n  - { id: download, run: ls }\n  - { id: clean, run: ls, needs: downlaod }',
    'The step "clean" needs "downlaod", and there is no step with that id.',
    'Did you mean "download"?',
    'download',
  ],
  [
    'id: a\nsteps:\n  - { id: x, run: ls }\n  - { id: y, run: ls }\n  - { id: z, run: ls, needs: "x, y" }',
    'The step "z" needs "x, y", and there is no step with that id.',
    'Write several as a list: needs: [x, y]',
    '[x, y]',
  ],
  [
    'id: a\nsteps:\n  - { id: a, needs: c, noop: true }\n  - { id: b, needs: a, noop: true }\n  - { id: c, needs: b, noop: true }',
    'These steps need one another in a circle, so none could ever start: a → c → b → a.',
    'Remove one of these needs.',
  ],
  [
    withStep('noop: true', 'needs: x'),
    'The step "x" needs itself (x → x), so it could never start.',
    'Remove one of these needs.',
  ],
  [
    `params: { island: x }\n${withStep('run: echo ${island}')}`,
    'A script is never filled in, so ${island} in `run` would not be the value of island.',
    'Add to the step: env: { ISLAND: "${island}" } – and write "$ISLAND" in the script.',
    'env: { ISLAND: "${island}" }',
  ],
  [
    withHead('params:', '  cutoff: 40').replace('noop: true', 'noop: true, when: "cutof > 1"'),
    'There is no parameter "cutof".\ncutof > 1\n^^^^^',
    'Did you mean "cutoff"?',
    'cutoff',
  ],
  [
    'id: a\nsteps:\n  - { id: x, run: ls, outputs: { rows: long } }\n  - { id: y, noop: true, when: "steps.x.rows > 1" }',
    'The step "x" may not be complete by then: "y" does not wait for it.\nsteps.x.rows > 1\n^^^^^^^^^^^^',
    'Let "y" wait for it: needs: x',
  ],
  [
    'id: a\nsteps:\n  - { id: x, run: ls, outputs: { rows: long } }\n  - { id: y, needs: x, noop: true, when: "steps.x.row > 1" }',
    'The step "x" has no output "row".\nsteps.x.row > 1\n^^^^^^^^^^^',
    'Did you mean "rows"?',
    'rows',
  ],
  [
    withHead('params: { p: x }', 'triggers:', '  - { signal: s, params: { p: "${signal.a.b}" } }'),
    'A signal trigger can only fill in `signal.<name>`: nothing else is there yet.\n${signal.a.b}\n^^^^^^^^^^^^^',
    'For the characters themselves, write $${…}.',
  ],
  [
    withHead('params: { p: x }').replace('noop: true', 'run: ls, env: { A: "${p.q}" }'),
    '`p` is a string, which has no "q".\n${p.q}\n^^^^^^',
    'For the characters themselves, write $${…}.',
  ],
  [
    withStep('noop: true', 'when: "signal.rows > 1"'),
    'There is no signal here: the workflow has no signal trigger.\nsignal.rows > 1\n^^^^^^^^^^^',
    undefined,
  ],
  [
    withStep('run: ls', 'env: { HOME: "${HOME}/x" }'),
    'There is no parameter "HOME".\n${HOME}/x\n^^^^^^^',
    'Declare it under `params`, or use steps.<id>.<output>, run.number|status|scheduledFor. For the characters themselves, write $${…}.',
  ],
  [
    withHead('params: { p: { type: long } }', 'triggers:', '  - { cron: "@daily" }'),
    'The trigger "cron-1" gives no value for "p" (long), which has none of its own: every run it starts would be refused.',
    'Give it here: params: { p: … }, or give the parameter a value.',
  ],
  [
    withHead('params: { p: 1 }', 'triggers:', '  - { cron: "@daily", params: { p: x } }'),
    'The parameter "p" cannot have this value: a long is wanted, and "x" is a string.',
    undefined,
  ],
  [
    withStep('node: scripts/x.py'),
    '`node` takes files that end in .js, .mjs, .cjs, .ts, and "scripts/x.py" does not.',
    'Did you mean python: scripts/x.py?',
    'python',
  ],
  [
    'id: maestro_a!\nsteps:\n  - { id: x, noop: true }',
    '"maestro_a!" cannot be the id of a workflow: it must consist of letters, digits, dots, dashes and underscores, and begin with none of . and -.',
    undefined,
  ],
];

describe('messages say what is wrong and what to write', () => {
  const cases = MESSAGES.map(([text, message, hint, suggestion]) => ({ text, message, hint, suggestion }));

  test.each(cases)('$text', ({ text, message, hint, suggestion }) => {
    const [first] = refusalsOf(text);
    expect({ message: first?.message, hint: first?.hint, suggestion: first?.place?.suggestion }).toEqual({
      message,
      hint,
      suggestion,
    });
    expect(first?.code).toBe('BAD_DEFINITION');
  });

  test('a file that did not come is named with its step and the nearest that came', () => {
    const [refusal] = refusalsOf(withStep('python: scripts/cleen.py'), { fileNames: ['scripts/clean.py'] });
    expect(refusal).toMatchObject({
      message: 'The step "x" names the file "scripts/cleen.py", which did not come with the definition.',
      hint: 'Did you mean "scripts/clean.py"?',
      path: ['steps', '0', 'python'],
    });
  });

  test('what is long in the text is cut in the message', () => {
    const [refusal] = refusalsOf(withHead(`timeout: ${'soon'.repeat(1000)}`));
    expect(refusal?.message.length).toBeLessThan(700);
  });

  test('the path is the one in the text, a list item by its index', () => {
    const refusals = refusalsOf('id: a\nsteps:\n  - { id: x, noop: true, needs: [y], when: "q" }');
    expect(refusals.map(({ path }) => path)).toEqual([
      ['steps', '0', 'needs', '0'],
      ['steps', '0', 'when'],
    ]);
  });
});
