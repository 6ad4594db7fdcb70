// Wishes about a workflow itself, as a caller sends them.

import { type Entry, type Json } from '../../core/json.ts';
import { type Refusal } from '../../core/refusal.ts';
import { failed, success } from '../../core/result.ts';
import { type Engine } from '../../engine/engine.ts';
import { type UpdateWorkflowInput } from '../generated/schema.ts';
import { all, both, idAt, type Read } from './both.ts';
import { parseLabels } from './entries.ts';
import { parseWorkflowId } from './public-id.ts';

const LONGEST_OWNER = 256;
const LONGEST_DESCRIPTION = 4_000;
const LONGEST_LABEL = 256;
const MOST_LABELS = 50;

/** Reads what to change of a workflow. What is null is taken back; what is absent stays. */
export function parseUpdateWorkflow(input: UpdateWorkflowInput): Read<Parameters<Engine['updateWorkflow']>[0]> {
  const { owner, description, expectedVersion } = input;
  const texts = all([
    textWithin('owner', owner, LONGEST_OWNER),
    textWithin('description', description, LONGEST_DESCRIPTION),
  ]);
  const read = both(both(idAt(['workflowId'], parseWorkflowId(input.workflowId)), texts), labelsOf(input.labels));
  if (!read.ok) return read;
  const [[workflowId], labels] = read.value;
  return success({
    workflowId,
    change: {
      ...(owner === undefined ? {} : { owner }),
      ...(labels === undefined ? {} : { labels }),
      ...(description === undefined ? {} : { description }),
    },
    ...(expectedVersion === null || expectedVersion === undefined ? {} : { expectedVersion }),
  });
}

function labelsOf(labels: Json | null | undefined): Read<readonly Entry<string>[] | null | undefined> {
  if (labels === null || labels === undefined) return success(labels);
  const read = parseLabels(['labels'], labels);
  if (!read.ok) return read;
  if (read.value.length > MOST_LABELS) {
    return refused(
      ['labels'],
      `There may be ${String(MOST_LABELS)} labels, and these are ${String(read.value.length)}.`,
    );
  }
  const long = read.value.find(({ value }) => value.length > LONGEST_LABEL);
  return long === undefined
    ? read
    : refused(['labels', long.name], `The label "${long.name}" has more than ${String(LONGEST_LABEL)} characters.`);
}

function textWithin(name: string, text: string | null | undefined, most: number): Read<null> {
  const length = text?.length ?? 1;
  if (length >= 1 && length <= most) return success(null);
  return refused([name], `${name} must have 1 to ${String(most)} characters, and has ${String(length)}.`);
}

function refused(path: readonly string[], message: string): Read<never> {
  const refusal: Refusal = { code: 'BAD_INPUT', message, path, hint: 'To take back what was set, give null.' };
  return failed([refusal]);
}
