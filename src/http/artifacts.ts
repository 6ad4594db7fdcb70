// `GET /artifacts/{hash}`: what a step kept, by the SHA-256 of its content, under the name that the link gives it.

import { Readable } from 'node:stream';
import { type FastifyInstance } from 'fastify';
import { type Blobs } from '../ports/blobs.ts';
import { artifactPolicy } from './headers.ts';
import { sendProblem } from './problem.ts';

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  gif: 'image/gif',
  htm: 'text/html; charset=utf-8',
  html: 'text/html; charset=utf-8',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json; charset=utf-8',
  log: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
  xml: 'text/xml; charset=utf-8',
  yaml: 'text/plain; charset=utf-8',
  yml: 'text/plain; charset=utf-8',
};

/** Adds the route. */
export function serveArtifacts(app: FastifyInstance, blobs: Blobs): void {
  app.get<{ Params: { hash: string }; Querystring: { filename?: unknown } }>(
    '/artifacts/:hash',
    async (request, reply) => {
      const { hash } = request.params;
      const content = /^[0-9a-f]{64}$/.test(hash) ? await blobs.stream(hash) : undefined;
      if (content === undefined) {
        return sendProblem(request, reply, {
          status: 404,
          code: 'NOT_FOUND',
          message: 'There is no artifact of that hash.',
          hint: 'Take `url` of an artifact of a step.',
        });
      }
      const name = fileName(request.query.filename);
      return reply
        .headers({
          'content-type': typeOf(name),
          'content-disposition': disposition(name),
          'content-security-policy': artifactPolicy,
          'cache-control': 'private, max-age=31536000, immutable',
          etag: `"${hash}"`,
        })
        .send(Readable.from(content, { objectMode: false }));
    },
  );
}

function fileName(given: unknown): string {
  const last =
    typeof given === 'string' ? given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1) : '';
  return last.slice(0, 200) || 'artifact';
}

function typeOf(name: string): string {
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
  return Object.hasOwn(TYPES, extension) ? (TYPES[extension] ?? '') : 'application/octet-stream';
}

/** The plain name for old clients, the exact one beside it; both without anything that could end the header early. */
function disposition(name: string): string {
  const kind = typeOf(name) === 'application/octet-stream' ? 'attachment' : 'inline';
  const plain = name.replace(/[^A-Za-z0-9 ._()-]/g, '_');
  const exact = encodeURIComponent(Buffer.from(name).toString()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
