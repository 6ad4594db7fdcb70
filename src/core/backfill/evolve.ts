// How events change what a backfill is made of, whichever part of it.

import { type Instant } from '../time.ts';
import {
  type BackfillBookEvent,
  type BackfillBookState,
  type BackfillEvent,
  type BackfillState,
  evolveBackfill,
  evolveBackfillBook,
} from './backfill.ts';
import { type BackfillLinesEvent, type BackfillLinesState, evolveBackfillLines } from './lines.ts';

type PartState = BackfillState | BackfillLinesState | BackfillBookState;
type PartEvent = BackfillEvent | BackfillLinesEvent | BackfillBookEvent;

/** The state of the part after an event; `undefined` before the first. */
export function evolveBackfillKind(state: PartState | undefined, event: PartEvent, at: Instant): PartState {
  switch (event.type) {
    case 'BackfillNumbered':
    case 'BackfillBegun':
    case 'BackfillOver':
      return evolveBackfillBook(state as BackfillBookState | undefined, event);
    case 'LinesPlanned':
    case 'LineStarted':
    case 'LineEnded':
    case 'LineRefused':
      return evolveBackfillLines(state as BackfillLinesState | undefined, event);
    case 'BackfillPlanned':
    case 'BackfillApplied':
    case 'BackfillPaused':
    case 'BackfillResumed':
    case 'BackfillCancelled':
    case 'BackfillRetried':
    case 'BackfillPassed':
    case 'BackfillLineStarted':
    case 'BackfillLineEnded':
    case 'BackfillLineRefused':
    case 'BackfillEnded':
    case 'BackfillExpired':
      return evolveBackfill(state as BackfillState | undefined, event, at);
  }
}
