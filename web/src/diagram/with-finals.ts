// The picture of a workflow whose last steps come whatever became of the others: they stand below a line of their own.

import { layOut, type LaidStep, type Layout, type LayoutSize, type Place } from './layout.ts';

/** A picture, and at which height the line stands that sets the last steps apart. */
export interface LayoutWithFinals extends Layout {
  readonly divider: number | undefined;
}

/** Room for the line and its label. */
const ROOM = 64;

/** Lays both kinds of steps out, one below the other. */
export function layOutWithFinals(
  steps: readonly LaidStep[],
  finals: readonly LaidStep[],
  size: LayoutSize,
): LayoutWithFinals {
  const main = layOut(steps, size);
  if (finals.length === 0) return { ...main, divider: undefined };
  const last = layOut(finals, size);
  const width = Math.max(main.width, last.width);
  const top = main.height + ROOM;
  const above = shifted(main, Math.round((width - main.width) / 2), 0);
  const below = shifted(last, Math.round((width - last.width) / 2), top);
  return {
    places: new Map([...above.places, ...below.places]),
    lines: [...above.lines, ...below.lines],
    width,
    height: top + last.height,
    divider: main.height + ROOM / 2,
  };
}

function shifted({ places, lines }: Layout, right: number, down: number): Pick<Layout, 'places' | 'lines'> {
  const move = ({ x, y }: Place): Place => ({ x: x + right, y: y + down });
  return {
    places: new Map([...places].map(([stepId, place]) => [stepId, move(place)])),
    lines: lines.map((line) => ({ ...line, points: line.points.map(move) })),
  };
}
