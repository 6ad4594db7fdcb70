// Puts the values of secrets into the environment of a step. They are looked up at each attempt, and the mask knows them before
// anything could print them.

import { type Failure } from '../../core/failure.ts';
import { type Entry } from '../../core/json.ts';
import { success, type Result } from '../../core/result.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { type SecretFault, type Secrets } from '../../ports/secrets.ts';
import { authorFailure, platformFailure } from './failures.ts';
import { type Mask } from './mask.ts';
import { SHORTEST_SECRET } from './secret-forms.ts';

/** The step's own `env` with nothing left to look up. */
export async function withSecrets(
  { stepId, env }: Pick<AttemptSpec, 'stepId' | 'env'>,
  secrets: Secrets,
  mask: Mask,
): Promise<Result<readonly Entry<string>[], Failure>> {
  const names = new Set(env.flatMap(({ value }) => (typeof value === 'string' ? [] : value.flatMap(secretOf))));
  if (names.size === 0) return success(env.map(({ name, value }) => ({ name, value: textOf(value, new Map()) })));
  const read = await secrets.read([...names]);
  if (!read.ok) return notThere(stepId, read.failure);
  for (const [name, value] of read.value) {
    if (!mask.learn(name, value)) return tooShort(stepId, name);
  }
  return success(env.map(({ name, value }) => ({ name, value: textOf(value, read.value) })));
}

type Text = AttemptSpec['env'][number]['value'];
type Part = Exclude<Text, string>[number];

function secretOf(part: Part): readonly string[] {
  return typeof part === 'string' ? [] : [part.secret];
}

function textOf(text: Text, values: ReadonlyMap<string, string>): string {
  if (typeof text === 'string') return text;
  return text.map((part) => (typeof part === 'string' ? part : (values.get(part.secret) ?? ''))).join('');
}

/** A secret that is not there will not be there a second later; a file may be closed to others meanwhile. */
function notThere(stepId: string, { code, why, hint }: SecretFault): Result<never, Failure> {
  const message = `Step "${stepId}" cannot have its secrets: ${why}`;
  return code === 'SECRET_MISSING' ? authorFailure(code, message, hint) : platformFailure(code, message, hint);
}

function tooShort(stepId: string, name: string): Result<never, Failure> {
  const least = String(SHORTEST_SECRET);
  return authorFailure(
    'SECRET_TOO_SHORT',
    `Step "${stepId}" cannot have the secret "${name}": none of its lines has ${least} characters, so it could not be hidden.`,
    `Use a longer one: whatever is shorter than ${least} characters also stands in many other words.`,
  );
}
