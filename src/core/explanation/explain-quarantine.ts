// Why an entity takes part in nothing: an error of ours set it aside, so that everything else could go on.

import { type Quarantinable } from '../quarantine.ts';
import { type Explanation } from './explanation.ts';
import { moment } from './sentences.ts';

/** Explains an entity that was set aside; undefined if it was not. `id` is its public id. */
export function explainQuarantine(id: string, { quarantine }: Quarantinable): Explanation | undefined {
  if (quarantine === undefined) return undefined;
  const text = `An error in Downbeat set it aside at ${moment(quarantine.at)}, so that everything else could go on: ${quarantine.reason}`;
  const unblock = `Please report the error. When it is mended, let it take part again: downbeat release ${id}.`;
  return { id, summary: text, reasons: [{ code: 'QUARANTINED', text, unblock }] };
}
