// Templates by name, with what they inherit, ready to be filled in. A version never changes, so what was read once is kept.

import { type ReadDefinition, type ReadOptions, readDefinitions } from '../../core/definition/read.ts';
import { parseSource } from '../../core/definition/source/parse-source.ts';
import { type KnownTemplates } from '../../core/definition/template/expand.ts';
import { readTemplate } from '../../core/definition/template/read-template.ts';
import {
  type StoredTemplate,
  type TemplateSource,
  type TemplateVersionName,
  parseTemplateName,
} from '../../core/definition/template/template.ts';
import { templateEntity } from '../../core/ids.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Result, success } from '../../core/result.ts';
import { cronProblem } from '../../core/trigger/schedule.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { type TemplateState, templateVersionOf } from '../../core/template/template.ts';
import { type Blobs } from '../../ports/blobs.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';

/** What templates are read through. */
export interface TemplateParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
}

/** Names that are offered when one is mistyped. */
const mostNames = 1_000;

/** The state of a template, or undefined. */
export async function readTemplateState(
  { node, reader }: TemplateParts,
  templateId: string,
): Promise<TemplateState | undefined> {
  return (await reader.entity('template', templateEntity(templateId), node.partitionOf(templateId)))?.state;
}

/** A version of a template by its name, as steps write it; undefined if there is none. */
export async function templateNamed(parts: TemplateParts, text: string): Promise<StoredTemplate | undefined> {
  const name = parseTemplateName(text);
  const state = name && (await readTemplateState(parts, name.id));
  const version = state && templateVersionOf(state, name.version);
  return version && storedTemplate(parts.outside.blobs, version);
}

/** A version of a template with everything that it inherits. */
export async function storedTemplate(
  blobs: Blobs,
  { source, version }: { readonly source: string; readonly version: number },
): Promise<StoredTemplate> {
  const stored = await templateSource(blobs, source);
  const parents = await Promise.all(basesOf(stored).map((base) => storedTemplate(blobs, base)));
  const [document] = parseSource(stored.text);
  const { read } = document?.root === undefined ? {} : readTemplate(document.root, { version, parents });
  if (read === undefined) throw new Error(`the template ${source} cannot be read any more`);
  const files = new Map(
    [...parents.flatMap((parent) => parent.files), ...stored.files].map((file) => [file.path, file]),
  );
  return { template: read.template, version, source, files: [...files.values()] };
}

/** The versions that a template builds on. */
export function basesOf({ extends: base, inherits = [] }: TemplateSource): readonly TemplateVersionName[] {
  return base === undefined ? inherits : [base, ...inherits];
}

/** What is stored of a version. */
export async function templateSource(blobs: Blobs, source: string): Promise<TemplateSource> {
  const content = await blobs.get(source);
  if (content === undefined) throw new Error(`the template ${source} is not among the blobs`);
  return JSON.parse(decodeUtf8(content)) as TemplateSource;
}

/** Reads the definitions of a text with the templates that its steps use. */
export async function readWithTemplates(
  parts: TemplateParts,
  text: string,
): Promise<Result<readonly ReadDefinition[], readonly Refusal[]>> {
  const options: ReadOptions = { checkCron: cronProblem };
  const read = readDefinitions(text, options);
  const wanted = read.ok ? [...new Set(read.value.flatMap(({ templatesWanted }) => templatesWanted))] : [];
  if (wanted.length === 0) return read;
  const known = await knownTemplates(parts, wanted);
  const whole = readDefinitions(text, { ...options, templates: known });
  return whole.ok ? success(whole.value) : whole;
}

async function knownTemplates(parts: TemplateParts, wanted: readonly string[]): Promise<KnownTemplates> {
  const found = await Promise.all(wanted.map(async (name) => [name, await templateNamed(parts, name)] as const));
  const byName = new Map(found.flatMap(([name, stored]) => (stored === undefined ? [] : [[name, stored] as const])));
  const names = byName.size === wanted.length ? [] : await templateNames(parts);
  return { byName, names };
}

/** The names of all templates, the newest if there are very many. */
export async function templateNames({ outside, node }: TemplateParts): Promise<readonly string[]> {
  await node.projector.flush();
  const { rows } = await outside.projections.page('templates', { where: {}, order: 'NEWEST_FIRST', limit: mostNames });
  return rows.map(({ row }) => row.templateId);
}
