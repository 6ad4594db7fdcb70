// What steps print, in memory.

import { type NumberedLine, type StepLogs } from '../../ports/step-logs.ts';
import { copy } from './copy.ts';

/** Makes an empty store of lines that lives as long as the object does. */
export function createMemoryStepLogs(): StepLogs {
  const attempts = new Map<string, Map<number, NumberedLine>>();
  const inOrder = (attemptId: string): NumberedLine[] =>
    [...(attempts.get(attemptId)?.values() ?? [])].sort((a, b) => a.number - b.number);
  return {
    append: async (attemptId, lines) => {
      const kept = attempts.get(attemptId) ?? new Map<number, NumberedLine>();
      for (const line of lines) if (!kept.has(line.number)) kept.set(line.number, copy(line));
      attempts.set(attemptId, kept);
    },
    read: async (attemptId, after, limit) =>
      inOrder(attemptId)
        .filter(({ number }) => number > after)
        .slice(0, limit)
        .map(copy),
    tail: async (attemptId, limit) => (limit > 0 ? inOrder(attemptId).slice(-limit).map(copy) : []),
    removeBefore: async (at) => {
      for (const [attemptId, lines] of attempts) {
        for (const line of lines.values()) if (line.at < at) lines.delete(line.number);
        if (lines.size === 0) attempts.delete(attemptId);
      }
    },
  };
}
