// Triggers on several signals: `all`, `any`, `atLeast` with `of`, `sequence`. Each of their items is a slot.

import { type JoinSlot, type JoinTrigger } from '../model.ts';
import { JOIN_KEYS, SLOT_KEYS } from '../trigger-schema.ts';
import { readDuration } from './duration.ts';
import { type Fields, readFields, textAt } from './fields.ts';
import { itemsOf, readCount, readTexts } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';
import { type Unnamed, readShared } from './trigger-fields.ts';
import { readWhere } from './where.ts';
import { readWishes } from './wishes.ts';

/** The keys that tell that a trigger is a join. */
export const JOIN_WORDS = ['all', 'any', 'atLeast', 'sequence'] as const;

type JoinWord = (typeof JOIN_WORDS)[number];

/** Whether a key tells that a trigger is a join. */
export function isJoinWord(key: string | undefined): key is JoinWord {
  return JOIN_WORDS.some((word) => word === key);
}

const KINDS: Readonly<Record<JoinWord, JoinTrigger['kind']>> = {
  all: 'all',
  any: 'any',
  atLeast: 'at-least',
  sequence: 'sequence',
};
const MOST_SLOTS = 16;

/** How long after its window's end a late signal is still taken, unless the definition says: clocks and networks differ. */
const usualLate = 60_000;

/** Reads a trigger on several signals. */
export function readJoin(spot: Spot, word: JoinWord): Unnamed<JoinTrigger> | undefined {
  const fields = readFields(spot, { what: `a trigger with \`${word}\``, keys: JOIN_KEYS[word] });
  const list = fields?.get(word === 'atLeast' ? 'of' : word);
  if (fields === undefined) return undefined;
  if (list === undefined) {
    report(spot, 'missing-key', '`atLeast` needs `of:` with the signals of which so many must come.', {
      hint: 'For example: atLeast: 2, of: [{ signal: a.ready }, { signal: b.ready }, { signal: c.ready }].',
    });
    return undefined;
  }
  const slots = readSlots(list);
  const countSpot = fields.get('atLeast');
  const count = countSpot === undefined ? undefined : readCount(countSpot, 1, MOST_SLOTS);
  if (slots === undefined || (countSpot !== undefined && count === undefined)) return undefined;
  return {
    kind: KINDS[word],
    slots,
    ...(count === undefined ? {} : { count }),
    ...readWindow(fields),
    ...readWishes(fields),
    ...readShared(fields),
  };
}

function readWindow(fields: Fields): Pick<JoinTrigger, 'within' | 'late'> {
  const withinSpot = fields.get('within');
  const lateSpot = fields.get('late');
  const within = withinSpot === undefined ? undefined : readDuration(withinSpot);
  if (lateSpot !== undefined && withinSpot === undefined) {
    report(lateSpot, 'late-without-window', '`late` says how long a window waits, and there is no `within`.', {
      hint: 'Add `within: 6h`, or remove `late`.',
    });
  }
  const late = lateSpot === undefined ? usualLate : readLate(lateSpot);
  return within === undefined ? {} : { within, late: late ?? usualLate };
}

function readLate(spot: Spot): number | undefined {
  const fields = readFields(spot, { what: '`late`', keys: ['wait'] });
  const wait = fields?.get('wait');
  if (fields !== undefined && wait === undefined) {
    report(spot, 'missing-key', '`late` needs `wait`.', {
      hint: 'Write `{ wait: 10m }`, or `{ wait: 0 }` for not at all.',
    });
  }
  return wait === undefined ? undefined : readDuration(wait, 0);
}

function readSlots(spot: Spot): readonly JoinSlot[] | undefined {
  const items = itemsOf(spot);
  if (spot.node.kind !== 'list' || items.length < 2 || items.length > MOST_SLOTS) {
    const given = spot.node.kind === 'list' ? `has ${String(items.length)}` : `is ${nodeName(spot.node)}`;
    report(
      spot,
      'wrong-type',
      `${keyOf(spot)} must be a list of 2 to ${String(MOST_SLOTS)} signals, and this ${given}.`,
      { hint: 'Begin each with a dash: `- { signal: measurements.ready, joinOn: island }`.' },
    );
    return undefined;
  }
  const slots = items.map((item) => readSlot(item));
  return slots.every((slot) => slot !== undefined) ? slots : undefined;
}

function readSlot(spot: Spot): JoinSlot | undefined {
  const fields = readFields(spot, { what: 'a signal of a join', keys: SLOT_KEYS });
  if (fields === undefined) return undefined;
  const signal = textAt(fields, 'signal');
  if (signal === undefined) {
    if (!fields.has('signal')) report(spot, 'missing-key', 'This names no signal: it needs `signal:`.');
    return undefined;
  }
  const asSpot = fields.get('as');
  const as = asSpot === undefined ? nameFor(signal) : textAt(fields, 'as');
  const on = fields.get('joinOn');
  const where = fields.get('where');
  if (as === undefined) doubt(spot.reading, spot.path);
  return {
    as: as ?? nameFor(signal),
    signal,
    joinOn: on === undefined ? [] : readTexts(on).map(([name]) => name),
    where: where === undefined ? [] : readWhere(where),
  };
}

/** What a signal is called where the definition does not say: its name, with `_` for what a name in an expression cannot have. */
export function nameFor(signal: string): string {
  const plain = signal.replace(/[^a-zA-Z0-9_]+/gu, '_').replace(/^(?=[0-9])/u, '_');
  return plain.replace(/_{2,}/gu, '_');
}
