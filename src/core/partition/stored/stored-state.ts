// A state as checkpoints keep it: beside it the version of its shape, which in memory is always the current one.

import { type EntityId } from '../../ids.ts';
import { type EntityState } from '../entity.ts';
import { stateFormats } from './state-formats.ts';
import { createUpcasting, type Formats, type Refusing } from './upcasting.ts';

/** A state in the version of its time. */
export interface StoredState {
  /** The version of the state's shape. The first checkpoints have none: that is version 1. */
  readonly format?: number | undefined;
  readonly state: { readonly kind: string };
}

/** Writes and reads states. */
export interface StateCodec {
  /** The version that goes beside a state. */
  readonly format: (state: EntityState) => number;
  /** The state as this version knows it; throws what `newer` makes if it is newer than that. */
  readonly decode: (id: EntityId, stored: StoredState, newer: Refusing) => EntityState;
}

/** Writes and reads states by these formats. */
export function createStateCodec(formats: Formats): StateCodec {
  const { current, upcast } = createUpcasting(formats);
  return {
    format: ({ kind }) => current(kind),
    decode: (id, { format = 1, state }, newer) => {
      const known = current(state.kind);
      if (format === known) return state as EntityState;
      if (format > known) throw newer({ what: `The saved state of ${id}`, found: format, known });
      return upcast(state.kind, format, state) as unknown as EntityState;
    },
  };
}

/** Writes and reads states as this version does. */
export const stateCodec = createStateCodec(stateFormats);
