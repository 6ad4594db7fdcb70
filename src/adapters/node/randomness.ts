// Names and hashes from Node's cryptography. ULIDs of one process never repeat, and rise within one millisecond.

import { createHash, randomBytes } from 'node:crypto';
import { type Randomness } from '../../ports/randomness.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARACTERS = 10;
const CHANCE_CHARACTERS = 16;
const CHANCE_BYTES = 10;
const LARGEST_CHANCE = (1n << 80n) - 1n;
const LARGEST_TIME = 2 ** 48 - 1;

const POOL_BYTES = 4_096;

let pool = Buffer.alloc(0);

/** Random bytes, each given once; asked of the system a page at a time, since a call costs more than the bytes. */
function bytes(count: number): Buffer {
  if (pool.length < count) pool = randomBytes(POOL_BYTES);
  const taken = pool.subarray(0, count);
  pool = pool.subarray(count);
  return taken;
}

/** Real chance. */
export function createNodeRandomness(): Randomness {
  let last = { at: -1, chance: 0n };
  return {
    ulid: (at) => {
      const time = Math.min(Math.max(0, Math.floor(at)), LARGEST_TIME);
      const isSameTime = time === last.at && last.chance < LARGEST_CHANCE;
      last = { at: time, chance: isSameTime ? last.chance + 1n : chance() };
      return encode(BigInt(time), TIME_CHARACTERS) + encode(last.chance, CHANCE_CHARACTERS);
    },
    token: () => bytes(16).toString('hex'),
    seed: () => bytes(4).readUInt32BE() >>> 1,
    hash: (content) => createHash('sha256').update(content).digest('hex'),
  };
}

function chance(): bigint {
  return BigInt(`0x${bytes(CHANCE_BYTES).toString('hex')}`);
}

/** Crockford's base 32: the order of the texts is the order of the numbers. */
function encode(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest >>= 5n) text = ALPHABET.charAt(Number(rest & 31n)) + text;
  return text;
}
