// Tags: a name, or a map with a name. Those of a step name pools; a permit that stands in the tag itself is a limit that holds as
// long as there is no pool of that name.

import { type Entry } from '../../json.ts';
import { nameFaults, workflowIdFaults } from '../identifiers.ts';
import { readEntries } from '../reading/fields.ts';
import { itemsOf, readCount } from '../reading/scalars.ts';
import { type Spot, report } from '../reading/spot.ts';
import { checkName, fieldsOf, isNull, listOf, reportNotYet, shown, textOf } from './fields.ts';

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

/** The permits that stand in the tags of a step, by the names of the tags. */
export function tagLimitsOf(spot: Spot): readonly Entry<number>[] {
  const limits = itemsOf(spot).flatMap((item): readonly Entry<number>[] => {
    const fields = item.node.kind === 'map' ? new Map(readEntries(item, item.node)) : new Map<string, Spot>();
    const permit = fields.get('permit');
    const name = fields.get('name');
    if (permit === undefined || name === undefined || isNull(permit.node)) return [];
    const tag = name.node.kind === 'scalar' ? name.node.source : '';
    for (const fault of workflowIdFaults(tag)) {
      report(
        name,
        'bad-identifier',
        `"${shown(tag)}" cannot be the name of a tag with a permit, which is that of a pool: ${fault}.`,
      );
    }
    const value = readCount(permit, 0, MOST_PERMITS);
    return value === undefined ? [] : [{ name: tag, value }];
  });
  return limits.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

const MOST_PERMITS = 1_000_000;

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
