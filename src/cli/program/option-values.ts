// What the options of several verbs have in common: how their values are read, and how an example is shown.

import { InvalidArgumentError, Option } from 'commander';

/** The end of a verb's help. */
export function example(line: string): string {
  return `\nExample:\n  $ ${line}`;
}

/** A value of an option that may come several times, with those before it. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** Reads a whole number up to `most`. */
export function wholeNumber(most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < 1 || number > most)
      throw new InvalidArgumentError(`It must be a whole number from 1 to ${String(most)}.`);
    return number;
  };
}

/** An option for values of single steps, as often as needed. */
export function stepValues(name: '--step-param' | '--output', description: string): Option {
  return new Option(`${name} <step.name=value>`, description).argParser(collect);
}
