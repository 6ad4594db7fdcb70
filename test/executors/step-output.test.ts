// What a step prints reaches the listener as lines, bounded, and whatever the bytes are.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createLineSplitter } from '../../src/executors/process/line-splitter.ts';
import { createLocalAttempts, type LocalAttempts } from './local-attempts.ts';

function split(limit: number, chunks: readonly Uint8Array[]): readonly string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter(limit, (line) => lines.push(line));
  for (const chunk of chunks) splitter.write(Buffer.from(chunk));
  splitter.end();
  return lines;
}

describe('lines', () => {
  it('do not depend on where chunks begin and end', () => {
    const text = fc.array(fc.constantFrom('a', 'ü', '🐧', '\n', '\r\n', '\r', '\u0000', ' '), { maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 12 }), (parts, size, limit) => {
        const bytes = Buffer.from(parts.join(''));
        const chunks = [];
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
        expect(split(limit, chunks)).toEqual(split(limit, [bytes]));
      }),
    );
  });

  it('are what stands between line breaks', () => {
    const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(line), (wanted) => {
        expect(split(1_000, [Buffer.from(wanted.map((text) => `${text}\n`).join(''))])).toEqual(wanted);
      }),
    );
  });

  it('are cut with a mark when too long, never inside a character, and the next line is whole', () => {
    expect(split(4, [Buffer.from('abc🐧🐧🐧\nnext\n')])).toEqual([
      'abc … [cut: the line is longer than 4 characters]',
      'next',
    ]);
    expect(split(4, [Buffer.from('abcd\r\nabcd\n')])).toEqual(['abcd', 'abcd']);
  });
});

describe('a step that prints', () => {
  let local: LocalAttempts;
  beforeAll(async () => {
    local = await createLocalAttempts({ limits: { logLines: 1_000, logBytes: 100_000 } });
  });
  afterAll(async () => {
    await local.dispose();
  });

  it('is heard while it runs, not only at its end', async () => {
    const { attempt, said } = local.start('echo first; read -r _ < /dev/zero');
    expect(await said(/first/)).toBe('first');
    attempt.cancel(0);
    await attempt.result;
  });

  it('may print bytes that are no text', async () => {
    const { result, out } = await local.run(String.raw`printf 'a\377b\000c\033[31m\n'`);
    expect(result.outcome).toBe('succeeded');
    expect(out).toEqual(['a\ufffdb\0c\u001b[31m']);
  });

  it('goes on when the log is full of lines, which is said once', async () => {
    const { result, lines, out } = await local.run('seq 5000; echo done >&2');
    expect(result.outcome).toBe('succeeded');
    expect(out).toHaveLength(1_000);
    const system = lines.filter((line) => line.stream === 'system').map((line) => line.text);
    expect(system).toHaveLength(1);
    expect(system[0]).toMatch(/at most 1000 lines .* is dropped, and the step goes on/);
  });

  it('goes on when the log is full of bytes, and its last words are still quoted if it fails', async () => {
    const { failure, lines } = await local.run(
      'head -c 200000 /dev/zero | tr "\\0" x | fold -w 100; echo the end >&2; exit 2',
    );
    expect(failure?.message).toContain('exit code 2: the end');
    const bytes = lines.reduce((sum, line) => sum + (line.stream === 'system' ? 0 : line.text.length + 1), 0);
    expect(bytes).toBeLessThanOrEqual(100_000);
  });

  it('takes no more memory for 300 MB without a single line break', async () => {
    const before = process.memoryUsage().rss;
    const { result, out } = await local.run('head -c 300000000 /dev/zero | tr "\\0" x');
    expect(result.outcome).toBe('succeeded');
    expect(out).toHaveLength(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });
});
