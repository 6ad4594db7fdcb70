// The web page and the editor of /graphiql, from the folder where they were built; without it, one page that says how to build it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import { pagePolicy } from './headers.ts';

/** Paths of the web page that it tells apart by itself. */
const PAGE_PATHS = [
  '/',
  '/runs',
  '/runs/*',
  '/workflows',
  '/workflows/*',
  '/signals',
  '/signals/*',
  '/pools',
  '/compare',
];

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Downbeat</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}code{background:#eee;padding:.1em .3em}</style>
<h1>Downbeat is running</h1>
<p>The web page is not built yet. Build it in a checkout with <code>npm run build</code>, then start the server again.</p>
<p>The API works without it: <code>POST /graphql</code>, and <code>npx downbeat runs</code> on the command line.</p>
</html>
`;

/** Adds the pages. */
export async function servePages(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  if (webRoot === undefined || !existsSync(join(webRoot, 'index.html'))) {
    for (const path of [...PAGE_PATHS, '/graphiql']) app.get(path, (_request, reply) => sendPage(reply, NOT_BUILT));
    return;
  }
  await app.register(fastifyStatic, {
    root: webRoot,
    wildcard: false,
    index: false,
    serveDotFiles: false,
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(join(webRoot, 'assets'));
      void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (path.endsWith('.html')) void reply.header('content-security-policy', pagePolicy);
    },
  });
  for (const path of PAGE_PATHS) app.get(path, (_request, reply) => reply.sendFile('index.html'));
  const editor = existsSync(join(webRoot, 'graphiql.html')) ? 'graphiql.html' : 'graphiql/index.html';
  app.get('/graphiql', (_request, reply) => reply.sendFile(editor));
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy })
    .send(html);
}
