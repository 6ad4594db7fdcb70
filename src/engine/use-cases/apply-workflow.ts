// Reads a definition, keeps its files and its text as blobs, and applies it. Or only says everything that is wrong.

import { canonicalJson } from '../../core/definition/canonical.ts';
import { withFiles } from '../../core/definition/files.ts';
import { type Definition } from '../../core/definition/model.ts';
import { type ReadDefinition } from '../../core/definition/read.ts';
import { triggerEntity, workflowEntity } from '../../core/ids.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Result, failed, success } from '../../core/result.ts';
import { isHearing } from '../../core/trigger/trigger.ts';
import { encodeUtf8 } from '../../core/utf8.ts';
import { type WorkflowState } from '../../core/workflow/workflow.ts';
import { type Ask, type Asked } from '../ask.ts';
import { type Engine } from '../engine.ts';
import { type Caller } from '../answer.ts';
import { type DefinitionInput } from '../definition-input.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';
import { notebooksOf } from './check-notebooks.ts';
import { publicationRefusals } from './check-publications.ts';
import { poolRefusals } from './pools.ts';
import { type TemplateParts, readWithTemplates } from './read-templates.ts';

const patience = 1_000;

/** What applying works with. */
export interface ApplyParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly ask: Ask;
  readonly reader: Reader;
}

type Applied = Awaited<ReturnType<Engine['applyWorkflow']>>;

/** Applies a definition, and answers when its triggers are armed or a second has passed. */
export async function applyWorkflow(
  parts: ApplyParts,
  input: Parameters<Engine['applyWorkflow']>[0],
  caller: Caller,
): Promise<Applied> {
  const { outside, node, ask } = parts;
  const read = await readOne(parts, input);
  if (!read.ok) return { ok: false, refusals: read.failure };
  const own = await keepFiles(outside, input.files, read.value.filesWanted);
  const whole = withFiles(read.value, [...read.value.templateFiles, ...own]);
  if (!whole.ok) return { ok: false, refusals: whole.failure };
  const unfit = notebooksOf(whole.value, input);
  if (unfit.length > 0) return { ok: false, refusals: unfit };
  const broken = await publicationRefusals(parts, whole.value, input.source);
  if (broken.length > 0) return { ok: false, refusals: broken };
  const poolless = await poolRefusals(parts, whole.value, input.source);
  if (poolless.length > 0) return { ok: false, refusals: poolless };
  const definition = await outside.blobs.put(encodeUtf8(canonicalJson(whole.value)));
  const workflowId = whole.value.id;
  const { activate, expectedVersion } = input;
  const asked = await ask(
    node.partitionOf(workflowId),
    {
      type: 'ApplyWorkflow',
      workflowId,
      definition,
      activate,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    },
    caller,
    { target: workflowId, args: { definition, activate, expectedVersion: expectedVersion ?? null } },
  );
  return asked.ok ? applied(parts, workflowId, asked) : asked;
}

/** Activates a version that is there, and answers when its triggers are armed or a second has passed. */
export async function activateVersion(
  parts: ApplyParts,
  input: Parameters<Engine['activateVersion']>[0],
  caller: Caller,
): Promise<Applied> {
  const { workflowId, version } = input;
  const asked = await parts.ask(parts.node.partitionOf(workflowId), { type: 'ActivateVersion', ...input }, caller, {
    target: workflowId,
    args: { version: version ?? null },
  });
  return asked.ok ? applied(parts, workflowId, asked) : asked;
}

async function applied(parts: ApplyParts, workflowId: string, asked: Extract<Asked, { ok: true }>): Promise<Applied> {
  if (asked.outcome.type !== 'Applied') throw new Error(`applying came to ${asked.outcome.type}`);
  const { version, changed } = asked.outcome;
  const partition = parts.node.partitionOf(workflowId);
  const workflow = await parts.reader.entity('workflow', workflowEntity(workflowId), partition);
  if (workflow === undefined) throw new Error(`workflow ${workflowId} was applied and is not there`);
  const armed = await areArmed(parts, workflow.state);
  const value = { workflow: workflow.state, version, changed, armed };
  return { ok: true, value, cursor: [asked.place], replayed: asked.replayed };
}

/** Waits until every trigger of the workflow listens, a second at most. */
async function areArmed(
  { outside, node, reader }: ApplyParts,
  { workflowId, triggers }: WorkflowState,
): Promise<boolean> {
  const until = outside.clock.monotonic() + patience;
  const partition = node.partitionOf(workflowId);
  for (;;) {
    const states = await Promise.all(
      triggers.map((name) => reader.entity('trigger', triggerEntity(workflowId, name), partition)),
    );
    const waits = states.some((trigger) => trigger !== undefined && !isHearing(trigger.state));
    if (!waits) return true;
    if (outside.clock.monotonic() >= until) return false;
    await new Promise<void>((resolve) => outside.clock.after(5, resolve));
  }
}

/** Says everything that is wrong with a definition. */
export async function validateWorkflow(
  parts: TemplateParts,
  input: DefinitionInput,
): ReturnType<Engine['validateWorkflow']> {
  const read = await readOne(parts, input);
  if (!read.ok) return { files: [], refusals: read.failure };
  const { definition, filesWanted } = read.value;
  const given = new Set([...read.value.templateFiles, ...input.files].map((file) => file.path));
  const whole: Result<Definition, readonly Refusal[]> = withFiles(
    read.value,
    filesWanted.filter((path) => given.has(path)).map((path) => ({ path, hash: '', size: 0 })),
  );
  return {
    workflowId: definition.id,
    files: filesWanted,
    refusals: whole.ok ? notebooksOf(definition, input) : whole.failure,
  };
}

/** Reads the one definition of a text, with the templates that its steps use. */
export async function readOne(
  parts: TemplateParts,
  input: DefinitionInput,
): Promise<Result<ReadDefinition, readonly Refusal[]>> {
  const read = await readWithTemplates(parts, input.source);
  if (!read.ok) return read;
  const [only, ...others] = read.value;
  if (only !== undefined && others.length === 0) return success(only);
  return failed([
    {
      code: 'BAD_DEFINITION',
      message:
        only === undefined
          ? 'The text holds no workflow.'
          : `The text holds ${String(others.length + 1)} workflows, and one is applied at a time.`,
      path: ['source'],
      hint: only === undefined ? 'Begin with `id:` and `steps:`.' : 'Send each document behind `---` on its own.',
    },
  ]);
}

async function keepFiles(
  outside: Outside,
  files: DefinitionInput['files'],
  wanted: readonly string[],
): Promise<readonly { readonly path: string; readonly hash: string; readonly size: number }[]> {
  const needed = files.filter((file) => wanted.includes(file.path));
  return Promise.all(
    needed.map(async ({ path, content }) => ({
      path,
      hash: await outside.blobs.put(content),
      size: content.byteLength,
    })),
  );
}
