// An expression that does nothing but take a parameter of a signal as it is: `params.getFromSignal("ready", "rows")`.

/** The parameter of the signal. */
export interface TakenParam {
  readonly signal: string;
  readonly param: string;
}

const TAKEN =
  /^\s*(?:return\s+)?params\.getFromSignal\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*,\s*["']([a-zA-Z_]\w*)["']\s*\)\s*;?\s*$/u;

/** Which parameter an expression takes; undefined if it does anything else. */
export function takenParam(expression: string): TakenParam | undefined {
  const [, double, single, param] = TAKEN.exec(expression) ?? [];
  const signal = (double ?? single)?.replace(/\\(.)/gu, '$1');
  return signal === undefined || param === undefined ? undefined : { signal, param };
}
