// A value that never prints: neither in a message nor in a table nor by accident in a log.

import { inspect } from 'node:util';

/** A value that must not be seen: it prints as dots wherever it ends up, unless someone asks for it by `reveal`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. */
  reveal(): string {
    return this.#value;
  }

  /** Dots. */
  toString(): string {
    return '•••';
  }

  /** Dots. */
  toJSON(): string {
    return this.toString();
  }

  /** Dots. */
  [inspect.custom](): string {
    return this.toString();
  }
}
