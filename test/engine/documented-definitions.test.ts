// Every definition that a page or an example shows is applied and run, with steps as processes: what is documented works.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDefinitions } from '../../src/core/definition/read.ts';
import { type Answer } from '../../src/engine/answer.ts';
import { type DefinitionInput } from '../../src/engine/definition-input.ts';
import { type Json } from '../../src/core/json.ts';
import {
  blocksOf,
  documentedPages,
  type DocumentedBlock,
  exampleFiles,
  type WholeDocument,
  wholeDocuments,
} from '../support/documented-definitions.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

const root = join(import.meta.dirname, '../..');
const caller = { actor: 'reader' };
const entries = (values: Readonly<Record<string, unknown>>): readonly { name: string; value: Json }[] =>
  Object.entries(values).map(([name, value]) => ({ name, value: value as Json }));

/** Applies one document with the files that lie beside the page; the answer names what was refused. */
async function apply(lab: TestEngine, { kind, source }: WholeDocument, folder: string): Promise<readonly string[]> {
  const read = readDefinitions(source);
  const wanted = read.ok ? read.value.flatMap(({ filesWanted }) => filesWanted) : [];
  const files = wanted.map((path) => ({ path, content: new Uint8Array(readFileSync(join(folder, path))) }));
  const answer = await applied(lab, { kind, source, files });
  return answer.ok ? [] : answer.refusals.map(({ message, place }) => `${String(place?.line ?? 0)}: ${message}`);
}

function applied(
  { engine }: TestEngine,
  { kind, source, files }: Pick<WholeDocument, 'kind' | 'source'> & Pick<DefinitionInput, 'files'>,
): Promise<Answer<unknown>> {
  if (kind === 'template') return engine.applyTemplate({ source, files }, caller);
  if (kind === 'signal') return engine.applySignalType({ source, force: false }, caller);
  return engine.applyWorkflow({ source, files, activate: true }, caller);
}

async function play(lab: TestEngine, id: string, { wish }: DocumentedBlock): Promise<void> {
  const started = await lab.engine.startRun({ workflowId: id, params: entries(wish.params), labels: [] }, caller);
  if (!started.ok) throw new Error(started.refusals.map(({ message }) => message).join('\n'));
  for (const { name, params } of wish.publish) {
    await lab.engine.publishSignals([{ name, params: entries(params) }], caller);
  }
  const { state } = await lab.ended(`${id}/${String(started.value.state.number)}`);
  const failures = state.steps.flatMap((step) => step.attempts.flatMap(({ failure }) => failure?.message ?? []));
  expect({ status: state.status, failures: state.status === wish.expected ? [] : failures }).toEqual({
    status: wish.expected,
    failures: [],
  });
}

async function tryBlock(lab: TestEngine, block: DocumentedBlock, folder: string): Promise<void> {
  const documents = wholeDocuments(block);
  for (const document of documents) {
    const refused = await apply(lab, document, folder);
    if (block.wish.expected === 'refused') expect(refused).not.toEqual([]);
    else expect(refused).toEqual([]);
  }
  if (['applied', 'refused'].includes(block.wish.expected)) return;
  for (const { runs, id } of documents) if (runs) await play(lab, id, block);
}

describe.each(documentedPages().filter((page) => blocksOf(page).length > 0))('%s', (page) => {
  let lab: TestEngine;
  beforeAll(async () => {
    lab = await createTestEngine();
  });
  afterAll(async () => {
    await lab.stop();
    expect(lab.errors).toEqual([]);
  });

  test.each(blocksOf(page))('the block at $place works as it says', async (block) => {
    await tryBlock(lab, block, dirname(join(root, page)));
  });
});

const runnable = exampleFiles().filter((file) => {
  const documents = wholeDocuments({ text: readFileSync(join(root, file), 'utf8') });
  return documents.length > 0;
});

describe.each(runnable)('%s', (file) => {
  test('applies and runs to its end', async () => {
    const lab = await createTestEngine();
    try {
      const text = readFileSync(join(root, file), 'utf8');
      const wish = { expected: 'SUCCEEDED', params: {}, publish: [] };
      const folder = dirname(join(root, file));
      await tryBlock(lab, { place: file, text, wish: { ...wish, expected: 'applied' } }, folder);
      // The first of several is the one to start; the others wait for its signals.
      const [first] = wholeDocuments({ text });
      await play(lab, first?.id ?? '', { place: file, text, wish });
    } finally {
      await lab.stop();
    }
    expect(lab.errors).toEqual([]);
  });
});
