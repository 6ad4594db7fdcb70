// A list of signals that changes while it is looked at: newest first, each once.

import { type SignalState } from '../api/shapes.ts';

/** The list after some signals were published or judged. A verdict that came later replaces the signal as it was. */
export function signalsAfter(list: readonly SignalState[], changed: readonly SignalState[]): readonly SignalState[] {
  if (changed.length === 0) return list;
  const byId = new Map(list.map((signal) => [signal.id, signal]));
  for (const signal of changed) byId.set(signal.id, signal);
  return [...byId.values()].sort(newestFirst);
}

function newestFirst(one: SignalState, other: SignalState): number {
  const byTime = Date.parse(other.publishedAt) - Date.parse(one.publishedAt);
  return byTime === 0 ? other.sequence - one.sequence : byTime;
}
