// Which layer set the value of a parameter, and what it overrode: from what the definition says and what a run remembers.

import { type ValueType } from '../expression/value.ts';
import { type Json } from '../json.ts';
import { hasTemplates } from './fill.ts';
import { type ParamLayer, type ResolvedParam } from './merge.ts';
import { type ParamMode, type ParamSource } from './mode.ts';
import { type Declared } from './resolve-params.ts';

/** How a parameter came by its value. */
export interface ParamTrace {
  readonly name: string;
  readonly type: ValueType;
  readonly mode: ParamMode;
  readonly value: Json;
  readonly source: ParamSource;
  /** What gave the value, if it was worked out. */
  readonly expression?: string;
  /** The literal whose texts were filled in, if there was anything to fill in. */
  readonly template?: Json;
  /** The layers below, oldest first. */
  readonly overridden: readonly ParamLayer[];
}

/** Tells of every parameter of a run how it came by its value. */
export function traceParams(
  declarations: readonly Declared[],
  params: readonly ResolvedParam[],
): readonly ParamTrace[] {
  const declared = new Map(declarations.map((one) => [one.name, one]));
  return params.map((param) => traceOf(declared.get(param.name), param));
}

function traceOf(declared: Declared | undefined, param: ResolvedParam): ParamTrace {
  const { name, type, value, source } = param;
  const mode = param.mode ?? (declared === undefined ? 'mutable_on_start' : (declared.mode ?? 'mutable'));
  const traced = { name, type, mode, value };
  if (source === undefined) return { ...traced, source: 'DEFINITION', ...formulaOf(declared), overridden: [] };
  return {
    ...traced,
    source,
    ...(param.expression === undefined ? {} : { expression: param.expression }),
    overridden: layersBelow(declared, param.overridden ?? []),
  };
}

function formulaOf(declared: Declared | undefined): Pick<ParamTrace, 'expression' | 'template'> {
  if (declared?.expression !== undefined) return { expression: declared.expression };
  const isTemplate = declared?.value !== undefined && hasTemplates(declared.type, declared.value);
  return isTemplate ? { template: declared.value } : {};
}

/** The definition's own layer is not written down with the run: only what its expression gave, once that was overridden. */
function layersBelow(declared: Declared | undefined, remembered: readonly ParamLayer[]): readonly ParamLayer[] {
  if (declared === undefined) return remembered;
  const { value, expression } = declared;
  if (value === undefined && expression === undefined) return remembered;
  const [first, ...rest] = remembered;
  const known = first?.source === 'DEFINITION' ? first : undefined;
  const bottom: ParamLayer = {
    source: 'DEFINITION',
    ...(value === undefined ? {} : { value }),
    ...known,
    ...(expression === undefined ? {} : { expression }),
  };
  return [bottom, ...(known === undefined ? remembered : rest)];
}
