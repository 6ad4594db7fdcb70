// The list of published signals.

import { type Engine } from '../../engine/engine.ts';
import { type SignalFilter } from '../generated/schema.ts';
import { givenOf } from '../parse/given.ts';
import { parseParamFilter } from '../parse/label-filter.ts';
import { type PageArguments, parsePage } from '../parse/page.ts';
import { parseTimeRanges } from '../parse/time-range.ts';
import { connectionOf, type SignalConnectionSource } from '../present/connection.ts';
import { signalOf } from '../present/signal.ts';

/** A page of signals, newest first. */
export async function listSignals(
  engine: Engine,
  args: PageArguments,
  asked: SignalFilter,
): Promise<SignalConnectionSource> {
  const { published, params, ...plain } = givenOf(asked);
  const filter = {
    ...plain,
    ...parseTimeRanges({ published }),
    ...(params === undefined ? {} : { params: parseParamFilter(params) }),
  };
  const list = `signals ${JSON.stringify([filter])}`;
  const wish = parsePage(args, list, { order: 'NEWEST_FIRST' });
  const page = await engine.signals(wish.request, filter);
  return connectionOf(page, wish, {
    list,
    present: (row) => signalOf(row.signal),
    count: () => engine.countSignals(filter),
  });
}
