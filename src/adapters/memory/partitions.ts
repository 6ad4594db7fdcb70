// Ownership and liveness in memory, by a clock that is given: the store's clock of a simulation.

import { type PartitionCheckpoint } from '../../core/partition/commit.ts';
import { type Instant } from '../../core/time.ts';
import { NewerFormatError } from '../../ports/newer-format-error.ts';
import {
  type Breadcrumb,
  keptDeaths,
  type NodeRow,
  type PartitionRow,
  type Partitions,
} from '../../ports/partitions.ts';
import { copy } from './copy.ts';

interface Row {
  epoch: number;
  owner?: string;
  deaths: readonly Instant[];
  breadcrumb?: Breadcrumb;
  checkpoint?: { readonly epoch: number; readonly value: PartitionCheckpoint };
}

/** Makes a store without nodes, that lives as long as the object does. `now` is its clock. */
export function createMemoryPartitions(now: () => Instant): Partitions {
  let meta: { readonly partitions: number; readonly format: number } | undefined;
  const rows = new Map<number, Row>();
  const nodes = new Map<string, { readonly row: NodeRow; readonly until: Instant }>();
  const isAlive = (incarnation: string | undefined): boolean =>
    incarnation !== undefined && (nodes.get(incarnation)?.until ?? -Infinity) > now();
  const present = (partition: number, row: Row): PartitionRow => ({
    partition,
    epoch: row.epoch,
    owner: row.owner,
    ownerAlive: isAlive(row.owner),
    checkpoint: row.checkpoint === undefined ? undefined : copy(row.checkpoint.value),
    deaths: row.deaths,
    breadcrumb: row.breadcrumb === undefined ? undefined : copy(row.breadcrumb),
  });
  return {
    open: async (wanted) => {
      meta ??= { partitions: wanted.partitions, format: wanted.format };
      if (meta.format > wanted.format) throw new NewerFormatError(meta.format, wanted.format);
      for (let partition = 0; partition < meta.partitions; partition++) {
        if (!rows.has(partition)) rows.set(partition, { epoch: 0, deaths: [] });
      }
      return { partitions: meta.partitions };
    },
    beat: async (beat, lease) => {
      const at = now();
      nodes.set(beat.incarnation, { row: copy(beat), until: at + lease });
      return at;
    },
    leave: async (incarnation) => {
      nodes.delete(incarnation);
    },
    nodes: async () => [...nodes.values()].filter(({ until }) => until > now()).map(({ row }) => copy(row)),
    list: async () => [...rows].map(([partition, row]) => present(partition, row)),
    ...createTenures(rows, now, present),
    checkpoint: async (partition, epoch, checkpoint) => {
      const row = rows.get(partition);
      if (row === undefined) return;
      const kept = row.checkpoint;
      const isAhead = kept === undefined || (kept.value.n < checkpoint.n && kept.epoch <= epoch);
      if (isAhead) row.checkpoint = { epoch, value: copy(checkpoint) };
    },
  };
}

/** Who takes a partition, gives it back, and leaves word in between. */
function createTenures(
  rows: ReadonlyMap<number, Row>,
  now: () => Instant,
  present: (partition: number, row: Row) => PartitionRow,
): Pick<Partitions, 'claim' | 'release' | 'leaveBreadcrumb'> {
  return {
    claim: async (partition, epoch, owner) => {
      const row = rows.get(partition);
      if (row?.epoch !== epoch) return undefined;
      if (row.owner !== undefined && row.owner !== owner) row.deaths = [...row.deaths, now()].slice(-keptDeaths);
      row.epoch += 1;
      row.owner = owner;
      return present(partition, row);
    },
    release: async (partition, epoch, owner) => {
      const row = rows.get(partition);
      if (row?.epoch !== epoch || row.owner !== owner) return;
      delete row.owner;
      delete row.breadcrumb;
    },
    leaveBreadcrumb: async (partition, { epoch, owner }, breadcrumb) => {
      const row = rows.get(partition);
      if (row?.epoch !== epoch || row.owner !== owner) return;
      if (breadcrumb === undefined) delete row.breadcrumb;
      else row.breadcrumb = copy(breadcrumb);
    },
  };
}
