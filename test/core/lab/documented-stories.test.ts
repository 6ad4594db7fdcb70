// The stories that we show: those of the example, of docs/testing.md and of docs/signals.md hold, in any weather.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentKind } from '../../../src/core/definition/document-kind.ts';
import { readProps } from '../../../src/core/lab/read-props.ts';
import { readStory } from '../../../src/core/lab/read-story.ts';
import { tryStory } from '../../../src/core/lab/try-story.ts';
import { mishaps } from '../../../src/core/lab/weather.ts';

const root = join(import.meta.dirname, '../../..');

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

const guide = /```yaml\n([^]*?)```/u.exec(textOf('docs/testing.md'))?.[1] ?? '';
const folding = [...textOf('docs/signals.md').matchAll(/```yaml\n([^]*?)```/gu)]
  .map(([, block = '']) => block)
  .filter((block) => block.includes('\nkind: test\n'));
const shown = {
  'examples/penguins': `${textOf('examples/penguins/penguins.downbeat.yaml')}\n---\n${textOf('examples/penguins/penguins.tests.downbeat.yaml')}`,
  'docs/testing.md': guide,
  'docs/signals.md': folding.join('---\n'),
};

describe.each(Object.entries(shown))('the stories of %s', (_, text) => {
  const documents = text.split(/^---$/mu).map((part) => ({ text: part, kind: documentKind(part) }));
  const { props, faults } = readProps(documents, {});
  const stories = documents.filter(({ kind }) => kind === 'test').map((document) => readStory(document.text));

  test('can be read', () => {
    expect(faults).toEqual([]);
    expect(stories.length).toBeGreaterThan(0);
    expect(stories.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('hold, in calm and in bad weather', () => {
    for (const story of stories) {
      if (!story.ok) continue;
      const isLong = story.value.name.includes('of a year');
      const { played } = tryStory(story.value, props, { mishaps: isLong ? [] : mishaps, seeds: 10, seed: 1 });
      expect({ name: story.value.name, faults: played.faults }).toEqual({ name: story.value.name, faults: [] });
    }
  });
});
