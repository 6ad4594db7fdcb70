// Definitions that several tests of backfills use.

/** A workflow whose runs end as soon as they begin. */
export const noop = 'id: flow\nsteps: [{ id: a, noop: true }]';
