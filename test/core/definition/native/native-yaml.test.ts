// A definition as a text of our own format: what it says, and that reading it gives the same definition again.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../../src/core/definition/canonical.ts';
import { toMaestroYaml } from '../../../../src/core/definition/maestro/export/to-maestro-yaml.ts';
import { toNativeYaml } from '../../../../src/core/definition/native/to-native-yaml.ts';
import { readDefinitions } from '../../../../src/core/definition/read.ts';
import { anyRequest, imported, noop, to, workflow } from '../maestro/documents.ts';
import { readOne } from '../text.ts';
import { nativeDocument } from './documents.ts';

const SCHEMA = 'http://127.0.0.1:4000/schema/workflow.json';

describe('a definition written as YAML or JSON', () => {
  test('is the same definition when it is read again, whatever it says', () => {
    let known = 0;
    fc.assert(
      fc.property(nativeDocument, (document) => {
        const read = readDefinitions(JSON.stringify(document));
        const [only] = read.ok ? read.value : [];
        fc.pre(only !== undefined);
        known += 1;
        const { yaml, json, notes } = toNativeYaml(only.definition, SCHEMA);
        expect(canonicalJson(readOne(yaml))).toBe(canonicalJson(only.definition));
        expect(canonicalJson(readOne(json))).toBe(canonicalJson(only.definition));
        expect(() => JSON.parse(json) as unknown).not.toThrow();
        expect(notes).toEqual([]);
      }),
      { numRuns: 120, interruptAfterTimeLimit: 5_000 },
    );
    expect(known).toBeGreaterThan(10);
  });

  test('reads as a person would have written it', () => {
    const text = [
      `# yaml-language-server: $schema=${SCHEMA}`,
      'id: birds',
      'owner: ada',
      'timeout: 10m',
      '',
      'params:',
      '  island: Dream',
      '  answer: "no"',
      '  rate: 1.0',
      '  most: 9007199254740993',
      '  seeds: { type: long_array, value: [] }',
      '',
      'triggers:',
      '  - cron: "0 6 * * mon-fri"',
      '    timezone: Europe/Madrid',
      '',
      '  - signal: birds.seen',
      '    where: { rows: ">= 2", island: Dream }',
      '',
      'steps:',
      '  - id: count',
      '    run: |',
      '      echo "a"',
      '      echo "b: c"',
      '    outputs: { rows: long }',
      '    retry: 2',
      '',
      '  - id: each',
      '    needs: { count: steps.count.rows > 2 }',
      '    foreach: { seed: [ 1, 2 ], name: [ a, "1" ] }',
      '    concurrency: 3',
      '    steps:',
      '      - id: look',
      '        noop: true',
      '',
    ].join('\n');
    expect(toNativeYaml(readOne(text), SCHEMA).yaml).toBe(text);
  });

  test('is what the documentation shows', () => {
    const page = readFileSync(new URL('../../../../docs/export.md', import.meta.url), 'utf8');
    const [, shown = ''] = /```yaml\n([^]*?)```/u.exec(page) ?? [];
    const { yaml } = toNativeYaml(readOne(shown), SCHEMA);
    expect(yaml).toBe(`# yaml-language-server: $schema=${SCHEMA}\n${shown}`);
  });

  test('names the files that must lie beside it, and those of programs only there', () => {
    const read = readOne('id: a\nfiles: [b.csv]\nsteps: [{ id: x, python: lib/a.py }]');
    const files = ['b.csv', 'lib/a.py'].map((path) => ({ path, hash: 'f'.repeat(64), size: 1 }));
    const { yaml, notes } = toNativeYaml({ ...read, files }, SCHEMA);
    expect(yaml).toContain('# These files go up with it and must lie beside this text: b.csv, lib/a.py.\n');
    expect(yaml).toContain('files: [ b.csv ]\n');
    expect(notes).toHaveLength(1);
  });

  test('says of a step that came from a template that it stands here whole', () => {
    const read = readOne('id: a\nsteps: [{ id: x, run: ls }]');
    const steps = read.steps.map((step) => ({
      ...step,
      template: { id: 'lister', version: 3, source: 'f'.repeat(64) },
    }));
    const { yaml, notes } = toNativeYaml({ ...read, steps }, SCHEMA);
    expect(notes).toEqual(['step x: It came from the template lister, version 3, and is written out whole here.']);
    expect(yaml).toContain(
      '  # It came from the template lister, version 3, and is written out whole here.\n  - id: x',
    );
  });
});

describe('an imported definition', () => {
  const source = workflow('flow', [noop('a', { tags: ['nightly'], params: { n: { type: 'LONG', value: 3 } } })], {
    params: { day: { type: 'STRING', expression: 'params.x' } },
  });

  test('says in comments and notes what our own format has no words for', () => {
    const { yaml, notes } = toNativeYaml(imported(source), SCHEMA);
    expect(notes.join('\n')).toContain('It was written for Maestro.');
    expect(notes.join('\n')).toContain('step a: Parameters of its own cannot be said in our own format: [{"name":"n"');
    expect(yaml).toMatch(/ {2}# Parameters of its own cannot be said[^]*? {2}- id: a/u);
  });

  test('loses nothing silently, whatever it says', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const definition = imported(request);
        const { yaml } = toNativeYaml(definition, SCHEMA);
        const words = yaml.replaceAll(/\s+(?:# )?/gu, ' ');
        for (const step of definition.steps) expect(words).toContain(step.id);
        for (const { name } of definition.carried ?? []) expect(words).toContain(name);
      }),
      { numRuns: 60 },
    );
  });

  test("is the same definition again as Maestro's YAML, but for what that has no words for", () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const definition = imported(request);
        const text = toMaestroYaml(definition);
        if (!text.ok) throw new Error(text.failure.message);
        const again = imported(text.value.yaml);
        expect(again.steps).toEqual(definition.steps);
        expect(again.params).toEqual(definition.params);
        const lost = definition.triggers.length + (definition.carried ?? []).length - (again.carried ?? []).length;
        expect(text.value.notes.length > 0).toBe(lost > 0);
      }),
      { numRuns: 60 },
    );
  });

  test("has no text in Maestro's YAML where that would mean something else, and says why", () => {
    const members = { type: 'MAP', value: { 'a<long>': { type: 'LONG', value: 1 } } };
    const spaced = workflow('flow', [noop('a', { params: { m: members }, ...to({ b: ' 1 == 1 ' }) }), noop('b')]);
    expect(toMaestroYaml(imported(spaced))).toMatchObject({
      ok: false,
      failure: {
        message:
          'The workflow "flow" cannot be written in Maestro\'s YAML language: the step "a" has a parameter named "a<long>", and there < > ( ) ! and spaces in a name mean something; the condition under which "a" leads to "b" begins or ends with a space or a line break.',
      },
    });
  });

  test("has a text in Maestro's YAML that names what is left out of it", () => {
    const limited = workflow(
      'flow',
      [noop('a')],
      { instance_step_concurrency: 3 },
      { step_concurrency: 4, tags: ['x'] },
    );
    const text = toMaestroYaml(imported(limited));
    expect(text.ok && text.value.notes).toEqual([
      "Maestro's YAML language has no words for these, and they are not here: properties.step_concurrency, properties.tags, workflow.instance_step_concurrency. Maestro's JSON has them.",
    ]);
  });
});
