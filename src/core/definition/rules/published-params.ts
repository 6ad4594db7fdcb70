// What a step publishes, or gives to a workflow that it starts: templates whose names exist, and only where they are filled in.

import { type Entry, type Json } from '../../json.ts';
import { isJsonArray, isJsonObject } from '../../params/infer-type.ts';
import { templateNameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';
import { type NameCheck, templateProblems } from './expression-problems.ts';

/** Checks the parameters of every `publish` and `workflow`. */
export function publishedParams({ steps, scopeOf }: Subject): readonly Problem[] {
  return steps.flatMap((placed) => {
    const { work } = placed.step;
    if (work.kind !== 'publish' && work.kind !== 'workflow') return [];
    const path = [...placed.path, work.kind, 'params'];
    const scope = scopeOf(placed);
    return work.params.flatMap((entry) => valueProblems(entry, (name) => templateNameFault(name, scope), path));
  });
}

/** What is wrong with a value that is a template where it is a text. */
export function valueProblems(
  { name, value }: Entry,
  faultOf: NameCheck,
  owner: readonly string[],
): readonly Problem[] {
  const path = [...owner, name];
  if (typeof value === 'string') return templateProblems(value, faultOf, path);
  if (!hasTemplate(value)) return [];
  const message = `In "${name}", \${…} stands inside a list or map, where it is not filled in.`;
  return [{ rule: 'bad-template', message, hint: 'Only a whole value can be a template: name: "${other}".', path }];
}

function hasTemplate(json: Json): boolean {
  if (typeof json === 'string') return json.includes('${');
  if (isJsonArray(json)) return json.some(hasTemplate);
  return isJsonObject(json) && Object.values(json).some(hasTemplate);
}
