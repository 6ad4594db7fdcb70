// `kubernetes` steps as they are written: what they mean, and what a person reads who made a mistake in one.

import { describe, expect, test } from 'vitest';

import { canonicalJson } from '../../../src/core/definition/canonical.ts';
import { mermaidOf, outlineOf } from '../../../src/core/definition/drawing.ts';
import { placesOf, readOne, refusalsOf, withStep } from './text.ts';

function pod(...lines: readonly string[]): string {
  return withStep('kubernetes:', ...lines.map((line) => `  ${line}`));
}

const said = (text: string): readonly string[] =>
  refusalsOf(text).map(({ message, hint }) => `${message}${hint === undefined ? '' : ` ${hint}`}`);

describe('a kubernetes step', () => {
  test('may be an image alone', () => {
    expect(readOne(withStep('kubernetes: python:3.12')).steps[0]?.work).toEqual({
      kind: 'kubernetes',
      pod: { image: 'python:3.12' },
    });
  });

  test('says what is started and what it may use; amounts may be numbers', () => {
    const text = pod(
      'image: team/train:1',
      'command: [python, train.py]',
      'args: [--seed, 7]',
      'cpu: 2',
      'memory: 4Gi',
    );
    expect(readOne(`${text}\n      gpu: 1\n      disk: 10Gi\n      serviceAccount: trainer`).steps[0]?.work).toEqual({
      kind: 'kubernetes',
      pod: {
        image: 'team/train:1',
        command: ['python', 'train.py'],
        args: ['--seed', '7'],
        cpu: '2',
        memory: '4Gi',
        disk: '10Gi',
        gpu: '1',
        serviceAccount: 'trainer',
      },
    });
  });

  test('keeps the order of its words in what it means', () => {
    const one = readOne(pod('image: a', 'args: [x, y]', 'cpu: 1'));
    expect(canonicalJson(one)).toBe(canonicalJson(readOne(pod('cpu: 1', 'args: [x, y]', 'image: a'))));
    expect(canonicalJson(one)).not.toBe(canonicalJson(readOne(pod('image: a', 'args: [y, x]', 'cpu: 1'))));
  });

  test('is drawn with its image', () => {
    const definition = readOne(pod('image: team/train:1', 'cpu: 2'));
    expect(outlineOf(definition).join('\n')).toContain('x  kubernetes team/train:1');
    expect(mermaidOf(definition).join('\n')).toContain('kubernetes team/train:1');
  });

  test('takes names of the run in its texts, and secrets in its env alone', () => {
    const head = 'id: a\nparams: { island: biscoe, size: 4Gi }\nsteps:\n  - id: x\n';
    const good = `${head}    kubernetes: { image: "team/\${island}:1", args: ["\${island}"], memory: "\${size}" }\n    env: { TOKEN: "\${secrets.token}" }`;
    expect(placesOf(good)).toEqual([]);
    const bad = `${head}    kubernetes: { image: x, args: ["\${secrets.token}", "\${isle}"] }`;
    const [first, second] = refusalsOf(bad);
    expect(first?.message).toContain('a secret may only stand in `env`: everything else of a pod is shown.');
    expect(first?.hint).toContain('Write env: { TOKEN: "${secrets.token}" }');
    expect(second?.message).toContain('There is no parameter "isle"');
    expect(placesOf(bad)).toEqual(['5:37 unknown-name', '5:57 unknown-name']);
  });

  test('that has no image is told so', () => {
    expect(said(pod('cpu: 1'))).toEqual([
      expect.stringMatching(/^`kubernetes` needs an `image`\. For example kubernetes: \{/u),
    ]);
  });

  test.each([
    ['image: python train.py', 'cannot be the name of an image'],
    ['image: "--privileged"', 'cannot be the name of an image'],
    ['command: python train.py', 'must be a list of words, and this is a text. Write [python, train.py]'],
    ['memory: 4GB', 'Did you mean 4Gi?'],
    ['memory: 512mb', 'Did you mean 512Mi?'],
    ['memory: 4', '`memory: 4` would be 4 bytes. Did you mean 4Gi?'],
    ['memory: lots', 'Write 4Gi or 500Mi.'],
    ['cpu: half', 'Write 2, or 500m for half of one.'],
    ['cpu: -1', 'Write 2, or 500m for half of one.'],
    ['gpu: 0.5', 'Write 1, a whole number.'],
    ['privileged: true', 'privileged'],
  ])('with `%s` reads what to do', (line, words) => {
    const image = line.startsWith('image') ? [] : ['image: a'];
    expect(said(pod(...image, line)).join('\n')).toContain(words);
  });

  test.each(['artifacts: [a.csv]', 'requirements: [pandas==2.2.3]', 'heartbeat: 1m'])('has no use for `%s`', (line) => {
    expect(said(withStep('kubernetes: a', line)).join('\n')).toContain(
      'has no effect on a step that does `kubernetes`',
    );
  });
});
