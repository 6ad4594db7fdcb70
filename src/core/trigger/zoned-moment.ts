// A moment as the clocks of a zone show it.

import { type Instant } from '../time.ts';
import { localAt } from './zone.ts';

/** "2026-11-01 06:00 Europe/Madrid", to the minute. */
export function zonedMoment(timezone: string, at: Instant): string {
  return `${new Date(localAt(timezone, at)).toISOString().slice(0, 16).replace('T', ' ')} ${timezone}`;
}
