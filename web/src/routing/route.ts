// Addresses of the page, read and written. What is not an address of ours is `unknown`, and the page says so.

import { runNameOf } from './run-name.ts';

/** Where a person is. */
export type Route =
  | { readonly page: 'runs'; readonly workflow: string | undefined; readonly status: string | undefined }
  | { readonly page: 'run'; readonly run: string; readonly step: string | undefined }
  | { readonly page: 'workflows' }
  | { readonly page: 'workflow'; readonly workflow: string }
  | { readonly page: 'signals'; readonly name: string | undefined }
  | { readonly page: 'signal'; readonly signal: string }
  | { readonly page: 'unknown'; readonly path: string };

/** Reads an address such as `/runs/penguins/12?step=clean`. */
export function routeOf(address: string): Route {
  const url = new URL(address, 'http://page');
  const parts = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  return knownRoute(parts, url.searchParams) ?? { page: 'unknown', path: url.pathname };
}

function knownRoute([head = 'runs', ...parts]: readonly string[], query: URLSearchParams): Route | undefined {
  const [first = ''] = parts;
  const asked = (name: string): string | undefined => query.get(name) ?? undefined;
  if (head === 'runs' && parts.length >= 2) {
    const run = parts.join('/');
    return runNameOf(run) === undefined ? undefined : { page: 'run', run, step: asked('step') };
  }
  switch (`${head} ${String(parts.length)}`) {
    case 'runs 0':
      return { page: 'runs', workflow: asked('workflow'), status: asked('status') };
    case 'workflows 0':
      return { page: 'workflows' };
    case 'workflows 1':
      return { page: 'workflow', workflow: first };
    case 'signals 0':
      return { page: 'signals', name: asked('name') };
    case 'signals 1':
      return { page: 'signal', signal: first };
    default:
      return undefined;
  }
}

/** Writes the address of a route. */
export function addressOf(route: Route): string {
  switch (route.page) {
    case 'runs':
      return withQuery('/', { workflow: route.workflow, status: route.status });
    case 'run':
      return withQuery(`/runs/${route.run.split('/').map(encodeURIComponent).join('/')}`, { step: route.step });
    case 'workflows':
      return '/workflows';
    case 'workflow':
      return `/workflows/${encodeURIComponent(route.workflow)}`;
    case 'signals':
      return withQuery('/signals', { name: route.name });
    case 'signal':
      return `/signals/${encodeURIComponent(route.signal)}`;
    case 'unknown':
      return route.path;
  }
}

/** The page of anything with a global id, if it has one: a step's page is its run's, a trigger's its workflow's. */
export function addressOfId(id: string): string | undefined {
  const colon = id.indexOf(':');
  const name = id.slice(colon + 1);
  const [workflow] = name.split('/');
  const cut = name.lastIndexOf('/');
  switch (id.slice(0, colon)) {
    case 'run':
      return addressOf({ page: 'run', run: name, step: undefined });
    case 'step':
      return addressOf({ page: 'run', run: name.slice(0, cut), step: name.slice(cut + 1) });
    case 'workflow':
    case 'trigger':
      return addressOf({ page: 'workflow', workflow: workflow ?? '' });
    case 'signal':
      return addressOf({ page: 'signal', signal: name });
    default:
      return undefined;
  }
}

/** An id without its type: `penguins/12` of `run:penguins/12`. */
export function shortId(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
