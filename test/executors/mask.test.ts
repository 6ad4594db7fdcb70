// What hides secrets in the output of a step, whatever writing they come in and wherever a line is torn.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../src/executors/process/line-splitter.ts';
import { createMask, type Mask } from '../../src/executors/process/mask.ts';

const TOKEN = 'ghp_hunter2/+=S3cret&more?';

function maskOf(...values: readonly string[]): Mask {
  const mask = createMask();
  for (const [index, value] of values.entries()) expect(mask.learn(`s${String(index)}`, value)).toBe(true);
  return mask;
}

describe('a secret is hidden', () => {
  const mask = maskOf(TOKEN);
  const json = JSON.stringify(TOKEN);
  it.each([
    ['as it is', TOKEN, '•••'],
    ['among other things', `a${TOKEN}b${TOKEN}${TOKEN}c`, 'a•••b•••c'],
    ['percent-encoded', encodeURIComponent(TOKEN), '•••'],
    ['percent-encoded with small letters', encodeURIComponent(TOKEN).toLowerCase().replace('s3', 'S3'), '•••'],
    ['percent-encoded to the last letter', `?q=${everyByte(TOKEN)}&`, '?q=•••&'],
    ['in JSON', `{"a":${json}}`, '{"a":"•••"}'],
    ['in JSON in JSON', JSON.stringify(`{"a":${json.replaceAll('/', '\\/')}}`), '"{\\"a\\":\\"•••\\"}"'],
    ['in JSON with escapes for letters', `"${everyUnit(TOKEN)}"`, '"•••"'],
    ['in hex', `0x${Buffer.from(TOKEN).toString('hex')}`, '0x•••'],
    ['in base64', Buffer.from(TOKEN).toString('base64').replace(/=+$/u, ''), '•••'],
    ['in base64 with a line break', Buffer.from(`${TOKEN}\n`).toString('base64'), '•••K'],
    ['in base64 that is percent-encoded', encodeURIComponent(Buffer.from(TOKEN).toString('base64url')), '•••'],
  ])('%s', (_how, line, hidden) => {
    expect(mask.hide(line)).toBe(hidden);
    expect(mask.find(line)).toBe('s0');
  });

  it('in base64 and hex of anything that holds it, with all that depends on it', () => {
    const others = fc.string({ unit: 'grapheme', maxLength: 12 });
    const secret = fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(secret, others, others, (value, before, after) => {
        fc.pre(value.trim().length >= 4);
        const own = maskOf(value);
        for (const encoding of ['base64', 'base64url', 'hex'] as const) {
          const line = Buffer.from(`${before}${value}${after}`).toString(encoding);
          expect(own.find(line)).toBe('s0');
          expect(own.hide(line)).toContain('•••');
          const rest = own.hide(line).split('•••');
          const shown = rest.map((part) => Buffer.from(part, encoding).toString()).join('');
          expect(shown.includes(value.trim())).toBe(false);
        }
      }),
    );
  });

  it('also where two overlap or touch', () => {
    expect(maskOf('abcdef', 'defghi').hide('abcdefghi')).toBe('•••');
    expect(maskOf('aaaa').hide('aaaaaaa-aaa')).toBe('•••-aaa');
    expect(maskOf('abcd', 'efgh').hide('abcdefgh!')).toBe('•••!');
    expect(maskOf('abcdefgh', 'cdef').hide('xabcdefghx')).toBe('x•••x');
  });

  it('and nothing else is', () => {
    for (const line of [
      '',
      'say ghp_hunter now',
      'ghp_hun',
      '100 % \\o/ 5+5',
      '%',
      '%4',
      '%zz\\',
      '\\u00',
      '%C3%28 %ff',
      'z'.repeat(100),
    ]) {
      expect(mask.hide(line)).toBe(line);
      expect(mask.find(line)).toBeUndefined();
    }
    expect(createMask().hide(TOKEN)).toBe(TOKEN);
  });
});

function everyByte(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function everyUnit(text: string): string {
  return Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

describe('a secret of several lines', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n  AQEFAASC \nx=\n-----END KEY-----';

  it('is hidden line by line, but for what is shorter than four characters', () => {
    const mask = maskOf(key);
    expect(key.split('\n').map((line) => mask.hide(line))).toEqual(['•••', '•••', '  ••• ', 'x=', '•••']);
    expect(mask.hide(JSON.stringify(key))).toBe('"•••\\n•••\\n  ••• \\nx=\\n•••"');
  });

  it('is hidden in base64 as a whole and in part', () => {
    const mask = maskOf(key);
    expect(mask.hide(Buffer.from(key).toString('base64').replaceAll('=', ''))).toBe('•••');
    expect(mask.hide(Buffer.from('MIIEvQIBADANBgkqhkiG9w0').toString('base64').replaceAll('=', ''))).toBe('•••');
  });
});

describe('what cannot be hidden', () => {
  it.each(['', 'abc', 'ab\ncde\nf', '    ', ' abc '])('is not learnt: %j', (value) => {
    expect(createMask().learn('x', value)).toBe(false);
  });
});

describe('a line break inside of a secret', () => {
  const secret = 'correct-horse-battery-staple-and-a-lot-more-of-the-same-kind-0123456789-abcdefghij';
  const mask = maskOf(secret);

  it('leaves no piece of eight characters and more', () => {
    for (const text of [secret, Buffer.from(secret).toString('base64').replace(/.=+$/u, '')]) {
      fc.assert(
        fc.property(fc.integer({ min: 8, max: 76 }), fc.stringMatching(/^[ :a-z]{0,9}$/u), (width, before) => {
          const folded = `${before}${text}`.match(new RegExp(`.{1,${String(width)}}`, 'gu')) ?? [];
          const shown = folded.map((line) => mask.hide(line)).filter((line) => hasPiece(line, text));
          expect(shown).toEqual([]);
        }),
      );
    }
  });

  it('and a cut of a line that is too long leave none', () => {
    for (let before = 0; before < 120; before += 1) {
      const lines: string[] = [];
      const splitter = createLineSplitter(100, (line) => lines.push(line), mask);
      splitter.write(Buffer.from(`${'x'.repeat(before)}${encodeURIComponent(`${secret}/`)}${'y'.repeat(900)}\nnext\n`));
      expect(hasPiece(lines[0] ?? '', secret)).toBe(false);
      expect(lines[0]).toMatch(
        before < 100 ? /^x*•••.*\[cut: the line is longer than 100 characters\]$/u : /^x{100} … /u,
      );
      expect(lines[1]).toBe('next');
    }
  });
});

function hasPiece(line: string, text: string): boolean {
  for (let at = 0; at + 8 <= text.length; at += 1) if (line.includes(text.slice(at, at + 8))) return true;
  return false;
}

it('chunks may end anywhere', () => {
  const line = `a ${TOKEN} b ${encodeURIComponent(`ü${TOKEN}`)} c\n`;
  for (let size = 1; size < 30; size += 1) {
    const lines: string[] = [];
    const splitter = createLineSplitter(1_000, (text) => lines.push(text), maskOf(TOKEN));
    const bytes = Buffer.from(line);
    for (let at = 0; at < bytes.length; at += size) splitter.write(bytes.subarray(at, at + size));
    expect(lines).toEqual(['a ••• b %C3%BC••• c']);
  }
});
