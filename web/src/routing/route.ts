// Addresses of the page, read and written. What is not an address of ours is `unknown`, and the page says so.

import { runNameOf } from './run-name.ts';

/** Where a person is. */
export type Route =
  | RunsRoute
  | { readonly page: 'compare'; readonly a: string; readonly b: string }
  | { readonly page: 'run'; readonly run: string; readonly step: string | undefined }
  | WorkflowsRoute
  | { readonly page: 'workflow'; readonly workflow: string }
  | { readonly page: 'backfill'; readonly workflow: string; readonly number: string }
  | { readonly page: 'signals'; readonly name: string | undefined }
  | { readonly page: 'signal'; readonly signal: string }
  | { readonly page: 'pools' }
  | { readonly page: 'unknown'; readonly path: string };

/** The list of runs, with what it is narrowed by. */
export interface RunsRoute {
  readonly page: 'runs';
  readonly workflow: string | undefined;
  /** One status, or several with commas between. */
  readonly status: string | undefined;
  /** How far back, such as `7d`. */
  readonly since?: string | undefined;
  readonly text?: string | undefined;
}

/** The list of workflows, with what it is narrowed by and its order. */
export interface WorkflowsRoute {
  readonly page: 'workflows';
  readonly text?: string | undefined;
  readonly owner?: string | undefined;
  /** A name and a value: `team=birds`. */
  readonly label?: string | undefined;
  /** `paused` or `active`. */
  readonly triggers?: string | undefined;
  /** How the last run stands: one status, or several with commas between. */
  readonly status?: string | undefined;
  /** `name`, `last-active` or `oldest`; the newest first without it. */
  readonly order?: string | undefined;
}

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
      return {
        page: 'runs',
        workflow: asked('workflow'),
        status: asked('status'),
        since: asked('since'),
        text: asked('text'),
      };
    case 'compare 0':
      return { page: 'compare', a: asked('a') ?? '', b: asked('b') ?? '' };
    case 'workflows 0':
      return {
        page: 'workflows',
        text: asked('text'),
        owner: asked('owner'),
        label: asked('label'),
        triggers: asked('triggers'),
        status: asked('status'),
        order: asked('order'),
      };
    case 'workflows 1':
      return { page: 'workflow', workflow: first };
    case 'workflows 3': {
      const [, kind, number = ''] = parts;
      return kind === 'backfills' && /^[1-9]\d*$/u.test(number)
        ? { page: 'backfill', workflow: first, number }
        : undefined;
    }
    case 'signals 0':
      return { page: 'signals', name: asked('name') };
    case 'signals 1':
      return { page: 'signal', signal: first };
    case 'pools 0':
      return { page: 'pools' };
    default:
      return undefined;
  }
}

/** Writes the address of a route. */
export function addressOf(route: Route): string {
  switch (route.page) {
    case 'runs':
      return withQuery('/', {
        workflow: route.workflow,
        status: route.status,
        since: route.since,
        text: route.text,
      });
    case 'compare':
      return withQuery('/compare', { a: route.a, b: route.b });
    case 'run':
      return withQuery(`/runs/${route.run.split('/').map(encodeURIComponent).join('/')}`, { step: route.step });
    case 'workflows':
      return withQuery('/workflows', {
        text: route.text,
        owner: route.owner,
        label: route.label,
        triggers: route.triggers,
        status: route.status,
        order: route.order,
      });
    case 'workflow':
      return `/workflows/${encodeURIComponent(route.workflow)}`;
    case 'backfill':
      return `/workflows/${encodeURIComponent(route.workflow)}/backfills/${route.number}`;
    case 'signals':
      return withQuery('/signals', { name: route.name });
    case 'signal':
      return `/signals/${encodeURIComponent(route.signal)}`;
    case 'pools':
      return '/pools';
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
    case 'pool':
      return addressOf({ page: 'pools' });
    case 'backfill':
      return addressOf({ page: 'backfill', workflow: workflow ?? '', number: name.slice(cut + 1) });
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
