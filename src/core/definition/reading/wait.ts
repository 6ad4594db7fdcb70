// What a step waits for: `wait: weather.ready`, the same as a map with demands, or `all:` with a list of those.

import { type Json } from '../../json.ts';
import { type SignalWait, type WaitMatch } from '../model.ts';
import { AWAITED_KEYS, WAIT_KEYS } from '../schema.ts';
import { readDuration } from './duration.ts';
import { type Fields, readEntries, readFields, textAt } from './fields.ts';
import { readJson } from './json-values.ts';
import { itemsOf, readText } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';
import { readWhere } from './where.ts';

const MOST_SIGNALS = 16;

/** Reads the signals that a step waits for; none, and told, if they cannot be read. */
export function readWaits(spot: Spot): readonly SignalWait[] {
  const waits = spot.node.kind === 'map' ? waitsOf(spot) : shortForm(spot);
  if (waits.length === 0) doubt(spot.reading, spot.path);
  return waits;
}

function shortForm(spot: Spot): readonly SignalWait[] {
  const signal = readText(spot);
  return signal === undefined ? [] : [{ signal, match: [], where: [] }];
}

function waitsOf(spot: Spot): readonly SignalWait[] {
  const fields = readFields(spot, { what: '`wait`', keys: WAIT_KEYS });
  if (fields === undefined) return [];
  const all = fields.get('all');
  if (all === undefined) return [oneOf(spot, fields)];
  for (const [key, field] of fields) {
    if (key === 'all') continue;
    report(field, 'no-effect', `Beside \`all\`, \`${key}\` says nothing: each signal of the list has its own.`, {
      hint: 'Put it into the items of the list.',
      ...(field.keyAt === undefined ? {} : { at: field.keyAt }),
    });
  }
  return listOf(all);
}

function listOf(spot: Spot): readonly SignalWait[] {
  const items = spot.node.kind === 'list' ? itemsOf(spot) : [];
  if (items.length === 0 || items.length > MOST_SIGNALS) {
    const given = spot.node.kind === 'list' ? `has ${String(items.length)}` : `is ${nodeName(spot.node)}`;
    const message = `\`all\` is a list of 1 to ${String(MOST_SIGNALS)} signals, and this ${given}.`;
    report(spot, 'wrong-type', message, { hint: 'Write all: [{ signal: weather.ready, as: weather }]' });
    return [];
  }
  return items.flatMap((item) => {
    const fields = readFields(item, { what: 'a signal of `all`', keys: AWAITED_KEYS });
    if (fields === undefined) return [];
    const as = textAt(fields, 'as');
    if (as === undefined && !fields.has('as')) {
      report(item, 'missing-key', 'A signal of `all` needs `as`: the name under which the step gives its parameters.', {
        hint: 'Write { signal: weather.ready, as: weather }: then they are steps.<id>.weather.<parameter>.',
      });
    }
    return [{ ...oneOf(item, fields), as: as ?? '' }];
  });
}

function oneOf(spot: Spot, fields: Fields): SignalWait {
  if (!fields.has('signal')) {
    report(spot, 'missing-key', `${keyOf(spot)} needs the name of a signal.`, {
      hint: 'Write wait: { signal: weather.ready }',
    });
    doubt(spot.reading, [...spot.path, 'signal']);
  }
  const match = fields.get('match');
  const where = fields.get('where');
  const lookBack = fields.get('lookBack');
  return {
    signal: textAt(fields, 'signal') ?? '',
    match: match === undefined ? [] : matchOf(match),
    where: where === undefined ? [] : readWhere(where),
    ...(lookBack === undefined ? {} : lookBackOf(lookBack)),
  };
}

function matchOf(spot: Spot): readonly WaitMatch[] {
  const { node } = spot;
  if (node.kind !== 'map') {
    const message = `${keyOf(spot)} must be a map, and this is ${nodeName(node)}.`;
    report(spot, 'wrong-type', message, { hint: 'Write it as { place: "${island}" }.' });
    return [];
  }
  return readEntries(spot, node).flatMap(([param, member]): readonly WaitMatch[] => {
    const value: Json | undefined = readJson(member);
    return value === undefined ? [] : [{ param, operator: '==', value }];
  });
}

function lookBackOf(spot: Spot): Pick<SignalWait, 'lookBack'> {
  const { node } = spot;
  if (node.kind === 'scalar' && node.source.toLowerCase() === 'all') return { lookBack: 'all' };
  const length = readDuration(spot, 0);
  return length === undefined ? {} : { lookBack: length };
}
