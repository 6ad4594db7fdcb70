import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson } from '../../../../src/core/definition/canonical.ts';
import { toMaestroJson } from '../../../../src/core/definition/maestro/export/to-maestro-json.ts';
import { templateFrom, textFrom } from '../../../../src/core/definition/maestro/text-template.ts';
import { type Definition } from '../../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../../src/core/definition/read.ts';
import { parseTemplate, render } from '../../../../src/core/expression/template.ts';
import { anyRequest, imported } from './documents.ts';

function exported(definition: Definition): string {
  const json = toMaestroJson(definition);
  if (!json.ok) throw new Error(json.failure.message);
  return JSON.stringify(json.value);
}

describe('an imported definition', () => {
  it('is the same after it was exported and imported again', () => {
    fc.assert(
      fc.property(anyRequest, (source) => {
        const first = imported(source);
        expect(imported(exported(first))).toEqual(first);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same when it was stored in between', () => {
    fc.assert(
      fc.property(anyRequest, (source) => {
        const stored = JSON.parse(canonicalJson(imported(source))) as Definition;
        expect(canonicalJson(imported(exported(stored)))).toBe(canonicalJson(stored));
      }),
      { numRuns: 100 },
    );
  });
});

describe('the reader', () => {
  it('never throws, whatever a request looks like', () => {
    const request = fc.record({ workflow: fc.jsonValue({ maxDepth: 4 }), properties: fc.jsonValue() });
    fc.assert(
      fc.property(request, (json) => {
        expect(readDefinitions(JSON.stringify(json)).ok).toBeTypeOf('boolean');
      }),
    );
  });

  it('never throws, however a right request is spoilt', () => {
    fc.assert(
      fc.property(anyRequest, fc.nat(), fc.constantFrom('null', '[]', '{}', '"x"', '7'), (source, at, other) => {
        const values = [...source.matchAll(/:("[^"]*"|\d+|true|false)/gu)];
        const match = values[at % Math.max(values.length, 1)];
        if (match === undefined) return;
        const spoilt = `${source.slice(0, match.index + 1)}${other}${source.slice(match.index + match[0].length)}`;
        expect(readDefinitions(spoilt).ok).toBeTypeOf('boolean');
      }),
      { numRuns: 100 },
    );
  });
});

describe('a text', () => {
  const anyText = fc.oneof(fc.string(), fc.stringMatching(/^[ab$ {}._'-]*$/u));

  it('means the same as a template of ours as it does in Maestro', () => {
    const values = new Map([
      ['a', '1'],
      ['b', '$a'],
    ]);
    const theirs = (source: string): string =>
      source.replace(
        /\$\$|\$([a-zA-Z][_a-zA-Z0-9]*)|\$\{([a-zA-Z][-_./a-zA-Z0-9]*)\}/gu,
        (mark, short?: string, long?: string) => (mark === '$$' ? '$' : (values.get(short ?? long ?? '') ?? '?')),
      );
    fc.assert(
      fc.property(anyText, (source) => {
        const template = parseTemplate(templateFrom(source));
        if (!template.ok) throw new Error(template.failure.message);
        expect(render(template.value, (path) => values.get(path.at(-1) ?? '') ?? '?')).toEqual({
          ok: true,
          value: theirs(source),
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('comes back as one that means the same', () => {
    fc.assert(
      fc.property(anyText, (source) => {
        const template = templateFrom(source);
        expect(templateFrom(textFrom(template) ?? '?')).toBe(template);
      }),
      { numRuns: 1000 },
    );
  });
});
