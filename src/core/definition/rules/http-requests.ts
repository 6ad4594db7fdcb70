// Requests of `http` steps: addresses of the web, headers that may be set, templates whose names exist, and secrets in headers
// alone: addresses and bodies are kept and shown.

import { type Json } from '../../json.ts';
import { isJsonArray, isJsonObject } from '../../params/infer-type.ts';
import { type HttpRequest } from '../http-work.ts';
import { type NameFault } from '../name-fault.ts';
import { type Scope, environmentNameFault, templateNameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type PlacedStep } from '../step-lists.ts';
import { type NameType } from '../step-names.ts';
import { type Subject } from '../subject.ts';
import { type NameCheck, expressionProblems, templateProblems } from './expression-problems.ts';

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/u;
/** What says where a request goes and how long it is: Downbeat and the protocol set them. */
const SET_BY_US: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Checks every request. */
export function httpRequests(subject: Subject): readonly Problem[] {
  return subject.steps.flatMap((placed) => {
    const { work } = placed.step;
    if (work.kind !== 'http' || work.request === undefined || subject.isDoubtful(...placed.path, 'work')) return [];
    const scope = subject.scopeOf(placed);
    const { request, expect } = work;
    const path = [...placed.path, 'http'];
    const expected =
      expect === undefined ? [] : expressionProblems(expect, withAnswer(scope, placed), [...path, 'expect']);
    return [
      ...addressProblems(request, scope, path),
      ...headerProblems(request, scope, path),
      ...bodyProblems(request, scope, path),
      ...expected,
    ];
  });
}

/** What the answer brings comes before names of the workflow. */
function withAnswer(scope: Scope, { step }: PlacedStep): Scope {
  const answer = step.outputs.map(({ name, type }): [string, NameType] => [name, type]);
  return { ...scope, locals: new Map([...scope.locals, ...answer]) };
}

function addressProblems({ url }: HttpRequest, scope: Scope, owner: readonly string[]): readonly Problem[] {
  const path = [...owner, 'url'];
  const named = templateProblems(url, withoutSecrets(scope), path);
  const fault = addressFault(url);
  return fault === undefined ? named : [...named, { ...fault, rule: 'bad-url', path }];
}

const BEGINNING = /^(?:https?:\/\/(?=[^/?#])|\$\{)/iu;

function addressFault(url: string): Pick<Problem, 'message' | 'hint'> | undefined {
  if (!BEGINNING.test(url)) {
    const begun = /^[\w.-]+(?::\d+)?(?:\/|$)/u.test(url);
    return {
      message: `A request goes to an address that begins with http:// or https://, and this is "${url.slice(0, 60)}".`,
      ...(begun ? { hint: `Did you mean "https://${url.slice(0, 60)}"?` } : {}),
    };
  }
  if (/\s/u.test(url.replace(/\$\{[^}]*\}/gu, ''))) {
    return { message: 'An address has no spaces in it.', hint: 'Write %20 for a space, or fill a value in: ${name}.' };
  }
  if (/^https?:\/\/[^/?#]*@/iu.test(url)) {
    return {
      message: 'An address has no user and no password in it: addresses are kept and shown.',
      hint: 'Use a header: headers: { Authorization: "Basic ${secrets.login}" }',
    };
  }
  return undefined;
}

function headerProblems({ headers }: HttpRequest, scope: Scope, owner: readonly string[]): readonly Problem[] {
  const seen = new Set<string>();
  return headers.flatMap(({ name, value }) => {
    const path = [...owner, 'headers', name];
    const lower = name.toLowerCase();
    const isRepeated = seen.has(lower);
    seen.add(lower);
    return [
      ...headerNameProblems(name, isRepeated).map((problem): Problem => ({ ...problem, path, onKey: true })),
      ...templateProblems(value, (variable) => environmentNameFault(variable, scope), path),
    ];
  });
}

function headerNameProblems(name: string, isRepeated: boolean): readonly Omit<Problem, 'path'>[] {
  if (!HEADER_NAME.test(name)) {
    return [
      { rule: 'bad-identifier', message: `"${name}" cannot be the name of a header: it has no spaces and no colons.` },
    ];
  }
  if (SET_BY_US.has(name.toLowerCase())) {
    return [
      {
        rule: 'reserved-name',
        message: `The header "${name}" is set by Downbeat and cannot be given.`,
        hint: 'Remove it.',
      },
    ];
  }
  if (!isRepeated) return [];
  return [
    { rule: 'duplicate-name', message: `The header "${name}" is there twice: upper and lower case are the same.` },
  ];
}

function bodyProblems({ body }: HttpRequest, scope: Scope, owner: readonly string[]): readonly Problem[] {
  return body === undefined ? [] : valueProblems(body, withoutSecrets(scope), [...owner, 'body']);
}

function valueProblems(json: Json, faultOf: NameCheck, path: readonly string[]): readonly Problem[] {
  if (typeof json === 'string') return templateProblems(json, faultOf, path);
  if (isJsonArray(json)) return json.flatMap((item, index) => valueProblems(item, faultOf, [...path, String(index)]));
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([key, member]) => valueProblems(member, faultOf, [...path, key]));
}

function withoutSecrets(scope: Scope): NameCheck {
  return (path) => (path[0] === 'secrets' ? secretOutsideHeaders(path) : templateNameFault(path, scope));
}

function secretOutsideHeaders([, name = 'token']: readonly string[]): NameFault {
  return {
    message: 'In a request, a secret may only stand in a header: the address and the body are kept and shown.',
    hint: `Write headers: { Authorization: "Bearer \${secrets.${name}}" }.`,
  };
}
