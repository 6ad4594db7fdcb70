// Showing where a fault is.

import { describe, expect, it } from 'vitest';
import { caret } from '../../../src/core/expression/fault.ts';
import { faultOf } from './scope.ts';

const shown = (source: string): string => caret(source, faultOf(source));

describe('the caret', () => {
  it.each<readonly [source: string, expected: string]>([
    ['1 +', '1 +\n   ^'],
    ['steps.clean.rowz > 1', 'steps.clean.rowz > 1\n            ^^^^'],
    ['1 + missing', '1 + missing\n    ^^^^^^^'],
    ['cutoff / 0', 'cutoff / 0\n       ^'],
    ['true && (1 < 2) && 3', 'true && (1 < 2) && 3\n                   ^'],
    ['island.substring(9)', 'island.substring(9)\n       ^^^^^^^^^^^^'],
    ['', '\n^'],
  ])('stands under the fault of %j', (source, expected) => {
    expect(shown(source)).toBe(expected);
  });

  it('shows the right line of several', () => {
    expect(shown('cutoff >\n  missing\n  + 1')).toBe('  missing\n  ^^^^^^^');
    expect(shown('cutoff >\r\n  missing')).toBe('  missing\n  ^^^^^^^');
    expect(shown('cutoff >\n')).toBe('\n^');
  });

  it('keeps tabs, so that it stands right in any terminal', () => {
    expect(shown('\t1 +\tmissing')).toBe('\t1 +\tmissing\n\t   \t^^^^^^^');
  });

  it('does not run over the end of the line', () => {
    expect(caret('ab\ncd', { from: 1, to: 5 })).toBe('ab\n ^');
  });

  it('shows the part around the fault of a very long line', () => {
    const source = `${'1 + '.repeat(200)}missing${' + 1'.repeat(200)}`;
    const [line = '', mark = ''] = shown(source).split('\n');
    expect(line.length).toBeLessThanOrEqual(122);
    expect(line.slice(mark.indexOf('^'), mark.length)).toBe('missing');
  });

  it('bears spans that are outside the text', () => {
    expect(caret('ab', { from: 9, to: 12 })).toBe('ab\n  ^');
  });
});
