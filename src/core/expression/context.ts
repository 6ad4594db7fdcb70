// What an evaluation is given besides the names: how much it may use, the time, chance, and the run it belongs to.
// The same context gives the same result: the language itself never asks a clock or throws dice.

import { type Random } from '../random.ts';
import { type Result } from '../result.ts';
import { type Instant } from '../time.ts';
import { type Value } from './value.ts';

/** The most that one evaluation may use. */
export interface Fuel {
  /** About half a microsecond of work each, at worst. */
  readonly steps: number;
  /** Bytes of text and arrays made on the way, as an estimate. */
  readonly memory: number;
}

/** What an expression may ask of its surroundings. What is left out is a fault of the expression that asks for it. */
export interface Context {
  /** Otherwise `DEFAULT_FUEL`. */
  readonly fuel?: Fuel;
  /** What `System.currentTimeMillis()` and `new DateTime()` read. */
  readonly now?: Instant;
  /** What `Math.random()` and `UUID.randomUUID()` draw from. */
  readonly random?: Random;
  /** What the functions of `params` ask. */
  readonly params?: ParamsPort;
  /** What a name that there is not gives: a fault (native definitions, the default), or NULL (imported ones). */
  readonly undefinedNames?: 'fault' | 'null';
}

/** The answer to a function of `params`; the failure is a sentence for the author, such as `There is no step a.` */
export type Answer = Result<Value, string>;

/** The functions of `params` (maestro-behaviour §3.8). One that is missing is a fault of the expression that calls it. */
export interface ParamsPort {
  /** `params.get('x')` and `params['x']`; undefined, which gives NULL, if there is no such parameter in scope. */
  readonly get?: (name: string) => Value | undefined;
  /** With one argument a field of the step at hand, with two a parameter of a finished step. */
  readonly getFromStep?: (fieldOrStep: string, param?: string) => Answer;
  readonly getFromInstance?: (field: string) => Answer;
  /** With one argument a parameter of the trigger, with two one of the signal that started the run. */
  readonly getFromSignal?: (paramOrSignal: string, param?: string) => Answer;
  readonly getFromSignalOrDefault?: (signal: string, param: string, otherwise: Value) => Answer;
  /** The dependency is counted from 0. */
  readonly getFromSignalDependency?: (index: number, param: string) => Answer;
  readonly getFromForeach?: (foreachStep: string, innerStep: string, param: string) => Answer;
  readonly getFromSubworkflow?: (subworkflowStep: string, innerStep: string, param: string) => Answer;
  readonly getExecutionEnvironment?: () => Answer;
  /** A LONG that no other call ever gets. */
  readonly nextUniqueId?: () => Answer;
}
