// An event as it is stored: with the version of its shape, which in memory is always the current one. The only place where
// versions are given and taken; every store of events goes through it.

import { type EntityId } from '../../ids.ts';
import { type EntityEvent, type RecordedEvent } from '../entity.ts';
import { eventFormats } from './event-formats.ts';
import { createUpcasting, type Formats, type Refusing } from './upcasting.ts';

/** A recorded event in the version of its time. */
export interface StoredEvent {
  readonly entity: EntityId;
  readonly version: number;
  /** The version of the event's shape. The first logs have none: that is version 1. */
  readonly v?: number;
  readonly event: { readonly type: string };
}

/** Where an event is stored, for those who read that it cannot be read. */
interface Where {
  readonly partition: number;
  readonly n: number;
}

/** Writes and reads events. */
export interface EventCodec {
  /** The event with its version; the payload is shared, not copied. */
  readonly encode: (recorded: RecordedEvent) => StoredEvent;
  /** The event as this version knows it; throws what `newer` makes if it is newer than that. */
  readonly decode: (stored: StoredEvent, where: Where, newer: Refusing) => RecordedEvent;
}

/** Writes and reads events by these formats. */
export function createEventCodec(formats: Formats): EventCodec {
  const { current, upcast } = createUpcasting(formats);
  return {
    encode: ({ entity, version, event }) => ({ entity, version, v: current(event.type), event }),
    decode: ({ entity, version, v = 1, event }, { partition, n }, newer) => {
      const known = current(event.type);
      if (v === known) return { entity, version, event: event as EntityEvent };
      if (v > known) {
        const what = `The event ${event.type} in block ${String(n)} of partition ${String(partition)}`;
        throw newer({ what, found: v, known });
      }
      return { entity, version, event: upcast(event.type, v, event) as unknown as EntityEvent };
    },
  };
}

/** Writes and reads events as this version does. */
export const eventCodec = createEventCodec(eventFormats);
