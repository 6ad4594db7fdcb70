// What happened, as one rolling hash: two runs of a seed that differ anywhere differ here. With `keep`, also as lines.

/** The trace of one simulation. */
export interface Trace {
  add(line: string): void;
  /** The hash of everything so far. */
  hash(): string;
  /** Every line, if they are kept. */
  lines(): readonly string[];
}

/** Creates an empty trace; `now` stamps its lines. */
export function createTrace(now: () => number, keep: boolean): Trace {
  const lines: string[] = [];
  let high = 0x811c9dc5;
  let low = 0x01000193;
  return {
    add: (line) => {
      const text = `${String(now())} ${line}`;
      for (let place = 0; place < text.length; place++) {
        high = Math.imul(high ^ text.charCodeAt(place), 0x01000193) >>> 0;
        low = (Math.imul(low, 31) + text.charCodeAt(place)) >>> 0;
      }
      if (keep) lines.push(text);
    },
    hash: () => high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0'),
    lines: () => lines,
  };
}
