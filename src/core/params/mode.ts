// Who may change a parameter: the five modes, from everybody to nobody, and the layers that may set a value.

/** The modes, each stricter than the one before it. */
export const PARAM_MODES = [
  'mutable',
  'mutable_on_start_restart',
  'mutable_on_start',
  'immutable',
  'constant',
] as const;

/** Who may change a parameter. */
export type ParamMode = (typeof PARAM_MODES)[number];

/**
 * What set a value: the product's own defaults, the definition, a person's start, a trigger of time or of a signal, a
 * workflow that runs this one, or a restart.
 */
export type ParamSource = 'DEFAULT' | 'DEFINITION' | 'LAUNCH' | 'TIME_TRIGGER' | 'SIGNAL' | 'SUBWORKFLOW' | 'RESTART';

/** Who may want to change a value: beside the layers, a step that gives an output of the same name. */
export type ParamWriter = ParamSource | 'OUTPUT_PARAMETER';

/** Tells whether the writer may change a parameter of the mode. A workflow that runs this one may change every parameter. */
export function mayChange(mode: ParamMode, writer: ParamWriter): boolean {
  if (writer === 'SUBWORKFLOW') return true;
  switch (mode) {
    case 'mutable':
      return true;
    case 'mutable_on_start_restart':
      return writer !== 'OUTPUT_PARAMETER';
    case 'mutable_on_start':
      return writer !== 'OUTPUT_PARAMETER' && writer !== 'RESTART';
    case 'immutable':
    case 'constant':
      return false;
  }
}

/** Tells whether one mode allows something that the other forbids. */
export function isLooser(mode: ParamMode, than: ParamMode): boolean {
  return PARAM_MODES.indexOf(mode) < PARAM_MODES.indexOf(than);
}

const WRITERS: Readonly<Record<ParamWriter, string>> = {
  DEFAULT: 'a default',
  DEFINITION: 'a definition',
  LAUNCH: 'a start',
  TIME_TRIGGER: 'a time trigger',
  SIGNAL: 'a signal trigger',
  SUBWORKFLOW: 'a workflow that runs this one',
  RESTART: 'a restart',
  OUTPUT_PARAMETER: 'an output of a step',
};

/** Names the writer in a sentence. */
export function writerName(writer: ParamWriter): string {
  return WRITERS[writer];
}

const ALLOWED: Readonly<Record<ParamMode, string>> = {
  mutable: 'Everybody may set it.',
  mutable_on_start_restart: 'A start or a restart may set it; outputs of steps may not.',
  mutable_on_start: 'A start or a trigger may set it; start a new run to give it another value.',
  immutable: 'Only the definition sets it: change it there and apply, or declare another mode.',
  constant: 'Only the definition sets it: change it there and apply, or declare another mode.',
};

/** Says who may set a parameter of the mode, as advice to someone who may not. */
export function whoMaySet(mode: ParamMode): string {
  return ALLOWED[mode];
}
