// A binary heap: the least of many, in logarithmic time.

/** A heap of items. */
export interface Heap<T> {
  push(item: T): void;
  /** The least item, left where it is. */
  peek(): T | undefined;
  pop(): T | undefined;
}

/** Creates an empty heap; `compare` is negative where its first argument comes before its second. */
export function createHeap<T>(compare: (one: T, other: T) => number): Heap<T> {
  const items: T[] = [];

  const isBefore = (one: number, other: number): boolean => {
    const [a, b] = [items[one], items[other]];
    return a !== undefined && b !== undefined && compare(a, b) < 0;
  };
  const swap = (one: number, other: number): void => {
    const [a, b] = [items[one], items[other]];
    if (a === undefined || b === undefined) return;
    items[one] = b;
    items[other] = a;
  };

  return {
    peek: () => items[0],
    push: (item) => {
      items.push(item);
      for (let place = items.length - 1; place > 0;) {
        const parent = (place - 1) >> 1;
        if (!isBefore(place, parent)) return;
        swap(place, parent);
        place = parent;
      }
    },
    pop: () => {
      const [first] = items;
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let place = 0; ;) {
        const left = 2 * place + 1;
        const least = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(least, place)) return first;
        swap(place, least);
        place = least;
      }
    },
  };
}
