// A workflow as an outline and as a Mermaid flowchart.

import { expect, test } from 'vitest';
import { mermaidOf, outlineOf } from '../../../src/core/definition/drawing.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';

function definitionOf(text: string): Definition {
  const read = readDefinitions(text);
  const [only] = read.ok ? read.value : [];
  if (only === undefined) throw new Error('not a definition');
  return only.definition;
}

const birds = definitionOf(`
id: birds
params: { n: 1 }
triggers: [{ signal: birds.seen }, { cron: "0 6 * * *" }]
steps:
  - { id: end, needs: { each: "n > 1" }, publish: { signal: done } }
  - { id: get, run: ls }
  - id: each
    needs: get
    when: n < 5
    foreach: { k: [1, 2] }
    steps: [{ id: a, noop: true }, { id: b, needs: a, sleep: 5s }]
finally: [{ id: tidy, run: ls }]
`);

test('the outline has each step behind what it needs, with its work and its conditions', () => {
  expect(outlineOf(birds)).toEqual([
    'birds',
    '  starts on birds.seen',
    '  starts at 0 6 * * * UTC',
    '├─ get   run',
    '├─ each  foreach k  after get  when n < 5',
    '│  ├─ a  noop',
    '│  └─ b  sleep 5s  after a',
    '└─ end   publish done  after each if n > 1',
    'finally',
    '└─ tidy  run',
  ]);
});

test('the flowchart has boxes for loops, labels for conditions, and names of its own, since steps may be called `end`', () => {
  expect(mermaidOf(birds)).toEqual([
    'flowchart TD',
    '  start(["birds"])',
    '  t0>"on birds.seen"] --> start',
    '  t1>"at 0 6 * * * UTC"] --> start',
    '  s0["end<br/>publish done"]',
    '  s1["get<br/>run"]',
    '  subgraph s2["each<br/>foreach k"]',
    '    s3["a<br/>noop"]',
    '    s4["b<br/>sleep 5s"]',
    '  s3 --> s4',
    '  end',
    '  start --> s1',
    '  s2 -->|"n &gt; 1"| s0',
    '  s1 -->|"n &lt; 5"| s2',
    '  subgraph finally',
    '    s5["tidy<br/>run"]',
    '  end',
  ]);
});
