// Steps that send an HTTP request: `http: https://…`, or a map with method, headers and body; and the outputs that they give.

import { ANSWER_OUTPUTS, HTTP_METHODS, type HttpMethod, type HttpRequest, type HttpWork } from '../http-work.ts';
import { HTTP_KEYS } from '../http-schema.ts';
import { type OutputDeclaration } from '../model.ts';
import { type Entry, type Json } from '../../json.ts';
import { readCondition } from './condition.ts';
import { type Fields, readEntries, readFields } from './fields.ts';
import { readJson } from './json-values.ts';
import { readLooseText, readText } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';

const EXAMPLE = 'http: { url: "https://example.org/models/${id}", method: POST, body: { seed: 1 } }';

/** Reads the request, and what its answer must be. */
export function readHttp(spot: Spot): HttpWork | undefined {
  if (spot.node.kind !== 'map') {
    const url = readText(spot);
    return url === undefined ? undefined : { kind: 'http', request: { method: 'GET', url, headers: [] } };
  }
  const fields = readFields(spot, { what: '`http`', keys: HTTP_KEYS });
  if (fields === undefined) return undefined;
  const expected = fields.get('expect');
  const expect = expected && readCondition(expected, 'expect: "status == 200 || status == 404"');
  const request = readRequest(spot, fields);
  return request && { kind: 'http', request, ...(expect === undefined ? {} : { expect }) };
}

/** The outputs of such a step: what it always gives, then those that it declares itself. */
export function withAnswer(
  declared: readonly OutputDeclaration[],
  spot: Spot | undefined,
): readonly OutputDeclaration[] {
  for (const { name, type } of ANSWER_OUTPUTS) {
    const own = declared.find((output) => output.name === name);
    if (own === undefined || own.type === type || spot === undefined) continue;
    const message = `Every \`http\` step gives the output \`${name}\`, a ${type}, and here it is declared as ${own.type}.`;
    report(spot, 'reserved-name', message, { hint: `Remove \`${name}\`, or give the output another name.` });
  }
  const always = new Set<string>(ANSWER_OUTPUTS.map(({ name }) => name));
  return [...ANSWER_OUTPUTS, ...declared.filter(({ name }) => !always.has(name))];
}

function readRequest(spot: Spot, fields: Fields): HttpRequest | undefined {
  const address = fields.get('url');
  const url = address && readText(address);
  if (address === undefined) report(spot, 'missing-key', '`http` needs a `url`.', { hint: `For example ${EXAMPLE}` });
  const headers = fields.get('headers');
  const content = fields.get('body');
  const body = content && readJson(content);
  const method = methodOf(fields.get('method'), content);
  if (url === undefined || method === undefined) return undefined;
  return {
    method,
    url,
    headers: headers === undefined ? [] : readHeaders(headers),
    ...(body === undefined ? {} : { body: textOrJson(body) }),
  };
}

function methodOf(spot: Spot | undefined, content: Spot | undefined): HttpMethod | undefined {
  if (spot === undefined) return content === undefined ? 'GET' : 'POST';
  const source = spot.node.kind === 'scalar' ? spot.node.source : '';
  const method = HTTP_METHODS.find((candidate) => candidate === source.toUpperCase());
  if (method === undefined) {
    const given = source === '' ? nodeName(spot.node) : `\`${source}\``;
    report(spot, 'unknown-word', `\`method\` is one of ${HTTP_METHODS.join(', ')}, and this is ${given}.`, {
      meant: { word: source.toUpperCase(), among: HTTP_METHODS },
    });
    return undefined;
  }
  if (content !== undefined && (method === 'GET' || method === 'HEAD')) {
    report(content, 'no-effect', `A ${method} request has no \`body\`.`, {
      hint: 'Put the values into the `url`, as in ?seed=${seed}, or use POST.',
      ...(content.keyAt === undefined ? {} : { at: content.keyAt }),
    });
  }
  return method;
}

/** A bare number or boolean is sent as its own text. */
function textOrJson(body: Json): Json {
  return typeof body === 'number' || typeof body === 'boolean' ? JSON.stringify(body) : body;
}

function readHeaders(spot: Spot): readonly Entry<string>[] {
  if (spot.node.kind !== 'map') {
    report(spot, 'wrong-type', `${keyOf(spot)} must be a map, and this is ${nodeName(spot.node)}.`, {
      hint: 'Write it as { Authorization: "Bearer ${secrets.token}" }.',
    });
    doubt(spot.reading, spot.path);
    return [];
  }
  return readEntries(spot, spot.node).flatMap(([name, member]) => {
    const value = readLooseText(member);
    return value === undefined ? [] : [{ name, value }];
  });
}
