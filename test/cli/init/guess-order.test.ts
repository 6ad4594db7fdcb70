// In which order the scripts of a folder are taken to run.

import { describe, expect, it } from 'vitest';
import { guessOrder } from '../../../src/cli/init/guess-order.ts';
import { languageOf, type Script } from '../../../src/cli/init/script.ts';

function script(path: string, text = ''): Script {
  return { path, language: languageOf(path) ?? 'shell', text };
}

function orderOf(...paths: readonly string[]): readonly string[] {
  return guessOrder(paths.map((path) => script(path))).scripts.map(({ path }) => path);
}

describe('the order of scripts', () => {
  it.each([
    ['numbers in front', ['10_report.py', '2_clean.sh', '1_get.js'], ['1_get.js', '2_clean.sh', '10_report.py']],
    ['numbers after a word for a step', ['step2.py', 'step10.py', 'step1.py'], ['step1.py', 'step2.py', 'step10.py']],
    ['numbered folders', ['02_b/1.py', '01_a/2.py', '01_a/1.py'], ['01_a/1.py', '01_a/2.py', '02_b/1.py']],
    ['numbered ones before the others', ['a.py', '01_z.py'], ['01_z.py', 'a.py']],
    [
      'words',
      ['plot.py', 'train_model.py', 'cleanData.py', 'download-penguins.sh'],
      ['download-penguins.sh', 'cleanData.py', 'train_model.py', 'plot.py'],
    ],
    ['load at the beginning', ['clean.py', 'load.py'], ['load.py', 'clean.py']],
    [
      'load at the end of extract, transform, load',
      ['load.py', 'transform.py', 'extract.py'],
      ['extract.py', 'transform.py', 'load.py'],
    ],
    ['words that say nothing last', ['a.py', 'report.py', 'fetch.py'], ['fetch.py', 'report.py', 'a.py']],
    ['the alphabet where all say the same', ['fetch_b.py', 'fetch_a.py'], ['fetch_a.py', 'fetch_b.py']],
    ['the alphabet', ['b.py', 'c.py', 'a.py'], ['a.py', 'b.py', 'c.py']],
    ['no order from years', ['2026_b.py', '1999_c.py'], ['1999_c.py', '2026_b.py']],
  ])('comes from %s', (_what, given, expected) => {
    expect(orderOf(...given)).toEqual(expected);
  });

  it('comes from the script that starts the others, whatever their names say', () => {
    const scripts = [
      script('all.sh', '# report.py first? no\npython3 zebra.py\npython3 apple.py && python3 report.py\n'),
      script('apple.py'),
      script('report.py'),
      script('zebra.py'),
    ];
    const { scripts: order, by, runner } = guessOrder(scripts);
    expect({ order: order.map(({ path }) => path), by, runner: runner?.path }).toEqual({
      order: ['zebra.py', 'apple.py', 'report.py'],
      by: 'runner',
      runner: 'all.sh',
    });
  });

  it('says what it rests on', () => {
    expect(guessOrder([script('a.py'), script('2.py')]).by).toBe('numbers');
    expect(guessOrder([script('plot.py'), script('fetch.py')]).by).toBe('words');
    expect(guessOrder([script('b.py'), script('a.py')]).by).toBe('alphabet');
  });
});
