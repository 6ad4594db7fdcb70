// What the options of several verbs have in common: how their values are read, and how an example is shown.

import { type Command, InvalidArgumentError, Option } from 'commander';

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

/** Adds what every verb takes that starts or publishes something. */
export function withParams(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-p, --param <name=value>',
        'a parameter, as often as needed; name=@file.json reads JSON from a file',
      ).argParser(collect),
    )
    .option('--idempotency-key <key>', 'the same key twice does it only once')
    .option('--reason <text>', 'why; kept in the history');
}
