// Lines that a step printed, with the place to resume behind.

import { type NumberedLine } from '../../ports/step-logs.ts';
import { type LogChunk } from '../generated/schema.ts';
import { logCursorOf, type LogPlace } from '../parse/log-cursor.ts';

/** Some lines of an attempt; `before` is where the watch began, for a chunk without lines. */
export function logChunkOf(
  { attemptId, lines }: { readonly attemptId: string; readonly lines: readonly NumberedLine[] },
  before: LogPlace | undefined,
): LogChunk {
  const attempt = Number(attemptId.slice(attemptId.lastIndexOf('/') + 1));
  const line = lines.at(-1)?.number ?? before?.line ?? 0;
  return { cursor: logCursorOf({ attempt, line }), attemptId, lines };
}
