// Where the settings of this process come from. The only reader of process.env.

/** Where settings are read from; `processPlace()` for a real process. */
export interface ConfigPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** Where the settings of this process come from. */
export function processPlace(): ConfigPlace {
  return { environment: process.env, folder: process.cwd() };
}
