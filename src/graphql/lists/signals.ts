// The list of published signals.

import { type Engine } from '../../engine/engine.ts';
import { type SignalFilter } from '../generated/schema.ts';
import { type PageArguments, parsePage } from '../parse/page.ts';
import { connectionOf, type SignalConnectionSource } from '../present/connection.ts';
import { signalOf } from '../present/signal.ts';

/** A page of signals, newest first. */
export async function listSignals(
  engine: Engine,
  args: PageArguments,
  { name }: SignalFilter,
): Promise<SignalConnectionSource> {
  const filter = name === null || name === undefined ? {} : { name };
  const list = `signals ${JSON.stringify([name])}`;
  const wish = parsePage(args, list, 'NEWEST_FIRST');
  const page = await engine.signals(wish.request, filter);
  return connectionOf(page, wish, {
    list,
    present: (row) => signalOf(row.signal),
    count: () => engine.countSignals(filter),
  });
}
