// Templates: texts with names in them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Template,
  parseTemplate,
  render,
  renderParts,
  renderValue,
} from '../../../src/core/expression/template.ts';
import { type Value } from '../../../src/core/expression/value.ts';

const VALUES = new Map<string, Value>([
  ['island', 'Biscoe'],
  ['cutoff', 40n],
  ['share', 1],
  ['nothing', null],
  ['names', ['a', 'b']],
  ['tricky', '${island} $island $${x}'],
  ['signal.island', 'Dream'],
  ['steps.a-b.rows', 7n],
  ['steps.each.a}b', 'brace'],
]);

const lookup = (path: readonly string[]): Value | undefined => VALUES.get(path.join('.'));

function parsed(text: string): Template {
  const template = parseTemplate(text);
  if (!template.ok) throw new Error(template.failure.message);
  return template.value;
}

describe('render', () => {
  it.each<readonly [text: string, rendered: string]>([
    ['', ''],
    ['plain', 'plain'],
    ['${island}', 'Biscoe'],
    ['at ${island}, over ${cutoff}!', 'at Biscoe, over 40!'],
    ['${ island }', 'Biscoe'],
    ['${signal.island}', 'Dream'],
    ["${steps['a-b'].rows}", '7'],
    ['${steps["a-b"]["rows"]}', '7'],
    ["${steps.each['a}b']}", 'brace'],
    ['${share} ${nothing} ${names}', '1.0 null ["a","b"]'],
    ['$${island}', '${island}'],
    ['$$${island}', '$${island}'],
    ['$${', '${'],
    ['costs 5$', 'costs 5$'],
    ['$ $$ $island $(date) {x} }', '$ $$ $island $(date) {x} }'],
    ['${tricky}', '${island} $island $${x}'],
  ])('%j is %j', (text, rendered) => {
    expect(render(parsed(text), lookup)).toStrictEqual({ ok: true, value: rendered });
  });

  it('fails with the place of a name that there is not', () => {
    const result = render(parsed('a ${missing.x} b'), lookup);
    expect(result).toMatchObject({ ok: false, failure: { code: 'EXPRESSION_NAME', from: 2, to: 14 } });
  });

  it('leaves in its place what is to be kept, and fills in the rest', () => {
    const keep = ([root, name]: readonly string[]): { kept: string } | undefined =>
      root === 'kept' && name !== undefined ? { kept: name } : undefined;
    expect(renderParts(parsed('to ${island}: ${kept.a}${kept.b}!'), lookup, keep)).toStrictEqual({
      ok: true,
      value: ['to ', 'Biscoe', ': ', { kept: 'a' }, { kept: 'b' }, '!'],
    });
  });

  it('refuses to make a text that is too long', () => {
    const result = render(parsed('${s}'.repeat(100)), () => 'a'.repeat(1_000_000));
    expect(result).toMatchObject({ ok: false, failure: { code: 'EXPRESSION_LIMIT' } });
  });
});

describe('renderValue', () => {
  it('keeps the type when the template is exactly one name', () => {
    expect(renderValue(parsed('${cutoff}'), lookup)).toStrictEqual({ ok: true, value: 40n });
    expect(renderValue(parsed('${names}'), lookup)).toStrictEqual({ ok: true, value: ['a', 'b'] });
    expect(renderValue(parsed('${nothing}'), lookup)).toStrictEqual({ ok: true, value: null });
    expect(renderValue(parsed('${missing}'), lookup).ok).toBe(false);
  });

  it('answers with text otherwise', () => {
    expect(renderValue(parsed('${cutoff} '), lookup)).toStrictEqual({ ok: true, value: '40 ' });
    expect(renderValue(parsed('$${'), lookup)).toStrictEqual({ ok: true, value: '${' });
    expect(renderValue(parsed(''), lookup)).toStrictEqual({ ok: true, value: '' });
  });
});

describe('parseTemplate', () => {
  it('lists the names with their places', () => {
    const text = "a ${island} b ${steps['a-b'].rows}";
    const { names } = parsed(text);
    expect(names.map((name) => name.path)).toStrictEqual([['island'], ['steps', 'a-b', 'rows']]);
    expect(names.map((name) => text.slice(name.from, name.to))).toStrictEqual(['${island}', "${steps['a-b'].rows}"]);
  });

  const refused: readonly (readonly [text: string, message: RegExp, suggestion?: string])[] = [
    ['${', /not closed/],
    ['a ${island', /not closed/],
    ['${}', /takes a name/],
    ['${a + b}', /not an expression/],
    ['${a.b()}', /not an expression/],
    ['${names[0]}', /not an expression/],
    ['${1}', /not an expression/],
    ['${a.}', /not an expression/],
    ['${a b}', /not an expression/],
    ['${${island}}', /not an expression|name/],
    ['${steps.a-b.rows}', /dash/, "${steps['a-b'].rows}"],
    ['${a#b}', /U\+0023/],
  ];

  it.each(refused.map((row) => ({ text: row[0], row })))('refuses $text', ({ text, row: [, message, suggestion] }) => {
    const result = parseTemplate(text);
    expect(result).toMatchObject({ ok: false, failure: { code: 'EXPRESSION_SYNTAX' } });
    if (result.ok) return;
    expect(result.failure.message).toMatch(message);
    if (suggestion !== undefined) expect(result.failure.suggestion).toBe(suggestion);
  });

  it('never throws, and shows any text without ${ as it is', () => {
    const pieces = fc.array(
      fc.constantFrom('$', '{', '}', '${', '$${', 'a', '.', "['", "']", ' ', '\n', '\\', '//', '/*'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          pieces.map((list) => list.join('')),
        ),
        (text) => {
          const template = parseTemplate(text);
          if (!template.ok) return template.failure.from >= 0 && template.failure.to <= text.length;
          const shown = render(template.value, (path) => `<${path.join('|')}>`);
          return shown.ok && (text.includes('${') || shown.value === text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('stays linear in long texts', () => {
    const from = performance.now();
    parsed('$'.repeat(1_000_000));
    parsed('$${'.repeat(100_000));
    parsed('${a}'.repeat(100_000));
    parseTemplate('${'.repeat(500_000));
    expect(performance.now() - from).toBeLessThan(3000);
  });
});
