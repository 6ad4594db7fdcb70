// Tags: a name, or a map with a name. Those of a step name pools; a permit that stands in the tag itself is the engine's own
// there, and is not taken.

import { nameFaults } from '../identifiers.ts';
import { type Spot, report } from '../reading/spot.ts';
import { checkName, fieldsOf, listOf, reportNotYet, textOf } from './fields.ts';

/** Checks a list of tags, and answers with their names. */
export function checkTags(spot: Spot, { mayHavePermits }: { readonly mayHavePermits: boolean }): readonly string[] {
  const names = listOf(spot).flatMap((item) => nameOfTag(item, mayHavePermits) ?? []);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) report(spot, 'duplicate-tag', `The tag "${name}" is there twice.`);
    seen.add(name);
  }
  return [...seen];
}

function nameOfTag(spot: Spot, mayHavePermits: boolean): string | undefined {
  if (spot.node.kind === 'scalar') return checked(spot, String(spot.node.value));
  const fields = fieldsOf(spot, { what: 'a tag', keys: ['name', 'namespace', 'permit', 'attributes'] });
  const permit = fields.get('permit');
  if (permit !== undefined && !mayHavePermits) reportNotYet(permit, 'A tag permit', 'Remove `permit` from the tag.');
  const name = textOf(fields, 'name');
  return name === undefined ? undefined : checked(fields.get('name') ?? spot, name);
}

function checked(spot: Spot, name: string): string {
  checkName(spot, 'the name of a tag', name, nameFaults);
  return name;
}
