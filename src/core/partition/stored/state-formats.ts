// The version of each kind of state as checkpoints keep it, and the upcasters of those before it. To change the shape of a
// state: raise its version, and write the upcaster under `kind@version` of the shape that was.

import { type EntityState } from '../entity.ts';
import { type Formats } from './upcasting.ts';

/** No state has changed its shape since the first release. */
export const stateFormats: Formats<EntityState['kind']> = { versions: {}, upcasters: {} };
