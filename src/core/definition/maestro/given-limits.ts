// Limits with `$name` or `${name}` in them (maestro-behaviour §1.6): what parameters of the run give is only known there.

import { type GivenLimit, type LimitName } from '../given-limit.ts';
import { type Spot } from '../reading/spot.ts';
import { hasMarks, templateFrom } from './text-template.ts';

/** Puts a limit that parameters give with the others; answers whether it is one. */
export function setAside(spot: Spot, limit: LimitName, limits: GivenLimit[]): boolean {
  const text = spot.node.kind === 'scalar' && typeof spot.node.value === 'string' ? spot.node.value : '';
  if (!hasMarks(text)) return false;
  limits.push({ limit, text: templateFrom(text) });
  return true;
}
