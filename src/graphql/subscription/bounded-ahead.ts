// Reads ahead of a subscriber, but never more than a bounded number of items: a slow subscriber costs a fixed amount of memory.
// A full queue waits for the subscriber to take something; one that takes nothing for `patience` gets a last item that says so,
// and the stream ends. Ending takes effect at once, also while the source has nothing to say.

/** How far to read ahead, and what becomes of a subscriber that takes nothing. */
export interface Bounds<T> {
  readonly capacity: number;
  /** Absent: the source waits for the subscriber as long as it takes. */
  readonly slow?: {
    readonly patience: number;
    /** The last item for a subscriber that was too slow, given the last one that it will get before. */
    readonly lagged: (last: T) => T;
  };
}

/** The items of the source, read ahead within bounds. Reading begins with the first `next`. */
export function boundedAhead<T>(source: AsyncIterable<T>, bounds: Bounds<T>): AsyncIterableIterator<T, undefined> {
  return new ReadAhead(source, bounds);
}

interface Waiter<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: Error) => void;
}

class ReadAhead<T> implements AsyncIterableIterator<T, undefined> {
  readonly #iterator: AsyncIterator<T>;
  readonly #bounds: Bounds<T>;
  readonly #queue: T[] = [];
  readonly #waiters: Waiter<T>[] = [];
  #isStarted = false;
  #isEnded = false;
  #failure: Error | undefined;
  #tellRoom: ((hasRoom: boolean) => void) | undefined;

  constructor(source: AsyncIterable<T>, bounds: Bounds<T>) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#bounds = bounds;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    if (!this.#isStarted) {
      this.#isStarted = true;
      void this.#pump();
    }
    const item = this.#queue.shift();
    if (item !== undefined) {
      this.#tellRoom?.(true);
      return { done: false, value: item };
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isEnded) return { done: true, value: undefined };
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#queue.length = 0;
    this.#failure = undefined;
    this.#end();
    this.#release();
    return { done: true, value: undefined };
  }

  async #pump(): Promise<void> {
    try {
      for (let step = await this.#iterator.next(); step.done !== true; step = await this.#iterator.next()) {
        if (this.#hasEnded()) return;
        this.#push(step.value);
        if (this.#queue.length < this.#bounds.capacity || (await this.#room())) continue;
        this.#lag();
        this.#release();
        break;
      }
    } catch (error) {
      if (!this.#isEnded) this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#end();
  }

  /** Asked through a method: the compiler would take the field for unchanged over an `await`. */
  #hasEnded(): boolean {
    return this.#isEnded;
  }

  #push(item: T): void {
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#queue.push(item);
    else waiter.resolve({ done: false, value: item });
  }

  /** Whether the subscriber takes something before patience ends. */
  #room(): Promise<boolean> {
    const { slow } = this.#bounds;
    return new Promise((resolve) => {
      const timer = slow && setTimeout(() => this.#tellRoom?.(false), slow.patience);
      this.#tellRoom = (hasRoom): void => {
        clearTimeout(timer);
        this.#tellRoom = undefined;
        resolve(hasRoom);
      };
    });
  }

  #lag(): void {
    const last = this.#queue.at(-1);
    if (last !== undefined && this.#bounds.slow !== undefined) this.#queue.push(this.#bounds.slow.lagged(last));
  }

  #end(): void {
    this.#isEnded = true;
    this.#tellRoom?.(false);
    for (const { resolve, reject } of this.#waiters.splice(0)) {
      if (this.#failure === undefined) resolve({ done: true, value: undefined });
      else reject(this.#failure);
    }
  }

  /** A source may be in the middle of a wait: it ends when it can, and nobody waits for that. */
  #release(): void {
    this.#iterator.return?.().catch(() => undefined);
  }
}
