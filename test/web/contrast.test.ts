// The page's colours can be read: in light and in dark, every colour of text on every surface that it stands on.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../web/src/styles/tokens.css', import.meta.url), 'utf8');
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light, dark },
  ]),
);

const SURFACES = ['paper', 'surface', 'sunk'] as const;
const PAIRS: readonly (readonly [string, string])[] = [
  ...['ink', 'ink-quiet', 'brass'].flatMap((text) => SURFACES.map((surface) => [text, surface] as const)),
  ...['waiting', 'queued', 'running', 'succeeded', 'skipped', 'failed', 'stopped'].flatMap((text) =>
    (['paper', 'surface'] as const).map((surface) => [text, surface] as const),
  ),
  ...['queued', 'running', 'succeeded', 'failed', 'stopped'].flatMap((phase) => [
    [phase, `${phase}-tint`] as const,
    ['ink', `${phase}-tint`] as const,
    ['ink-quiet', `${phase}-tint`] as const,
  ]),
  ['failed', 'sunk'],
  ['paper', 'ink'],
];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it.each(PAIRS)('%s is readable on %s', (text, surface) => {
    expect(contrast(colourOf(text, theme), colourOf(surface, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['line-strong', 'focus'])('%s is visible on every surface', (name) => {
    for (const surface of SURFACES)
      expect(contrast(colourOf(name, theme), colourOf(surface, theme))).toBeGreaterThanOrEqual(3);
  });
});

function colourOf(name: string, theme: 'light' | 'dark'): string {
  const colour = colours.get(name)?.[theme];
  if (colour === undefined) throw new Error(`tokens.css has no colour ${name}.`);
  return colour;
}

/** The contrast of WCAG 2: from 1 (the same) to 21 (black on white). */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((first, second) => second - first);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const digits =
    colour.length === 4
      ? (colour.slice(1).match(/./g) ?? []).map((digit) => digit + digit)
      : (colour.slice(1).match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => {
    const share = Number.parseInt(pair, 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
