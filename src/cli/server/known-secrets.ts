// Which secrets this machine's settings lead to, as the command line shows them: names, never values.

import { type Result } from '../../core/result.ts';

/** Lists secrets by name. */
export interface KnownSecrets {
  list(): Promise<
    Result<readonly { readonly name: string; readonly from: string }[], { readonly why: string; readonly hint: string }>
  >;
}
