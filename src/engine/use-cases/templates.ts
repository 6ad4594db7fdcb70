// Templates: read, kept among the blobs, applied, listed; and who uses them.

import { nearest } from '../../core/expression/nearest.ts';
import { type FileReference } from '../../core/definition/model.ts';
import { refusalOf } from '../../core/definition/problem.ts';
import { type SourceNode } from '../../core/definition/source/node.ts';
import { parseSource } from '../../core/definition/source/parse-source.ts';
import { stepLists, stepsIn } from '../../core/definition/step-lists.ts';
import { type ReadTemplate, readTemplate } from '../../core/definition/template/read-template.ts';
import {
  type StoredTemplate,
  type TemplateName,
  type TemplateSource,
} from '../../core/definition/template/template.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Result, failed, success } from '../../core/result.ts';
import { templateVersionOf } from '../../core/template/template.ts';
import { encodeUtf8 } from '../../core/utf8.ts';
import { type Ask } from '../ask.ts';
import { type Definitions } from '../definitions.ts';
import { type DefinitionInput } from '../definition-input.ts';
import { type TemplateCases, type TemplateUse, type TemplateView } from '../template-cases.ts';
import { activeDefinitions } from './active-definitions.ts';
import { type createLists } from './read-lists.ts';
import {
  type TemplateParts,
  basesOf,
  readTemplateState,
  storedTemplate,
  templateNamed,
  templateNames,
  templateSource,
} from './read-templates.ts';

/** What templates are applied with. */
export interface TemplateDeskParts extends TemplateParts {
  readonly ask: Ask;
  readonly definitions: Definitions;
  readonly lists: Pick<ReturnType<typeof createLists>, 'templates' | 'countTemplates'>;
}

/** How many workflows are looked through for steps that use a template. */
const mostWorkflows = 1_000;

/** A text that was read with the version that it inherits from. */
interface Ready {
  readonly read: ReadTemplate;
  readonly text: string;
  readonly version: number;
  readonly parents: readonly StoredTemplate[];
}

/** Creates the use cases of templates. */
export function createTemplates(parts: TemplateDeskParts): TemplateCases {
  return {
    applyTemplate: (input, caller) => applyTemplate(parts, input, caller),
    planTemplate: (input) => planTemplate(parts, input),
    template: (templateId, version) => viewOf(parts, templateId, version),
    templates: parts.lists.templates,
    countTemplates: parts.lists.countTemplates,
    usesOfTemplate: (templateId) => usesOf(parts, templateId),
  };
}

async function applyTemplate(
  parts: TemplateDeskParts,
  input: Parameters<TemplateCases['applyTemplate']>[0],
  caller: Parameters<TemplateCases['applyTemplate']>[1],
): ReturnType<TemplateCases['applyTemplate']> {
  const { outside, node, ask } = parts;
  const ready = await readReady(parts, input);
  if (!ready.ok) return { ok: false, refusals: ready.failure };
  const missing = missingFiles(
    ready.value,
    input.files.map(({ path }) => path),
  );
  if (missing.length > 0) return { ok: false, refusals: missing };
  const { id: templateId, name, description } = ready.value.read.template;
  const wanted = input.files.filter(({ path }) => ready.value.read.filesWanted.includes(path));
  const files = await Promise.all(
    wanted.map(async ({ path, content }) => ({
      path,
      hash: await outside.blobs.put(content),
      size: content.byteLength,
    })),
  );
  const source = await outside.blobs.put(encodeUtf8(storedText(ready.value, files)));
  const { expectedVersion } = input;
  const asked = await ask(
    node.partitionOf(templateId),
    {
      type: 'ApplyTemplate',
      templateId,
      source,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    },
    caller,
    { target: templateId, args: { source, expectedVersion: expectedVersion ?? null } },
  );
  if (!asked.ok) return asked;
  if (asked.outcome.type !== 'TemplateApplied') throw new Error(`applying came to ${asked.outcome.type}`);
  const { version, changed } = asked.outcome;
  const view = await viewOf(parts, templateId, version);
  if (view === undefined) throw new Error(`template ${templateId} was applied and is not there`);
  return { ok: true, value: { view, changed }, cursor: [asked.place], replayed: asked.replayed };
}

/** What is stored: equal content gives the equal text. */
function storedText({ read, text, parents }: Ready, files: readonly FileReference[]): string {
  const bases = parents.map(({ template, version, source }) => ({ template: template.id, version, source }));
  const [base] = bases;
  const source: TemplateSource = {
    text,
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    ...(base === undefined ? {} : read.template.job === undefined ? { extends: base } : { inherits: bases }),
  };
  return JSON.stringify(source);
}

/** Reads the one template of a text, with the template that it builds on. */
async function readReady(
  parts: TemplateDeskParts,
  { source: text }: DefinitionInput,
): Promise<Result<Ready, readonly Refusal[]>> {
  const document = onlyDocument(text);
  if (!document.ok) return document;
  const first = readTemplate(document.value, { version: 1 });
  if (first.read === undefined || first.problems.length > 0) return failed(first.problems.map(refusalOf));
  const { id } = first.read.template;
  const version = ((await readTemplateState(parts, id))?.versions.length ?? 0) + 1;
  const parents: StoredTemplate[] = [];
  for (const base of first.read.bases) {
    const parent = await readParent(parts, first.read, base);
    if (!parent.ok) return parent;
    parents.push(parent.value);
  }
  if (parents.length === 0) return success({ read: first.read, text, version, parents });
  const whole = readTemplate(document.value, { version, parents });
  if (whole.read === undefined || whole.problems.length > 0) return failed(whole.problems.map(refusalOf));
  return success({ read: whole.read, text, version, parents });
}

function onlyDocument(text: string): Result<SourceNode, readonly Refusal[]> {
  const [document, ...others] = parseSource(text);
  if (document === undefined || others.length > 0) return failed([notOne(others.length + 1)]);
  const { root, problems } = document;
  if (root !== undefined && problems.length === 0) return success(root);
  const start = { line: 1, column: 1 };
  return failed(problems.map((problem) => refusalOf({ problem, path: problem.path, position: problem.at ?? start })));
}

async function readParent(
  parts: TemplateDeskParts,
  { template: { id, job } }: ReadTemplate,
  { id: named, version }: TemplateName,
): Promise<Result<StoredTemplate, readonly Refusal[]>> {
  const written = version === undefined ? named : `${named}@${String(version)}`;
  const parent = await templateNamed(parts, written);
  if (parent === undefined) return failed([unknownParent(written, await templateNames(parts))]);
  if (job === undefined && parent.template.job !== undefined) return failed([otherKind(written)]);
  const above = [named, ...(await ancestors(parts, parent))];
  return above.includes(id) ? failed([cycle(id, written)]) : success(parent);
}

/** The templates that a version builds on, however far up. */
async function ancestors({ outside }: TemplateDeskParts, { source }: StoredTemplate): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [source];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const base of basesOf(await templateSource(outside.blobs, at))) {
      found.push(base.template);
      open.push(base.source);
    }
  }
  return found;
}

function missingFiles({ read, parents }: Ready, given: readonly string[]): readonly Refusal[] {
  const here = [...given, ...parents.flatMap((parent) => parent.files.map(({ path }) => path))];
  return read.filesWanted
    .filter((path) => !here.includes(path))
    .map((path) => {
      const near = nearest(path, here);
      return {
        code: 'BAD_DEFINITION',
        message: `The template "${read.template.id}" names the file "${path}", which did not come with it.`,
        path: ['step'],
        hint: near === undefined ? 'Paths are relative to the folder of the template.' : `Did you mean "${near}"?`,
      };
    });
}

async function planTemplate(
  parts: TemplateDeskParts,
  input: DefinitionInput,
): ReturnType<TemplateCases['planTemplate']> {
  const { outside } = parts;
  const ready = await readReady(parts, input);
  if (!ready.ok) return { ok: false, refusals: ready.failure };
  const { read, version } = ready.value;
  const missing = missingFiles(
    ready.value,
    input.files.map(({ path }) => path),
  );
  if (missing.length > 0) return { ok: false, refusals: missing };
  const files = input.files
    .filter(({ path }) => read.filesWanted.includes(path))
    .map(({ path, content }) => ({ path, hash: outside.randomness.hash(content), size: content.byteLength }));
  const templateId = read.template.id;
  const newest = (await readTemplateState(parts, templateId))?.versions.at(-1);
  const isKnown = newest?.source === outside.randomness.hash(storedText(ready.value, files));
  const uses = await usesOf(parts, templateId);
  const next = isKnown ? version - 1 : version;
  return { ok: true, value: { templateId, current: newest?.version, version: next, isKnown, uses } };
}

async function usesOf(parts: TemplateDeskParts, templateId: string): Promise<readonly TemplateUse[]> {
  const active = await activeDefinitions(parts, mostWorkflows);
  return active.flatMap(({ version: workflowVersion, definition }) =>
    stepLists(definition)
      .flatMap(stepsIn)
      .flatMap(({ step: { id: stepId, template } }) =>
        template?.id === templateId
          ? [{ workflowId: definition.id, workflowVersion, stepId, version: template.version }]
          : [],
      ),
  );
}

async function viewOf(
  parts: TemplateDeskParts,
  templateId: string,
  wanted: number | undefined,
): Promise<TemplateView | undefined> {
  const state = await readTemplateState(parts, templateId);
  const version = state && templateVersionOf(state, wanted);
  if (state === undefined || version === undefined) return undefined;
  const { blobs } = parts.outside;
  const { template } = await storedTemplate(blobs, version);
  const { text } = await templateSource(blobs, version.source);
  return { state, version: version.version, template, text };
}

function notOne(count: number): Refusal {
  return {
    code: 'BAD_DEFINITION',
    message: `The text holds ${String(count)} documents, and one template is applied at a time.`,
    path: ['source'],
    hint: 'Send each document behind `---` on its own.',
  };
}

function unknownParent(name: string, names: readonly string[]): Refusal {
  const near = nearest(name, names);
  return {
    code: 'BAD_DEFINITION',
    message: `There is no template "${name}" to build on.`,
    path: ['extends'],
    hint: near === undefined ? 'Apply that template first.' : `Did you mean "${near}"?`,
  };
}

function otherKind(name: string): Refusal {
  return {
    code: 'BAD_DEFINITION',
    message: `"${name}" is a job template, for steps that were written for Maestro: a native template cannot build on it.`,
    path: ['extends'],
    hint: 'Write its step out, or build on a template of native steps.',
  };
}

function cycle(id: string, parent: string): Refusal {
  return {
    code: 'BAD_DEFINITION',
    message: `The template "${id}" would build on itself: "${parent}" builds on it, or is it.`,
    path: ['extends'],
    hint: 'Give this one another id, or remove `extends`.',
  };
}
