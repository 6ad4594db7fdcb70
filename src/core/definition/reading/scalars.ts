// Texts, fixed words and counts, with the traps of YAML: a bare `no`, a number where a text is meant, a missing value.

import { type ScalarNode } from '../source/node.ts';
import { type Spot, keyOf, nodeName, report } from './spot.ts';

const AMBIGUOUS = /^(?:yes|no|on|off)$/iu;

/** Reads a text that must be one: not a number, not a boolean. */
export function readText(spot: Spot): string | undefined {
  const scalar = readScalar(spot, 'a text');
  if (scalar === undefined) return undefined;
  if (typeof scalar.value === 'string') return isClear(spot, scalar) ? scalar.value : undefined;
  reportNotText(spot, scalar);
  return undefined;
}

/** Reads a text where a number or boolean stands for its own spelling, such as `PORT: 8080`. */
export function readLooseText(spot: Spot): string | undefined {
  const scalar = readScalar(spot, 'a text');
  if (scalar === undefined || !isClear(spot, scalar)) return undefined;
  if (typeof scalar.value === 'string') return scalar.value;
  if (String(scalar.value) === scalar.source) return scalar.source;
  reportNotText(spot, scalar);
  return undefined;
}

/** Reads one of the fixed words, in any case. */
export function readWord<W extends string>(spot: Spot, words: readonly W[]): W | undefined {
  const word = spot.node.kind === 'scalar' ? spot.node.source : '';
  const known = words.find((candidate) => candidate === word.toLowerCase());
  if (known !== undefined) return known;
  const given = spot.node.kind === 'scalar' && word !== '' ? `\`${word}\`` : nodeName(spot.node);
  report(spot, 'unknown-word', `${keyOf(spot)} is one of ${words.join(', ')}, and this is ${given}.`, {
    meant: { word, among: words },
  });
  return undefined;
}

/** Reads a whole number within bounds. */
export function readCount(spot: Spot, least: number, most: number): number | undefined {
  const value = spot.node.kind === 'scalar' ? spot.node.value : undefined;
  const isFitting = typeof value === 'bigint' && value >= BigInt(least) && value <= BigInt(most);
  if (isFitting) return Number(value);
  const range = `a whole number from ${String(least)} to ${String(most)}`;
  report(spot, 'wrong-type', `${keyOf(spot)} must be ${range}, and this is ${nodeName(spot.node)}.`);
  return undefined;
}

/** Reads true or false. */
export function readFlag(spot: Spot): boolean | undefined {
  const { node } = spot;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  if (node.kind === 'scalar' && !isClear(spot, node)) return undefined;
  report(spot, 'wrong-type', `${keyOf(spot)} must be true or false, and this is ${nodeName(node)}.`);
  return undefined;
}

/** Reads a text or a list of texts. */
export function readTexts(spot: Spot): readonly (readonly [string, Spot])[] {
  const items = spot.node.kind === 'list' ? itemsOf(spot) : [spot];
  return items.flatMap((item): (readonly [string, Spot])[] => {
    const text = readText(item);
    return text === undefined ? [] : [[text, item]];
  });
}

/** The items of a list as spots; none if it is no list. */
export function itemsOf(spot: Spot): readonly Spot[] {
  const { node, path, reading } = spot;
  if (node.kind !== 'list') return [];
  return node.items.map((item, index) => ({ reading, node: item, path: [...path, String(index)] }));
}

/** Whether a bare word means the same to every reader of YAML; if not, that is told. */
export function isClear(spot: Spot, scalar: ScalarNode): boolean {
  if (!scalar.plain || typeof scalar.value !== 'string' || !AMBIGUOUS.test(scalar.value)) return true;
  const word = scalar.value;
  const boolean = /^(?:yes|on)$/iu.test(word) ? 'true' : 'false';
  const message = `A bare \`${word}\` is the text "${word}" to some readers of YAML and the boolean ${boolean} to others.`;
  report(spot, 'ambiguous-word', message, {
    hint: `Write ${boolean} for the boolean, or "${word}" in quotes for the text.`,
    suggestion: `"${word}"`,
  });
  return false;
}

/** Says that a number or boolean stands where a text is meant. */
export function reportNotText(spot: Spot, scalar: ScalarNode): void {
  const isNumber = typeof scalar.value === 'number' || typeof scalar.value === 'bigint';
  const rule = isNumber ? 'number-for-text' : 'wrong-type';
  const message = `${keyOf(spot)} must be a text, and ${scalar.source} without quotes is ${nodeName(scalar)}.`;
  report(spot, rule, message, { hint: `Write "${scalar.source}" in quotes.`, suggestion: `"${scalar.source}"` });
}

function readScalar(spot: Spot, wanted: string): ScalarNode | undefined {
  const { node } = spot;
  if (node.kind === 'scalar' && node.value !== null) return node;
  const hint = node.kind === 'scalar' ? { hint: 'Give it a value, or remove the key.' } : {};
  report(spot, 'wrong-type', `${keyOf(spot)} must be ${wanted}, and this is ${nodeName(node)}.`, hint);
  return undefined;
}
