// Maps with a fixed set of keys: which keys there are, and what was meant by one that there is not.

import { type MapNode } from '../source/node.ts';
import { notYet } from './not-yet.ts';
import { readText } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';

/** A map's keys: those that exist, those to come, and what it is called in messages. */
export interface Shape {
  /** For `… is not a key of a step`. */
  readonly what: string;
  readonly keys: readonly string[];
  readonly later?: ReadonlySet<string>;
}

/** The entries of a map by their keys. */
export type Fields = ReadonlyMap<string, Spot>;

/** What people write who come from elsewhere. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['dependson', 'needs'],
  ['dependencies', 'needs'],
  ['requires', 'needs'],
  ['after', 'needs'],
  ['if', 'when'],
  ['condition', 'when'],
  ['command', 'run'],
  ['cmd', 'run'],
  ['script', 'run'],
  ['shell', 'run'],
  ['bash', 'run'],
  ['environment', 'env'],
  ['parameters', 'params'],
  ['inputs', 'params'],
  ['tasks', 'steps'],
  ['jobs', 'steps'],
  ['schedule', 'cron'],
  ['tz', 'timezone'],
  ['retries', 'retry'],
  ['javascript', 'node'],
  ['js', 'node'],
  ['py', 'python'],
  ['ipynb', 'notebook'],
  ['jupyter', 'notebook'],
  ['strategy', 'runStrategy'],
  ['title', 'name'],
]);

/** Reads a map with these keys, telling every key that it does not have; undefined if it is no map. */
export function readFields(spot: Spot, shape: Shape): Fields | undefined {
  const { node } = spot;
  if (node.kind !== 'map') {
    const keys = shape.keys.slice(0, 5).join(', ');
    report(
      spot,
      'wrong-type',
      `${keyOf(spot)} must be a map with keys such as ${keys}, and this is ${nodeName(node)}.`,
    );
    return undefined;
  }
  const fields = new Map<string, Spot>();
  for (const [key, field] of readEntries(spot, node)) {
    if (shape.keys.includes(key)) fields.set(key, field);
    else reportKey(field, key, shape);
  }
  return fields;
}

/** The entries of a map whose keys the user chose. */
export function readEntries(spot: Spot, node: MapNode): readonly (readonly [string, Spot])[] {
  return Array.from(node.entries, ([key, { keyAt, value }]) => [
    key,
    { reading: spot.reading, node: value, path: [...spot.path, key], keyAt },
  ]);
}

/** The text under a key, if it is there and one; what cannot be read is in doubt. */
export function textAt(fields: Fields, key: string): string | undefined {
  const spot = fields.get(key);
  if (spot === undefined) return undefined;
  const text = readText(spot);
  if (text === undefined) doubt(spot.reading, spot.path);
  return text;
}

function reportKey(field: Spot, key: string, shape: Shape): void {
  const place = field.keyAt === undefined ? {} : { at: field.keyAt };
  if (shape.later?.has(key) === true) {
    report(field, 'not-yet', notYet(key), place);
    return;
  }
  const meant = meantKey(key, shape.keys);
  report(field, 'unknown-key', `\`${key}\` is not a key of ${shape.what}.`, {
    ...place,
    ...(meant === undefined
      ? { hint: `Its keys: ${shape.keys.join(', ')}.`, meant: { word: key, among: shape.keys } }
      : { hint: `Did you mean "${meant}"?`, suggestion: meant }),
  });
}

/** The key that a wrong one stands for in another spelling or under another name; mistyped ones are found later. */
function meantKey(key: string, keys: readonly string[]): string | undefined {
  const plain = plainKey(key);
  const respelled = keys.find((candidate) => plainKey(candidate) === plain);
  if (respelled !== undefined) return respelled;
  const synonym = SYNONYMS.get(plain);
  return synonym !== undefined && keys.includes(synonym) ? synonym : undefined;
}

function plainKey(key: string): string {
  return key.toLowerCase().replace(/[^a-z]/gu, '');
}
