// Matches paths against the globs of `artifacts`: `*` and `?` within one part, `**` over any number of parts.
// As in a shell, a wildcard does not match a leading dot; a dot that is written does.

/** Whether a pattern names more than the one path that it spells. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Whether a relative path with `/` matches a pattern. Takes time in proportion to pattern times path, whatever they hold. */
export function matchesGlob(pattern: string, path: string): boolean {
  return matchesParts(pattern.split('/'), path.split('/'));
}

/** All places at once, part by part: a matcher that tries and comes back can take exponential time. */
function matchesParts(pattern: readonly string[], path: readonly string[]): boolean {
  let reachable = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const start of reachable) {
      for (const end of endsOf(part, path, start)) next.add(end);
    }
    reachable = next;
  }
  return reachable.has(path.length);
}

/** Where a part of the pattern can end that starts at a place in the path. */
function endsOf(part: string, path: readonly string[], start: number): readonly number[] {
  if (part !== '**') return start < path.length && matchesPart(part, path[start] ?? '') ? [start + 1] : [];
  const hidden = path.findIndex((name, index) => index >= start && name.startsWith('.'));
  const last = hidden < 0 ? path.length : hidden;
  return Array.from({ length: last - start + 1 }, (_, step) => start + step);
}

/** Greedy with one place to come back to: enough for `*`, and never more than pattern times text. */
function matchesPart(pattern: string, text: string): boolean {
  if (text.startsWith('.') && !pattern.startsWith('.')) return false;
  const wanted = Array.from(pattern);
  const given = Array.from(text);
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < given.length) {
    if (wanted[at] === '*') {
      star = at++;
      resume = index;
    } else if (wanted[at] === '?' || (at < wanted.length && wanted[at] === given[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}
