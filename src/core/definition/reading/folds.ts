// `debounce` and `throttle` of a trigger on one signal; everywhere else they are refused with what to write instead.

import { type SignalFold } from '../trigger-model.ts';
import { DEBOUNCE_KEYS, THROTTLE_KEYS } from '../trigger-schema.ts';
import { readDuration } from './duration.ts';
import { type Fields, readFields } from './fields.ts';
import { readTexts } from './scalars.ts';
import { type Spot, doubt, report } from './spot.ts';

/** How many times `quiet` a debounced run is held up at most, unless the definition says: so that a steady stream starts runs. */
const usualPatience = 10;

const FOLD_WORDS = ['debounce', 'throttle'] as const;

/** What to do for a trigger of that kind, in place of folding. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['cron', 'A cron trigger starts a run at its times alone: write rarer times.'],
  ['every', 'How often it starts a run is what `every` says: write a longer one.'],
  ['at', 'It starts one run: remove the key.'],
  ['absentFor', 'It starts one run for each absence: remove the key, or write a longer `absentFor`.'],
  ['expect', 'It starts one run at most for each of its times: remove the key, or write rarer times.'],
]);
const JOINED =
  'Let a workflow of its own with this trigger and a step `publish: together` do the joining, and fold here: signal: together.';

/** Reads how signals are folded, if they are. */
export function readFold(fields: Fields): SignalFold | undefined {
  const debounce = fields.get('debounce');
  const throttle = fields.get('throttle');
  if (debounce !== undefined && throttle !== undefined) {
    report(throttle, 'two-folds', 'A trigger has `debounce` or `throttle`, and this has both.', {
      hint: 'Keep `debounce` to wait until no more come; keep `throttle` to start at once and then not more often than that.',
    });
    return undefined;
  }
  if (debounce !== undefined) return readDebounce(debounce);
  return throttle === undefined ? undefined : readThrottle(throttle);
}

/** Refuses to fold what a trigger of that kind starts on; answers whether it had to. */
export function refusesFold(spot: Spot, kind: string | undefined): boolean {
  if (kind === undefined || kind === 'signal' || spot.node.kind !== 'map') return false;
  const word = FOLD_WORDS.find((one) => spot.node.kind === 'map' && spot.node.entries.has(one));
  const entry = word === undefined ? undefined : spot.node.entries.get(word);
  if (word === undefined || entry === undefined) return false;
  report(
    { reading: spot.reading, node: entry.value, path: [...spot.path, word], keyAt: entry.keyAt },
    'fold-place',
    `\`${word}\` folds the signals of a trigger with \`signal\`, and this one has \`${kind}\`.`,
    { at: entry.keyAt, hint: INSTEAD.get(kind) ?? JOINED },
  );
  return true;
}

function readDebounce(spot: Spot): SignalFold | undefined {
  if (spot.node.kind !== 'map') {
    const quiet = lengthOf(spot);
    return quiet === undefined ? undefined : { kind: 'debounce', quiet, atMost: quiet * usualPatience, by: [] };
  }
  const fields = readFields(spot, { what: '`debounce`', keys: DEBOUNCE_KEYS });
  const quiet = needed(spot, fields, 'quiet');
  const longest = fields?.get('atMost');
  const atMost = longest === undefined ? (quiet ?? 0) * usualPatience : lengthOf(longest);
  if (fields === undefined || quiet === undefined || atMost === undefined) return undefined;
  if (longest !== undefined && atMost < quiet) {
    report(longest, 'fold-length', '`atMost` is shorter than `quiet`: the run would never wait for quiet.', {
      hint: 'Write a longer `atMost`; without it, it is 10 times `quiet`.',
    });
  }
  return { kind: 'debounce', quiet, atMost, by: groupedBy(fields) };
}

function readThrottle(spot: Spot): SignalFold | undefined {
  if (spot.node.kind !== 'map') {
    const every = lengthOf(spot);
    return every === undefined ? undefined : { kind: 'throttle', every, by: [] };
  }
  const fields = readFields(spot, { what: '`throttle`', keys: THROTTLE_KEYS });
  const every = needed(spot, fields, 'every');
  return fields === undefined || every === undefined ? undefined : { kind: 'throttle', every, by: groupedBy(fields) };
}

function needed(spot: Spot, fields: Fields | undefined, key: 'quiet' | 'every'): number | undefined {
  const length = fields?.get(key);
  if (length !== undefined) return lengthOf(length);
  if (fields !== undefined) {
    const word = key === 'quiet' ? 'debounce' : 'throttle';
    report(spot, 'missing-key', `\`${word}\` needs \`${key}\` with a length of time.`, {
      hint: `For example: ${word}: { ${key}: 5m }, or shorter: ${word}: 5m.`,
    });
    doubt(spot.reading, spot.path);
  }
  return undefined;
}

function groupedBy(fields: Fields): readonly string[] {
  const by = fields.get('by');
  return by === undefined ? [] : readTexts(by).map(([name]) => name);
}

function lengthOf(spot: Spot): number | undefined {
  const length = readDuration(spot);
  if (length === undefined) doubt(spot.reading, spot.path);
  return length;
}
