// What a story stands on: the workflows, pools and templates of the files around it, read together.

import { type Definition } from '../definition/model.ts';
import { type PoolDefinition, readPool } from '../definition/pool/read-pool.ts';
import { readDefinitions, type ReadOptions } from '../definition/read.ts';
import { parseSource } from '../definition/source/parse-source.ts';
import { type KnownTemplates } from '../definition/template/expand.ts';
import { readTemplate } from '../definition/template/read-template.ts';
import { type StoredTemplate } from '../definition/template/template.ts';
import { type Refusal } from '../refusal.ts';

/** Everything of the files that stories can play with. */
export interface Props {
  readonly definitions: readonly Definition[];
  readonly pools: readonly PoolDefinition[];
}

/** A document with the word under its `kind`. */
export interface PropsDocument {
  readonly kind: string;
  readonly text: string;
}

/** What is wrong with one of the documents. */
export interface PropsFault<D extends PropsDocument> {
  readonly document: D;
  readonly refusals: readonly Refusal[];
}

/** Reads all documents; a template stands before those that inherit from it. Kinds that stories do not need are passed over. */
export function readProps<D extends PropsDocument>(
  documents: readonly D[],
  options: Pick<ReadOptions, 'checkCron'>,
): { readonly props: Props; readonly faults: readonly PropsFault<D>[] } {
  const templates = templatesOf(documents.filter(({ kind }) => kind === 'template'));
  const faults: PropsFault<D>[] = [];
  const definitions: Definition[] = [];
  const pools: PoolDefinition[] = [];
  for (const document of documents) {
    if (document.kind === 'workflow') {
      const read = readDefinitions(document.text, { ...options, templates });
      if (read.ok) definitions.push(...read.value.map(({ definition }) => definition));
      else faults.push({ document, refusals: read.failure });
    } else if (document.kind === 'pool') {
      const read = readPool(document.text);
      if (read.ok) pools.push(read.value);
      else faults.push({ document, refusals: read.failure });
    }
  }
  return { props: { definitions, pools }, faults };
}

function templatesOf(documents: readonly PropsDocument[]): KnownTemplates {
  const byName = new Map<string, StoredTemplate>();
  for (const { text } of documents) {
    const root = parseSource(text)[0]?.root;
    if (root === undefined) continue;
    const bases = readTemplate(root, { version: 1 }).read?.bases ?? [];
    const parents = bases.flatMap(({ id }) => byName.get(id) ?? []);
    const { read } = readTemplate(root, { version: 1, parents });
    if (read === undefined) continue;
    byName.set(read.template.id, { template: read.template, version: 1, source: '', files: [] });
  }
  return { byName, names: [...byName.keys()] };
}
