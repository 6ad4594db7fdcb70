// Chance that comes in with the command: the same seed gives the same names, also on replay in a test.

/** Draws 32 random bits. */
export type Random = () => number;

/** A generator (mulberry32) for one command. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** A name of 64 bits, in hex: unguessable enough to tell one dispatch from another, no secret. */
export function tokenOf(random: Random): string {
  return hex(random()) + hex(random());
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: its first ten characters are the time, so that names sort by it. */
export function ulidOf(random: Random, at: number): string {
  let time = '';
  for (let rest = at, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) {
    time = (crockford[rest % 32] ?? '') + time;
  }
  let chance = '';
  for (let place = 0; place < 16; place++) chance += crockford[random() & 31] ?? '';
  return time + chance;
}

function hex(bits: number): string {
  return bits.toString(16).padStart(8, '0');
}
