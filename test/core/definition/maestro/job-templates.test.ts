// Job templates as they are read and laid under one another, without a server.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { documentKind } from '../../../../src/core/definition/document-kind.ts';
import { jobTemplateId } from '../../../../src/core/definition/maestro/job/job-name.ts';
import { readJobTemplate } from '../../../../src/core/definition/maestro/job/read-job-template.ts';
import { mergedParams } from '../../../../src/core/definition/maestro/job/merged-params.ts';
import { readDefinitions } from '../../../../src/core/definition/read.ts';
import { parseSource } from '../../../../src/core/definition/source/parse-source.ts';
import { type MapNode, type SourceNode } from '../../../../src/core/definition/source/node.ts';
import { readTemplateText } from '../../../../src/core/definition/template/read-template-text.ts';
import { type Json } from '../../../../src/core/json.ts';

function nodeOf(json: Json): MapNode {
  const root = parseSource(JSON.stringify(json))[0]?.root;
  if (root?.kind !== 'map') throw new Error('no map');
  return root;
}

function jsonOf(node: SourceNode): Json {
  if (node.kind === 'list') return node.items.map(jsonOf);
  if (node.kind === 'map') {
    return Object.fromEntries(Array.from(node.entries, ([key, { value }]) => [key, jsonOf(value)]));
  }
  return typeof node.value === 'bigint' ? Number(node.value) : node.value;
}

function merged(below: Json, above: Json): Json {
  return jsonOf(mergedParams(nodeOf(below), nodeOf(above)));
}

const text = (value: string): Json => ({ type: 'STRING', value });
/** A name always has the same type: one that changes it replaces what is below, whatever is below that. */
const scalar = fc.oneof(
  fc.constantFrom('x', 'y').map(text),
  fc.constantFrom('1', '2').map((expression): Json => ({ type: 'LONG', expression })),
);
const words: fc.Arbitrary<Json> = fc
  .dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y'), { noNullPrototype: true })
  .map((value) => ({ type: 'STRING_MAP', value }));
const members = fc.record({ s: scalar, w: words }, { requiredKeys: [], noNullPrototype: true });
const params: fc.Arbitrary<Json> = fc.record(
  { s: scalar, t: scalar, w: words, m: members.map((value): Json => ({ type: 'MAP', value })) },
  { requiredKeys: [], noNullPrototype: true },
);

describe('parameters laid over others', () => {
  it('are put together where they are literals of maps, and replaced where they are anything else', () => {
    expect(
      merged(
        {
          m: { type: 'MAP', value: { a: text('1'), b: text('2') } },
          s: { type: 'STRING_MAP', value: { a: '1', b: '2' } },
        },
        { m: { value: { b: text('3'), c: text('4') } }, s: { type: 'STRING_MAP', value: { b: '3' } } },
      ),
    ).toEqual({
      m: { type: 'MAP', value: { a: text('1'), b: text('3'), c: text('4') } },
      s: { type: 'STRING_MAP', value: { a: '1', b: '3' } },
    });
    const computed = { type: 'MAP', expression: 'x' };
    expect(merged({ m: { type: 'MAP', value: { a: text('1') } } }, { m: computed })).toEqual({ m: computed });
    expect(merged({ m: computed }, { m: { type: 'MAP', value: {} } })).toEqual({ m: { type: 'MAP', value: {} } });
    const other = { type: 'STRING_MAP', value: { a: '1' } };
    expect(merged({ m: { type: 'MAP', value: { a: text('1') } } }, { m: other })).toEqual({ m: other });
  });

  it('are laid over one another in any grouping, and nothing changes what nothing is laid over', () => {
    fc.assert(
      fc.property(params, params, params, (one, two, three) => {
        expect(merged(merged(one, two), three)).toEqual(merged(one, merged(two, three)));
        expect(merged(one, {})).toEqual(one);
        expect(merged({}, one)).toEqual(one);
        expect(merged(one, one)).toEqual(one);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a job template', () => {
  const template = (definition: object): string => JSON.stringify({ metadata: {}, definition });

  it('is known by its shape', () => {
    expect(documentKind(template({ job_type: 'A', step_type: 'Http' }))).toBe('template');
    expect(documentKind('{"definition": {"a": 1}}')).toBe('workflow');
    expect(documentKind('definition: x')).toBe('workflow');
  });

  it('is called by its job type, with its version unless that is `default`', () => {
    expect([
      jobTemplateId('A'),
      jobTemplateId('A', 'default'),
      jobTemplateId('A', ''),
      jobTemplateId('A', '1.2'),
    ]).toEqual(['A', 'A', 'A', 'A.1.2']);
    expect(readTemplateText(template({ job_type: 'A', version: 2, step_type: 'noop' }))).toMatchObject({
      id: 'A.2',
      refusals: [],
    });
  });

  it('keeps what it says of itself', () => {
    const definition = { job_type: 'A', step_type: 'Http' };
    const metadataOf = (metadata: Json): unknown => {
      const root = nodeOf({ metadata, definition });
      return readJobTemplate(root, { version: 1 }).read.template.job?.metadata;
    };
    const metadata = { owner: 'ada', extras: { tier: [1, null] } };
    expect(metadataOf(metadata)).toEqual(metadata);
    expect(metadataOf(null)).toBeUndefined();
    const text = JSON.stringify({ metadata: 'x', definition });
    expect(readTemplateText(text).refusals.map(({ message }) => message)).toEqual([
      '`metadata` must be a map, and this is a text.',
    ]);
  });

  it.each([
    [{ step_type: 'Http' }, 'The job template has no `job_type`.'],
    [{ job_type: 'A' }, 'The job template has no `step_type`.'],
    [
      { job_type: 'A', step_type: 'Spark' },
      'A job template for steps of the type Spark is not yet supported here: this version of Downbeat does not have it.',
    ],
    [{ job_type: 'A', step_type: 'Http', versoin: 1 }, '`versoin` is not a key of a job template.'],
    [
      { job_type: 'A', step_type: 'Http', inherit_from: ['B'] },
      '`inherit_from` must be a map of job types and versions.',
    ],
    [
      { job_type: 'A', step_type: 'Http', params: { x: 1 } },
      '`x` must be a map with keys such as value, expression, type, mode, tags, and this is the number 1.',
    ],
  ])('is refused: %j', (definition, message) => {
    expect(readTemplateText(template(definition)).refusals.map((refusal) => refusal.message)).toEqual([message]);
  });
});

describe('a step with a sub_type', () => {
  const step = (fields: object): string =>
    JSON.stringify({ workflow: { id: 'flow', steps: [{ step: { id: 'a', ...fields } }] }, properties: {} });

  it('stays open where the templates are not known, and names what it wants', () => {
    const read = readDefinitions(step({ type: 'Http', sub_type: 'Notify', sub_type_version: '2' }));
    expect(read.ok && read.value[0]?.templatesWanted).toEqual(['Notify.2']);
  });

  it('is told that a version alone says nothing', () => {
    const read = readDefinitions(step({ type: 'NoOp', sub_type_version: '2' }));
    expect(read.ok ? [] : read.failure.map(({ message }) => message)).toEqual([
      '`sub_type_version` says nothing without `sub_type`, the job template that it is of.',
    ]);
  });

  it('keeps its names for the export', () => {
    const read = readDefinitions(step({ type: 'NoOp', sub_type: 'A', sub_type_version: '2' }));
    expect(read.ok && read.value[0]?.definition.steps[0]?.carried).toEqual([
      { name: 'sub_type', value: 'A' },
      { name: 'sub_type_version', value: '2' },
    ]);
  });
});
