// The version of each type of event, and the upcasters of those before it. To change the shape of an event: raise its version,
// write the upcaster under `Type@version` of the shape that was, and record a history (test/histories/README.md).

import { type EntityEvent } from '../entity.ts';
import { type Formats } from './upcasting.ts';

/** No event has changed its shape since the first release. */
export const eventFormats: Formats<EntityEvent['type']> = { versions: {}, upcasters: {} };
