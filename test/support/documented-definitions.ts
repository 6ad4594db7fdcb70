// The YAML blocks of Markdown pages: where they stand, what is expected of them, and the whole definition that each stands for.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A block of YAML in a page. */
export interface DocumentedBlock {
  /** `docs/guide.md:25`: the line of its first character. */
  readonly place: string;
  readonly text: string;
  readonly wish: BlockWish;
}

/**
 * What a page says of a block, in comments at its head or in one HTML comment on the line above it:
 * `expected: FAILED` (how its run ends; SUCCEEDED if nothing is said), `expected: applied` (it is not run),
 * `expected: refused`, `params: {"n": 1}` for the start, `publish: name {"rows": 1}` once the run has begun.
 */
export interface BlockWish {
  readonly expected: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly publish: readonly { readonly name: string; readonly params: Readonly<Record<string, unknown>> }[];
}

const root = join(import.meta.dirname, '../..');

/** Pages that people read, relative to the repository. */
export function documentedPages(): readonly string[] {
  return ['README.md', ...filesIn('docs', '.md'), ...filesIn('examples', '.md')];
}

/** All YAML blocks of a page, in order. */
export function blocksOf(page: string): readonly DocumentedBlock[] {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  const blocks: DocumentedBlock[] = [];
  for (let line = 0; line < lines.length; line++) {
    const fence = /^(\s*)(`{3,})ya?ml\s*$/u.exec(lines[line] ?? '');
    if (fence === null) continue;
    const [, indent = '', ticks = ''] = fence;
    const end = lines.findIndex((other, index) => index > line && other.trim() === ticks);
    const body = lines.slice(line + 1, end).map((text) => (text.startsWith(indent) ? text.slice(indent.length) : text));
    const text = `${body.join('\n')}\n`;
    blocks.push({ place: `${page}:${String(line + 2)}`, text, wish: wishOf([lines[line - 1] ?? '', ...body]) });
    line = end;
  }
  return blocks;
}

/** Definitions in files of their own under examples/. */
export function exampleFiles(): readonly string[] {
  return filesIn('examples', '.downbeat.yaml');
}

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .sort();
}

function wishOf([above = '', ...body]: readonly string[]): BlockWish {
  const head = body.slice(0, body.findIndex((line) => !/^\s*(?:#|$)/u.test(line)) + 1);
  const said = [
    ...(/^\s*<![-]{2}(.*)[-]{2}>/u.exec(above)?.[1] ?? '').split(';'),
    ...head.map((line) => line.replace(/^\s*#\s?/u, '')),
  ];
  const values = (key: string): readonly string[] =>
    said.flatMap((line) => new RegExp(`^\\s*${key}:\\s*(.+?)\\s*$`, 'u').exec(line)?.[1] ?? []);
  return {
    expected: values('expected')[0] ?? 'SUCCEEDED',
    params: JSON.parse(values('params')[0] ?? '{}') as Record<string, unknown>,
    publish: values('publish').map((text) => {
      const [, name = '', params = '{}'] = /^(\S+)\s*(\{.*\})?$/u.exec(text) ?? [];
      return { name, params: JSON.parse(params) as Record<string, unknown> };
    }),
  };
}

/** One document that can be applied, made whole where it shows only a part. */
export interface WholeDocument {
  readonly kind: string;
  readonly id: string;
  readonly source: string;
  /** Whether there are steps of its own to run. */
  readonly runs: boolean;
}

/** The documents of a block; a block that shows a part (triggers, params, some steps) gets what is missing around it. */
export function wholeDocuments({ text }: Pick<DocumentedBlock, 'text'>): readonly WholeDocument[] {
  return text
    .split(/^---$/mu)
    .filter((part) => part.replace(/^\s*#.*$/gmu, '').trim() !== '')
    .map(wholeDocument)
    .filter(({ kind }) => TRIED.has(kind));
}

/** Pools, tests and settings of the server have tests of their own. */
const TRIED: ReadonlySet<string> = new Set(['workflow', 'template', 'signal', 'maestro']);
const OF_WORKFLOWS = ['id', 'steps', 'triggers', 'params', 'finally'];

function kindOf(keys: Readonly<Record<string, unknown>>): string {
  if (typeof keys['kind'] === 'string') return keys['kind'];
  return OF_WORKFLOWS.some((key) => keys[key] !== undefined) ? 'workflow' : 'settings';
}

function isMaestro(keys: Readonly<Record<string, unknown>>): boolean {
  return keys['Workflow'] !== undefined || keys['workflow'] !== undefined;
}

function wholeDocument(text: string): WholeDocument {
  const value: unknown = parseAllDocuments(text)[0]?.toJS();
  if (Array.isArray(value)) return wholeDocument(`steps:\n${text.replace(/^/gmu, '  ')}`);
  const keys = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  if (isMaestro(keys)) return { kind: 'maestro', id: '', source: text, runs: false };
  const kind = kindOf(keys);
  const id = typeof keys['id'] === 'string' ? keys['id'] : 'part';
  const head = keys['id'] === undefined && kind !== 'signal' ? `id: ${id}\n` : '';
  const runs = keys['steps'] !== undefined;
  const tail = kind === 'workflow' && !runs ? '\nsteps: [{ id: nothing, noop: true }]\n' : '';
  return { kind, id, source: `${head}${text}${tail}`, runs: runs && kind === 'workflow' };
}
