// Small pieces of SVG and HTML that the plot and the report share.

/** Makes any text safe inside SVG and HTML. */
export function escape(text) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return String(text).replace(/[&<>"']/g, (character) => entities[character]);
}

/** A point of a plot: one shape a species, so that nobody has to tell colours apart. */
export function mark(shape, x, y, size = 4.5) {
  const at = (number) => number.toFixed(1);
  if (shape === 'circle') return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(size)}"/>`;
  if (shape === 'square') {
    const side = size * 1.75;
    return `<rect x="${at(x - side / 2)}" y="${at(y - side / 2)}" width="${at(side)}" height="${at(side)}"/>`;
  }
  if (shape === 'diamond') {
    const half = size * 1.25;
    return `<path d="M${at(x)} ${at(y - half)}L${at(x + half)} ${at(y)}L${at(x)} ${at(y + half)}L${at(x - half)} ${at(y)}Z"/>`;
  }
  const [half, up, down] = [size * 1.15, size * 1.25, size * 0.85];
  return `<path d="M${at(x)} ${at(y - up)}L${at(x + half)} ${at(y + down)}H${at(x - half)}Z"/>`;
}
