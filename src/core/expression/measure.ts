// How large an array or map is all told, charged before it is shown, copied or handed out. What a program makes may
// hold the same part many times over, so its text can be far larger than what it used of the memory.

import { type Budget, DEEPEST, fail, spend, spendElements, spendText } from './budget.ts';
import { isArray, isMap, text } from './text.ts';
import { type Thing } from './thing.ts';

/** Shows a value as text, charged before it is made. */
export function shownText(value: Thing, budget: Budget): string {
  if (typeof value !== 'object' || value === null) {
    const shown = text(value);
    spendText(budget, shown.length);
    return shown;
  }
  charge(value, budget, 0);
  return text(value);
}

/** Charges all that a value holds, as often as it holds it. */
export function charge(value: Thing, budget: Budget, depth: number): void {
  if (typeof value === 'string') spendText(budget, value.length);
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) {
    fail(budget, 'EXPRESSION_LIMIT', `Arrays and maps lie more than ${String(DEEPEST)} deep in one another.`);
  }
  spend(budget, 2);
  if (isArray(value)) {
    spendElements(budget, value.length);
    for (const item of value) charge(item, budget, depth + 1);
  } else if (isMap(value)) {
    spend(budget, value.size);
    for (const [key, member] of value) {
      spendText(budget, key.length);
      charge(member, budget, depth + 1);
    }
  }
}

/** A copy that the program may change, whatever the caller gave. */
export function copied(value: Thing, budget: Budget): Thing {
  spend(budget, 1);
  if (isArray(value)) {
    spendElements(budget, value.length);
    return value.map((item) => copied(item, budget));
  }
  if (!isMap(value)) return value;
  spend(budget, value.size);
  return new Map(Array.from(value, ([key, member]) => [key, copied(member, budget)] as const));
}

/** Refuses to put a value where it would hold itself. */
export function refuseCircle(holder: Thing, value: Thing, budget: Budget): void {
  const seen = new Set<Thing>();
  const open: Thing[] = [value];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (typeof current !== 'object' || current === null || seen.has(current)) continue;
    if (current === holder) fail(budget, 'EXPRESSION_FAILED', 'This would put an array or map into itself.');
    seen.add(current);
    const members = isArray(current) ? current : isMap(current) ? current.values() : [];
    for (const member of members) {
      spend(budget, 1);
      open.push(member);
    }
  }
}
