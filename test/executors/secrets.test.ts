// Steps that use secrets, as real processes: they get the value, and nothing that leaves the attempt holds it.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { createSecrets } from '../../src/adapters/node/secrets.ts';
import { createLocalAttempts, type Finished, type LocalAttempts } from './local-attempts.ts';

const VALUE = 'hunter2-correct/horse+battery=staple&"quoted"';
const TOKEN = { name: 'TOKEN', value: [{ secret: 'github_token' }] } as const;
const values: Record<string, string> = {};

let local: LocalAttempts;
beforeAll(async () => {
  local = await createLocalAttempts({ secrets: createMemorySecrets(values), limits: { lineLength: 200 } });
});
beforeEach(() => {
  for (const name of Object.keys(values)) Reflect.deleteProperty(values, name);
  values['github_token'] = VALUE;
});
afterAll(async () => {
  expect(await local.places()).toEqual([]);
  await local.dispose();
});

/** Runs a script that has the secret in `$TOKEN`; whatever it does, the value does not come out. */
async function run(script: string, more: Parameters<LocalAttempts['run']>[1] = {}): Promise<Finished> {
  const finished = await local.run(script, { env: [TOKEN], ...more });
  for (const text of finished.lines.map((line) => line.text)) expect(text).not.toContain('hunter2');
  expect(JSON.stringify(finished.result)).not.toContain('hunter2');
  return finished;
}

describe('a step with a secret', () => {
  it('has it in its environment, alone and inside a longer text', async () => {
    const env = [
      TOKEN,
      { name: 'HEADER', value: ['Bearer ', { secret: 'github_token' }, '; ', { secret: 'other' }] },
      { name: 'PLAIN', value: 'as it is' },
    ];
    values['other'] = 'another one';
    const script = 'printf %s "$TOKEN" | sha256sum; printf %s "$HEADER" | sha256sum; echo "$HEADER, $PLAIN"';
    const { out, result } = await run(script, { env });
    expect(result.outcome).toBe('succeeded');
    expect(out).toEqual([
      expect.stringContaining(await sha256(VALUE)),
      expect.stringContaining(await sha256(`Bearer ${VALUE}; another one`)),
      'Bearer •••; •••, as it is',
    ]);
  });

  it('may print it in whatever writing, on either stream', async () => {
    const { lines, result } = await run(
      [
        'echo "on out: $TOKEN."',
        'echo "on err: $TOKEN." >&2',
        'set -x; : "$TOKEN"; set +x',
        'printf %s "$TOKEN" | base64',
        'printf %s "ada:$TOKEN" | base64 -w 0; echo',
        'echo "$TOKEN" | fold -w 20',
        'printf %s "$TOKEN" | od -An -v -tx1 | tr -d " \\n"; echo',
        `python3 -c 'import json, os, urllib.parse; t = os.environ["TOKEN"]; print(json.dumps([t]), urllib.parse.quote(t), urllib.parse.quote_plus(t))'`,
        `python3 -c 'import os, sys, time
for c in os.environ["TOKEN"]:
    sys.stdout.write(c); sys.stdout.flush(); time.sleep(0.002)'`,
      ].join('\n'),
    );
    expect(result.outcome).toBe('succeeded');
    expect(lines.filter(({ stream }) => stream === 'err').map(({ text }) => text)).toEqual([
      'on err: •••.',
      expect.stringMatching(/^\+ : '?•••'?$/u),
      expect.stringContaining('set +x'),
    ]);
    const out = lines.filter(({ stream }) => stream === 'out').map(({ text }) => text);
    expect(out.slice(0, 3)).toEqual(['on out: •••.', '•••', expect.stringMatching(/^YWRh.{0,3}•••=*$/u)]);
    expect(out.slice(3)).toEqual([
      '•••',
      '•••',
      expect.stringMatching(/^.{0,7}$|^•••$/u),
      '•••',
      '["•••"] ••• •••',
      '•••',
    ]);
  });

  it('may fail with it in its last words', async () => {
    const { failure } = await run('echo "cannot log in with $TOKEN" >&2; exit 3');
    expect(failure).toMatchObject({ code: 'EXIT_CODE' });
    expect(failure?.message).toBe('Step "train" ended with exit code 3: cannot log in with •••');
  });

  it('may print a line that is cut within it', async () => {
    const { out } = await run('printf "%0190d%s%0200d\\n" 0 "$TOKEN" 0');
    expect(out).toEqual([`${'0'.repeat(190)}••• … [cut: the line is longer than 200 characters]`]);
  });
});

describe('an output, a signal or an artifact', () => {
  const outputs = [{ name: 'url', type: 'string' }] as const;

  it.each([
    ['echo "url=https://ada:$TOKEN@example.com" >> "$DOWNBEAT_OUTPUTS"', 1, 'OUTPUTS'],
    ['printf "\\nurl=%s\\n" "$(printf %s "$TOKEN" | base64 -w 0)" >> "$DOWNBEAT_OUTPUTS"', 2, 'OUTPUTS'],
    ['echo "$TOKEN" >> "$DOWNBEAT_OUTPUTS"', 1, 'OUTPUTS'],
    ['echo "{\\"url\\": $TOKEN" >> "$DOWNBEAT_OUTPUTS"', 1, 'OUTPUTS'],
    [
      `echo url=x >> "$DOWNBEAT_OUTPUTS"; python3 -c 'import json, os; print(json.dumps({"name": "s", "params": {"a": os.environ["TOKEN"]}}))' >> "$DOWNBEAT_SIGNALS"`,
      1,
      'SIGNALS',
    ],
  ])('that holds it fails the step for good: %s', async (script, line, report) => {
    const { failure } = await run(script, { outputs });
    expect(failure).toEqual({
      kind: 'USER',
      code: 'SECRET_EXPOSED',
      message: `Line ${String(line)} of $DOWNBEAT_${report} of step "train" holds the secret "github_token".`,
      hint: 'Leave it out: what is written there is kept and shown to everyone. Another step that needs the secret names it in its own env.',
      retryable: false,
    });
  });

  it('cannot have it in its path', async () => {
    values['github_token'] = 'hunter2-in-a-name';
    const { failure } = await run('touch "$DOWNBEAT_ARTIFACTS/$TOKEN.csv"');
    expect(failure).toMatchObject({ code: 'SECRET_EXPOSED', retryable: false });
    expect(failure?.message).toBe('Step "train" left an artifact whose path holds the secret "github_token".');
  });

  it('is fine without it', async () => {
    const { result } = await run('echo url=https://example.com >> "$DOWNBEAT_OUTPUTS"; echo x > kept', {
      outputs,
      artifacts: ['kept'],
    });
    expect(result).toMatchObject({ outcome: 'succeeded', outputs: [{ name: 'url', value: 'https://example.com' }] });
  });
});

describe('a secret', () => {
  it('that is not there fails the step for good before it begins, and is named', async () => {
    const { failure, lines } = await run('echo begun', { env: [TOKEN, { name: 'B', value: [{ secret: 'gone' }] }] });
    expect(failure).toEqual({
      kind: 'USER',
      code: 'SECRET_MISSING',
      message: 'Step "train" cannot have its secrets: there is no secret "gone" in memory.',
      hint: 'Give it to createMemorySecrets.',
      retryable: false,
    });
    expect(lines).toEqual([]);
  });

  it.each(['', 'abc', 'a\nb\nc'])('that is too short to be hidden is refused: %j', async (value) => {
    values['github_token'] = value;
    const { failure } = await run('echo begun');
    expect(failure).toMatchObject({ kind: 'USER', code: 'SECRET_TOO_SHORT', retryable: false });
    expect(failure?.message).toBe(
      'Step "train" cannot have the secret "github_token": none of its lines has 4 characters, so it could not be hidden.',
    );
  });

  it('with a NUL character is refused without being quoted', async () => {
    values['github_token'] = 'hunter2\0x';
    expect((await run('true')).failure).toMatchObject({ code: 'BAD_ENVIRONMENT' });
  });

  it('of several lines arrives as it is, and each line is hidden', async () => {
    values['github_token'] = '-----BEGIN-----\nhunter2hunter2\nhunter2+hunter2\n-----END-----';
    const { out } = await run('echo "$TOKEN"; echo "$TOKEN" | wc -l; echo "$TOKEN" | base64');
    expect(out.slice(0, 5)).toEqual(['•••', '•••', '•••', '•••', '4']);
    expect(out.slice(5).join('')).toMatch(/^•••.{0,9}$/u);
  });
});

describe('a secret in a file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'downbeat-secrets-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('may be changed between two attempts; each hides its own', async () => {
    const path = join(folder, 'secrets');
    const rotated = await createLocalAttempts({ secrets: createSecrets({ path, variables: {} }) });
    const seen: (readonly string[])[] = [];
    for (const value of ['first-value', 'second-value']) {
      await writeFile(path, `github_token=${value}\n`, { mode: 0o600 });
      const { out } = await rotated.run('echo "$TOKEN"; printf %s "$TOKEN" | sha256sum | cut -c 1-64', {
        env: [TOKEN],
      });
      seen.push(out);
    }
    expect(seen).toEqual([
      ['•••', await sha256('first-value')],
      ['•••', await sha256('second-value')],
    ]);
    await rotated.dispose();
  });

  it('that others may read is tried again, since it may be closed meanwhile', async () => {
    const path = join(folder, 'secrets');
    await writeFile(path, 'github_token=hunter2\n', { mode: 0o644 });
    const open = await createLocalAttempts({ secrets: createSecrets({ path, variables: {} }) });
    const { failure } = await open.run('true', { env: [TOKEN] });
    expect(failure).toMatchObject({ kind: 'PLATFORM', code: 'SECRETS_UNREADABLE', retryable: true });
    expect(failure?.message).toBe(
      `Step "train" cannot have its secrets: ${path} is refused, since it is open to every user of the machine (its mode is 644).`,
    );
    await open.dispose();
  });
});

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}
