// Columns of text, as wide as their widest cell; the last one may be cut at the edge of a terminal.

import { fit } from './printable.ts';

/** Lines of a table with a head. Cells hold no colours: `decorate` puts them on when the widths are known. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options: { readonly width: number; readonly decorate?: (row: number, column: number, cell: string) => string },
): readonly string[] {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(lengthOf)),
  );
  const line = (cells: readonly string[], decorate: (column: number, cell: string) => string): string => {
    let left = options.width;
    const parts = head.map((_, column) => {
      const wide = column === head.length - 1 ? left : (widths[column] ?? 0);
      const cell = fit(cells[column] ?? '', Math.max(1, Math.min(wide, left)));
      left = Math.max(0, left - (widths[column] ?? 0) - 2);
      const padding = column === head.length - 1 ? '' : ' '.repeat(Math.max(0, wide - lengthOf(cell)));
      return `${decorate(column, cell)}${padding}`;
    });
    return parts.join('  ').trimEnd();
  };
  return [
    line(head, (_, cell) => cell),
    ...rows.map((row, index) => line(row, (column, cell) => options.decorate?.(index, column, cell) ?? cell)),
  ];
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
