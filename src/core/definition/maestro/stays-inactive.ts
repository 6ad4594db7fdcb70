// A request that says `is_active: false` pushes a version without activating it (maestro-behaviour §1.5).

import { type Definition } from '../model.ts';

/** What a definition carries along that is not to be activated. */
export const INACTIVE = 'request.is_active';

/** Whether applying a definition leaves the version active that was so before. */
export function staysInactive({ carried = [] }: Pick<Definition, 'carried'>): boolean {
  return carried.some(({ name, value }) => name === INACTIVE && value === false);
}
