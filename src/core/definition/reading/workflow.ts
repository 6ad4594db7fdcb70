// One document: a workflow. Everything that can be read goes into the model, even beside what is wrong.

import { type Entry } from '../../json.ts';
import { type Definition, type RunStrategy } from '../model.ts';
import { WORKFLOW_KEYS } from '../schema.ts';
import { readDuration } from './duration.ts';
import { type Fields, readEntries, readFields, textAt } from './fields.ts';
import { readWantedFile } from './file-path.ts';
import { setLimitsAside } from './given-limits.ts';
import { WORKFLOW_LATER } from './not-yet.ts';
import { readParams } from './params.ts';
import { readStepLimits } from './permits.ts';
import { readCount, readLooseText, readTexts, readWord } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';
import { readStepLists } from './step-lists.ts';
import { readTriggers } from './triggers.ts';

/** Reads a document; undefined, and told, if it is no workflow at all. */
export function readWorkflow(spot: Spot): Definition | undefined {
  const all = readFields(spot, { what: 'a workflow', keys: WORKFLOW_KEYS, later: WORKFLOW_LATER });
  if (all === undefined || !isWorkflow(all)) return undefined;
  const { given, fields } = setLimitsAside(all);
  const params = fields.get('params');
  if (params !== undefined && params.node.kind !== 'map') doubt(spot.reading, ['params']);
  const triggers = fields.get('triggers');
  const files = fields.get('files');
  if (files !== undefined) for (const [text, item] of readTexts(files)) readWantedFile(item, text);
  return {
    id: readId(spot, fields),
    ...readTitles(fields),
    labels: readLabels(fields.get('labels')),
    runStrategy: readStrategy(fields.get('runStrategy')),
    params: params === undefined ? [] : readParams(params),
    triggers: triggers === undefined ? [] : readTriggers(triggers),
    ...readTimeouts(fields),
    ...given,
    ...readStepLimits(fields),
    ...readStepLists(spot, fields),
    files: [],
  };
}

function readTimeouts(fields: Fields): Pick<Definition, 'timeout' | 'queueTimeout'> {
  const [whole, queue] = [fields.get('timeout'), fields.get('queueTimeout')];
  const timeout = whole && readDuration(whole);
  const queueTimeout = queue && readDuration(queue);
  return {
    ...(timeout === undefined ? {} : { timeout }),
    ...(queueTimeout === undefined ? {} : { queueTimeout }),
  };
}

function isWorkflow(fields: Fields): boolean {
  const kind = fields.get('kind');
  if (kind === undefined) return true;
  const word = kind.node.kind === 'scalar' ? kind.node.source.toLowerCase() : '';
  if (word === 'pool') {
    report(kind, 'other-kind', 'This document defines a pool, and no workflow.', {
      hint: 'Apply it by itself: downbeat apply <file>, or applyPool.',
    });
    return false;
  }
  if (word === 'template') {
    report(kind, 'other-kind', 'This document defines a template, and no workflow.', {
      hint: 'Apply it by itself: downbeat apply <file>, or applyTemplate.',
    });
    return false;
  }
  if (word === 'signal') {
    report(kind, 'other-kind', 'This document is the contract of a signal, and no workflow.', {
      hint: 'Apply it by itself: downbeat apply <file>, or applySignalType.',
    });
    return false;
  }
  return readWord(kind, ['workflow']) !== undefined;
}

function readId(spot: Spot, fields: Fields): string {
  const id = textAt(fields, 'id');
  if (id === undefined) {
    doubt(spot.reading, ['id']);
    if (!fields.has('id'))
      report(spot, 'missing-key', 'The workflow has no `id`.', { hint: 'Begin with `id: my-workflow`.' });
  }
  return id ?? '';
}

function readTitles(fields: Fields): Pick<Definition, 'name' | 'description' | 'owner'> {
  const name = textAt(fields, 'name');
  const description = textAt(fields, 'description');
  const owner = textAt(fields, 'owner');
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
  };
}

function readLabels(spot: Spot | undefined): readonly Entry<string>[] {
  if (spot === undefined) return [];
  if (spot.node.kind !== 'map') {
    const message = `${keyOf(spot)} must be a map, and this is ${nodeName(spot.node)}.`;
    report(spot, 'wrong-type', message, { hint: 'Write them as { team: penguins }.' });
    return [];
  }
  return readEntries(spot, spot.node).flatMap(([name, member]) => {
    const value = readLooseText(member);
    return value === undefined ? [] : [{ name, value }];
  });
}

const MOST_PARALLEL = 1000;
const STRATEGIES = ['sequential', 'strict-sequential', 'first-only', 'last-only', 'latest-only'] as const;

function readStrategy(spot: Spot | undefined): RunStrategy {
  if (spot === undefined) return { kind: 'sequential' };
  const { node } = spot;
  if (node.kind === 'map') {
    const limit = readFields(spot, { what: '`runStrategy`', keys: ['parallel'] })?.get('parallel');
    if (limit !== undefined) return { kind: 'parallel', limit: readCount(limit, 1, MOST_PARALLEL) ?? 1 };
    if (node.entries.size === 0) report(spot, 'missing-key', '`runStrategy` needs a word or { parallel: 5 }.');
    return { kind: 'sequential' };
  }
  if (node.kind === 'scalar' && node.source.toLowerCase() === 'parallel') {
    report(spot, 'wrong-type', '`parallel` needs to know how many runs at once.', {
      hint: 'Write runStrategy: { parallel: 5 }',
      suggestion: '{ parallel: 5 }',
    });
    return { kind: 'sequential' };
  }
  return { kind: readWord(spot, STRATEGIES) ?? 'sequential' };
}
