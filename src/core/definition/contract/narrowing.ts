// What a new contract would refuse that the one before accepted: a sentence for each way. If there is none, every publication
// that was accepted is accepted still. The other way round it is careful: it may warn where no publication could ever meet it.

import { type Json, type JsonObject } from '../../json.ts';
import { placeOf, valueFaults } from './faults.ts';
import {
  keyword,
  literalsOf,
  memberNames,
  memberSchema,
  numberOf,
  requiredNames,
  type Schema,
  schemaOf,
  textOf,
  type TypeName,
  typesOf,
  typeWords,
} from './keywords.ts';

/** More than these are not told one by one. */
const MOST_SENTENCES = 20;

/** What `after` refuses and `before` accepts. */
export function narrowings(before: Schema, after: Schema): readonly string[] {
  return compare(before, after, []).slice(0, MOST_SENTENCES);
}

function compare(before: Schema, after: Schema, path: readonly string[]): readonly string[] {
  if (before === false || after === true) return [];
  if (after === false) return [`A publication with ${placeOf(path)} would now be refused.`];
  const earlier = before === true ? {} : before;
  const literals = literalsIn(earlier);
  if (literals !== undefined) return compareLiterals(earlier, literals, after, path);
  const isListed = keyword(after, 'enum') !== undefined || keyword(after, 'const') !== undefined;
  const { gone, kept } = typesOver(earlier, after);
  return [
    ...gone.map(
      (type) => `${placeOf(path)} may no longer be ${typeWords(type)}: what has one there would now be refused.`,
    ),
    ...(isListed ? [`${placeOf(path)} may no longer be any value, only one of those that are listed.`] : []),
    ...BY_TYPE.flatMap(([types, comparing]) =>
      types.some((type) => kept.has(type)) ? comparing(earlier, after, path) : [],
    ),
  ];
}

/** Compares the keywords that matter to values of some types. */
type Comparing = (before: JsonObject, after: JsonObject, path: readonly string[]) => readonly string[];

const BY_TYPE: readonly (readonly [readonly TypeName[], Comparing])[] = [
  [['integer', 'number'], compareNumbers],
  [['string'], compareTexts],
  [['array'], compareLists],
  [['object'], compareObjects],
];

/** Which types of values are no longer allowed, and which still are. */
function typesOver(
  before: JsonObject,
  after: JsonObject,
): { readonly gone: readonly TypeName[]; readonly kept: ReadonlySet<TypeName> } {
  const types = typesOf(before) ?? ALL;
  const allowed = typesOf(after) ?? ALL;
  const gone = types.filter((type) => !allowed.includes(type) && !(type === 'integer' && allowed.includes('number')));
  const kept = new Set(types.filter((type) => !gone.includes(type)));
  // What is a whole number stays one where only numbers with a fraction are gone.
  if (gone.includes('number') && allowed.includes('integer')) kept.add('integer');
  return { gone, kept };
}

const ALL: readonly TypeName[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** All values that a schema can accept, where they are few. */
function literalsIn(schema: JsonObject): readonly Json[] | undefined {
  const listed = literalsOf(schema);
  if (listed !== undefined) return listed;
  const types = typesOf(schema);
  if (types === undefined || types.some((type) => type !== 'null' && type !== 'boolean')) return undefined;
  return types.flatMap((type): readonly Json[] => (type === 'null' ? [null] : [true, false]));
}

function compareLiterals(
  before: JsonObject,
  literals: readonly Json[],
  after: Schema,
  path: readonly string[],
): readonly string[] {
  return literals
    .filter((value) => valueFaults(before, value).length === 0 && valueFaults(after, value).length > 0)
    .map(
      (value) =>
        `A publication in which ${placeOf(path)} is ${JSON.stringify(value).slice(0, 60)} would now be refused.`,
    );
}

function compareNumbers(before: JsonObject, after: JsonObject, path: readonly string[]): readonly string[] {
  const low = boundOf(before, ['minimum', 'exclusiveMinimum'], Math.max);
  const high = boundOf(before, ['maximum', 'exclusiveMaximum'], Math.min);
  const lost = [
    { name: 'minimum', isKept: (bound: number) => low.at >= bound, words: 'less than' },
    { name: 'maximum', isKept: (bound: number) => high.at <= bound, words: 'more than' },
    {
      name: 'exclusiveMinimum',
      isKept: (bound: number) => low.at > bound || (low.at === bound && low.isOut),
      words: 'not more than',
    },
    {
      name: 'exclusiveMaximum',
      isKept: (bound: number) => high.at < bound || (high.at === bound && high.isOut),
      words: 'not less than',
    },
  ];
  return lost.flatMap(({ name, isKept, words }) => {
    const bound = numberOf(after, name);
    if (bound === undefined || isKept(bound)) return [];
    return [`A publication in which ${placeOf(path)} is ${words} ${String(bound)} would now be refused.`];
  });
}

/** Where the values of a schema end on one side, and whether that value itself is out. */
function boundOf(
  schema: JsonObject,
  [inner, outer]: readonly [string, string],
  stricter: (one: number, other: number) => number,
): { readonly at: number; readonly isOut: boolean } {
  const none = stricter === Math.max ? -Infinity : Infinity;
  const out = numberOf(schema, outer);
  const at = stricter(numberOf(schema, inner) ?? none, out ?? none);
  return { at, isOut: out === at };
}

function compareTexts(before: JsonObject, after: JsonObject, path: readonly string[]): readonly string[] {
  const at = placeOf(path);
  const [pattern, format] = [textOf(after, 'pattern'), textOf(after, 'format')];
  return [
    ...compareSizes(before, after, at, ['minLength', 'maxLength', 'characters']),
    ...(pattern === undefined || pattern === textOf(before, 'pattern')
      ? []
      : [`A publication in which ${at} does not match ${pattern} would now be refused.`]),
    ...(format === undefined || format === textOf(before, 'format')
      ? []
      : [`A publication in which ${at} is no ${format} would now be refused.`]),
  ];
}

function compareLists(before: JsonObject, after: JsonObject, path: readonly string[]): readonly string[] {
  return [
    ...compareSizes(before, after, placeOf(path), ['minItems', 'maxItems', 'items']),
    ...compare(schemaOf(before, 'items'), schemaOf(after, 'items'), [...path, '0']),
  ];
}

function compareSizes(
  before: JsonObject,
  after: JsonObject,
  at: string,
  [least, most, what]: readonly [string, string, string],
): readonly string[] {
  const [low, high] = [numberOf(after, least) ?? 0, numberOf(after, most) ?? Infinity];
  return [
    ...((numberOf(before, least) ?? 0) >= low
      ? []
      : [`A publication in which ${at} has less than ${String(low)} ${what} would now be refused.`]),
    ...((numberOf(before, most) ?? Infinity) <= high
      ? []
      : [`A publication in which ${at} has more than ${String(high)} ${what} would now be refused.`]),
  ];
}

function compareObjects(before: JsonObject, after: JsonObject, path: readonly string[]): readonly string[] {
  const had = requiredNames(before);
  const wanted = requiredNames(after).filter((name) => !had.includes(name));
  const names = new Set([...memberNames(before), ...memberNames(after)]);
  const more = compare(schemaOf(before, 'additionalProperties'), schemaOf(after, 'additionalProperties'), [
    ...path,
    '…',
  ]);
  return [
    ...wanted.map((name) => `A publication without ${placeOf([...path, name])} would now be refused.`),
    ...[...names].flatMap((name) => compare(memberSchema(before, name), memberSchema(after, name), [...path, name])),
    ...(more.length === 0
      ? []
      : [
          `A publication with more ${path.length === 0 ? 'parameters' : `in ${placeOf(path)}`} than the contract names would now be refused.`,
        ]),
  ];
}
