// Outputs and signals that a step reports: read as declared, or refused with the line and the reason.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OutputDeclaration } from '../../src/core/definition/model.ts';
import { inexactInteger } from '../../src/executors/process/report-file.ts';
import { createLocalAttempts, type Finished, type LocalAttempts } from './local-attempts.ts';

let local: LocalAttempts;
beforeAll(async () => {
  local = await createLocalAttempts();
});
afterAll(async () => {
  expect(await local.places()).toEqual([]);
  await local.dispose();
});

const ROWS: OutputDeclaration = { name: 'rows', type: 'long' };

async function reporting(
  variable: string,
  text: string,
  outputs: readonly OutputDeclaration[] = [],
): Promise<Finished> {
  return local.run(`printf '%s' "$TEXT" >> "$${variable}"`, { env: [{ name: 'TEXT', value: text }], outputs });
}

async function outputsOf(text: string, outputs: readonly OutputDeclaration[]): Promise<unknown> {
  const { result } = await reporting('DOWNBEAT_OUTPUTS', text, outputs);
  return result.outcome === 'succeeded'
    ? Object.fromEntries(result.outputs.map(({ name, value }) => [name, value]))
    : result;
}

describe('outputs', () => {
  it('are read as their declared types, as lines and as JSON, in the order of their declarations', async () => {
    const outputs: readonly OutputDeclaration[] = [
      ROWS,
      { name: 'id', type: 'long' },
      { name: 'accuracy', type: 'double' },
      { name: 'good', type: 'boolean' },
      { name: 'note', type: 'string' },
      { name: 'names', type: 'string_array' },
      { name: 'extra', type: 'map' },
    ];
    const text = [
      'note= a=b "c" ',
      'rows=12\r',
      'id=9007199254740993',
      '',
      '{"accuracy": 0.5, "good": true}',
      'names=["Adelie","Gentoo"]',
      '{"extra": {"__proto__": 1}}',
    ].join('\n');
    const { result } = await reporting('DOWNBEAT_OUTPUTS', text, outputs);
    expect(result.outcome === 'succeeded' ? result.outputs : result).toEqual([
      { name: 'rows', value: 12 },
      { name: 'id', value: '9007199254740993' },
      { name: 'accuracy', value: 0.5 },
      { name: 'good', value: true },
      { name: 'note', value: ' a=b "c" ' },
      { name: 'names', value: ['Adelie', 'Gentoo'] },
      { name: 'extra', value: JSON.parse('{"__proto__": 1}') as unknown },
    ]);
  });

  it('take the later value of two', async () => {
    expect(await outputsOf('rows=1\nrows=2\n', [ROWS])).toEqual({ rows: 2 });
  });

  it('must be declared; the nearest declared one is named', async () => {
    const { failure } = await reporting('DOWNBEAT_OUTPUTS', 'row=12\n', [ROWS]);
    expect(failure).toMatchObject({ kind: 'USER', code: 'UNDECLARED_OUTPUT', hint: 'Did you mean "rows"?' });
  });

  it('must be given when they are declared', async () => {
    const { failure } = await reporting('DOWNBEAT_OUTPUTS', '', [ROWS]);
    expect(failure).toMatchObject({ kind: 'USER', code: 'MISSING_OUTPUT' });
    expect(failure?.message).toContain('"rows"');
  });

  it.each([
    ['rows=12\nrows=many', /Line 2 .*"rows" is declared as long/],
    ['rows', /Line 1 .*neither name=value nor/],
    ['{"rows": 12', /Line 1 .*not JSON/],
    ['{"rows": 9007199254740993}', /write it in quotes/],
  ])('are refused as %s', async (text, message) => {
    const { failure } = await reporting('DOWNBEAT_OUTPUTS', text, [ROWS]);
    expect(failure).toMatchObject({ kind: 'USER', code: 'BAD_OUTPUT' });
    expect(failure?.message).toMatch(message);
  });

  it('may not be endless', async () => {
    const outputs = [{ name: 'x', type: 'string' }] as const;
    const long = await local.run('{ printf x=; head -c 70000 /dev/zero | tr "\\0" x; } >> "$DOWNBEAT_OUTPUTS"', {
      outputs,
    });
    const longer = await local.run('yes x=1 | head -c 2000000 >> "$DOWNBEAT_OUTPUTS"', { outputs });
    expect([long.failure?.code, longer.failure?.code]).toEqual(['OUTPUT_LIMIT', 'OUTPUT_LIMIT']);
  });

  it.each([
    'rm "$F"; ln -s /etc/passwd "$F"',
    'rm "$F"; mkfifo "$F"',
    'rm "$F"; mkdir "$F"',
    String.raw`printf 'x=\377' > "$F"`,
  ])('are not read from what the step put in place of the file: %s', async (script) => {
    const { failure } = await local.run(`F=$DOWNBEAT_OUTPUTS; ${script}`, { outputs: [{ name: 'x', type: 'string' }] });
    expect(failure).toMatchObject({ kind: 'USER', code: 'BAD_OUTPUT' });
  });

  it('are none when the step removed the file', async () => {
    expect((await local.run('rm "$DOWNBEAT_OUTPUTS" "$DOWNBEAT_SIGNALS"')).result.outcome).toBe('succeeded');
  });
});

describe('signals', () => {
  it('come in the order in which they were written', async () => {
    const { result } = await reporting(
      'DOWNBEAT_SIGNALS',
      '{"name": "b", "params": {"id": "9007199254740993", "list": [1]}}\n{"name": "a"}\n',
    );
    expect(result).toMatchObject({
      signals: [
        {
          name: 'b',
          params: [
            { name: 'id', value: '9007199254740993' },
            { name: 'list', value: [1] },
          ],
        },
        { name: 'a', params: [] },
      ],
    });
  });

  it.each([
    ['{"name": "a"}\nname=a', /Line 2 .*not JSON/],
    ['[]', /not an object/],
    ['{"params": {}}', /"name" is not a text/],
    ['{"name": ""}', /"name" is not a text/],
    ['{"name": "a", "params": [1]}', /"params" is not an object/],
    ['{"name": "a", "parms": {}}', /the key "parms" is unknown/],
    ['{"name": "a", "params": {"id": 9007199254740993}}', /9007199254740993 is beyond/],
  ])('are refused as %s', async (text, message) => {
    const { failure } = await reporting('DOWNBEAT_SIGNALS', text);
    expect(failure).toMatchObject({ kind: 'USER', code: 'BAD_SIGNAL' });
    expect(failure?.message).toMatch(message);
  });
});

describe('an integer that JSON would change', () => {
  it.each([
    ['{"a": 9007199254740993}', '9007199254740993'],
    ['{"a": -12345678901234567890}', '-12345678901234567890'],
    ['{"a": 9007199254740991}', undefined],
    ['{"a": "9007199254740993"}', undefined],
    [String.raw`{"a\"9007199254740993": "\\", "b": 1}`, undefined],
    ['{"a": 0.12345678901234567890}', undefined],
    ['{"a": 1.152921504606847e+18}', undefined],
  ])('is found in %s: %s', (text, found) => {
    expect(inexactInteger(text)).toBe(found);
  });
});
