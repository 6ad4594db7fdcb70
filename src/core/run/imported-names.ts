// Names in imported definitions (maestro-behaviour §3.5): the parameters of the step at hand, those of the run and the loops
// around, and as `stepId__param` those of steps that are over for sure. Nobody else's, or a name would mean one thing today
// and another tomorrow.

import { type Ancestry, ancestryOf } from '../definition/ancestors.ts';
import { graphOf } from '../definition/graph.ts';
import { type StepDefinition } from '../definition/model.ts';
import { orderSteps } from '../definition/order.ts';
import { runFacts } from '../definition/run-facts.ts';
import { type Value } from '../expression/value.ts';
import { attemptId, loopsOf } from '../ids.ts';
import { bareMap } from '../params/bare.ts';
import { evaluateParams } from '../params/evaluate-params.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { fromJson } from '../params/value.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, success } from '../result.ts';
import { settingOf } from './given-step-params.ts';
import { type Level } from './level.ts';
import { defaultOf, ownParam } from './param-names.ts';
import { firstCause, isTerminalStep, type StepState } from './state.ts';

/** What a name stands for at a place of an imported definition; undefined if there is no such name. */
export function importedName(level: Level, name: string): Value | undefined {
  const own = level.step === undefined ? undefined : paramOfStep(level, level.step, name);
  return own ?? aroundStep(level, name);
}

/** What a step's parameters are made of, beside one another: all that is known without them. */
function aroundStep(level: Level, name: string): Value | undefined {
  return paramOfLevel(level, name) ?? joinedName(level, name);
}

/** What the step gave, a parameter of it, or what the engine itself knows of it. */
function paramOfStep(level: Level, index: number, name: string): Value | undefined {
  const output = level.run.steps[index]?.outputs.find((one) => one.name === name);
  const found = paramsOfStep(level, index).find((param) => param.name === name);
  if (output !== undefined) return found === undefined ? bareMap([output]).get(name) : valueOf({ ...found, ...output });
  return found === undefined ? factOfStep(level, index, name) : valueOf(found);
}

/** What was worked out when the step began; of one that was skipped before, what would have been. */
function paramsOfStep(level: Level, index: number): readonly ResolvedParam[] {
  const state = level.run.steps[index];
  if (state?.params !== undefined) return state.params;
  if (state?.status !== 'SKIPPED') return [];
  const made = stepParams(level, index);
  return made.ok ? made.value : [];
}

function valueOf({ type, value }: ResolvedParam): Value | undefined {
  const read = fromJson(type, value);
  return read.ok ? read.value : undefined;
}

/** The facts of a step that are parameters of it without being declared; undefined if the name is none of them. */
export function factOfStep(level: Level, index: number, name: string): Value | undefined {
  const { run, definition } = level;
  const id = graphOf(definition).steps[index]?.step.id;
  if (id === undefined) return undefined;
  const attempts = run.steps[index]?.attempts.length ?? 0;
  switch (name) {
    case 'step_id':
      return id;
    case 'step_attempt_id':
      return BigInt(Math.max(attempts, 1));
    case 'step_instance_uuid':
      return attemptId(run, id, Math.max(attempts, 1));
    case 'workflow_instance_id':
      return BigInt(run.number);
    case 'maestro_step_satisfied':
      return run.steps[index]?.status !== 'UNSATISFIED';
    default:
      return undefined;
  }
}

/** A parameter of the run; inside a loop, those of the loop, of its step, and of all around it. */
export function paramOfLevel(level: Level, name: string): Value | undefined {
  const own = ownParam(level.run, name);
  if (own !== undefined) return own;
  const { outer } = level;
  if (outer === undefined) return defaultOf(level, name);
  const loop = loopStep(level, outer);
  if (loop === undefined) return paramOfLevel(outer, name);
  const ofLoop = paramsOfStep(outer, loop).find((param) => param.name === name);
  if (ofLoop !== undefined) return valueOf(ofLoop);
  return isCondition(outer, loop, name) ? true : paramOfLevel(outer, name);
}

/** What led into an iteration of a while was true. */
function isCondition({ definition }: Level, loop: number, name: string): boolean {
  return name === 'condition' && graphOf(definition).steps[loop]?.step.work.kind === 'while';
}

/** The step of the outer level whose iteration this is. */
export function loopStep({ run }: Level, outer: Level): number | undefined {
  const id = run.path === undefined ? undefined : loopsOf(run.path).at(-1);
  return id === undefined ? undefined : graphOf(outer.definition).indexes.get(id);
}

const SEPARATOR = '__';

/** `stepId__param` of a step that is over, with the longest id that there is; or `signal__param`. */
function joinedName(level: Level, name: string): Value | undefined {
  for (let at = name.lastIndexOf(SEPARATOR); at > 0; at = name.lastIndexOf(SEPARATOR, at - 1)) {
    const value = paramOfOther(level, name.slice(0, at), name.slice(at + SEPARATOR.length));
    if (value !== undefined) return value;
  }
  return undefined;
}

function paramOfOther(level: Level, id: string, param: string): Value | undefined {
  return stepParam(level, id, param) ?? signalParam(level, id, param);
}

/** A parameter or an output of a step that is over before the step at hand begins; undefined if there is none such. */
export function stepParam(level: Level, id: string, param: string): Value | undefined {
  const found = finishedStep(level, id);
  if (found === undefined) return undefined;
  return paramOfStep(found.level, found.index, param);
}

/** A step that is over. */
export interface FinishedStep {
  readonly level: Level;
  readonly index: number;
  readonly state: StepState;
}

/** Finds a step with this id that is over before the step at hand begins, at this level or around it. */
export function finishedStep(level: Level, id: string): FinishedStep | undefined {
  const index = graphOf(level.definition).indexes.get(id);
  if (index === undefined) return aroundLoop(level, id);
  const state = level.run.steps[index];
  const isBefore = level.step === undefined || level.step === index || ancestry(level)(index, level.step);
  return state !== undefined && isBefore && isTerminalStep(state.status) ? { level, index, state } : undefined;
}

function aroundLoop(level: Level, id: string): FinishedStep | undefined {
  const { outer } = level;
  if (outer === undefined) return undefined;
  const step = loopStep(level, outer);
  return finishedStep(step === undefined ? outer : { ...outer, step }, id);
}

const ancestries = new WeakMap<readonly StepDefinition[], Ancestry>();

function ancestry({ definition }: Level): Ancestry {
  const known = ancestries.get(definition.steps) ?? ancestryOf(orderSteps(definition.steps));
  ancestries.set(definition.steps, known);
  return known;
}

function signalParam(level: Level, signal: string, param: string): Value | undefined {
  if (level.outer !== undefined) return signalParam(level.outer, signal, param);
  const cause = firstCause(level.run.cause);
  return cause.kind === 'SIGNAL' && cause.name === signal ? bareMap(cause.params).get(param) : undefined;
}

/** Works out a step's own parameters, in their order. */
export function stepParams(level: Level, index: number): Result<readonly ResolvedParam[], readonly Refusal[]> {
  const declared = graphOf(level.definition).steps[index]?.step.params ?? [];
  const place: Level = { ...level, step: index };
  const formulas = declared.flatMap((one) => {
    const found = settingOf(level.run, index, one);
    return found === undefined ? [] : [{ name: one.name, type: one.type, ...found }];
  });
  const values = evaluateParams(formulas, {
    facts: runFacts(level.definition, level.run.scheduledFor ?? level.run.createdAt),
    outer: (name) => factOfStep(place, index, name) ?? paramOfLevel(place, name),
    names: (name) => joinedName(place, name),
    ...(level.context === undefined ? {} : { context: level.context }),
  });
  if (!values.ok) return values;
  return success(
    formulas.map(({ name, type, isGiven }) => ({
      name,
      type,
      value: values.value.get(name) ?? null,
      ...(isGiven ? ({ source: 'RESTART' } as const) : {}),
    })),
  );
}
