// The frame around every page: the name, the way to the other pages, and whether the server is heard.

import { type ReactElement, useEffect, useRef } from 'react';
import { ConnectionBanner } from './parts/ConnectionBanner.tsx';
import { ThemeSwitch } from './parts/ThemeSwitch.tsx';
import { Wordmark } from './parts/Wordmark.tsx';
import { BackfillPage } from './pages/BackfillPage.tsx';
import { ComparePage } from './pages/ComparePage.tsx';
import { PoolsPage } from './pages/PoolsPage.tsx';
import { RunPage } from './pages/run/RunPage.tsx';
import { RunsPage } from './pages/RunsPage.tsx';
import { SignalPage } from './pages/SignalPage.tsx';
import { SignalsPage } from './pages/SignalsPage.tsx';
import { WorkflowPage } from './pages/WorkflowPage.tsx';
import { WorkflowsPage } from './pages/WorkflowsPage.tsx';
import { Link } from './routing/Link.tsx';
import { useRoute } from './routing/location.ts';
import { type Route } from './routing/route.ts';

const PLACES = [
  { href: '/', label: 'Runs', pages: ['runs', 'run', 'compare'] },
  { href: '/workflows', label: 'Workflows', pages: ['workflows', 'workflow', 'backfill'] },
  { href: '/signals', label: 'Signals', pages: ['signals', 'signal'] },
  { href: '/pools', label: 'Pools', pages: ['pools'] },
] as const;

/** The whole page. */
export function App(): ReactElement {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const place = placeOf(route);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${titleOf(route)} · Downbeat`;
  });
  useEffect(() => {
    // After a click on a link a screen reader goes on reading at the new page, not at the old link.
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [place]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <Link href="/" className="brand" aria-label="Downbeat, to the runs">
          <Wordmark />
        </Link>
        <nav aria-label="Pages">
          {PLACES.map(({ href, label, pages }) => (
            <Link
              key={href}
              href={href}
              aria-current={(pages as readonly string[]).includes(route.page) ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
          <a href="/graphiql" title="Try the API in GraphiQL">
            API
          </a>
        </nav>
        <ThemeSwitch />
      </header>
      <ConnectionBanner />
      <main id="main" ref={main} tabIndex={-1} key={place}>
        <Page route={route} />
      </main>
    </>
  );
}

function Page({ route }: { readonly route: Route }): ReactElement {
  switch (route.page) {
    case 'runs':
      return <RunsPage route={route} />;
    case 'compare':
      return <ComparePage key={`${route.a} ${route.b}`} a={route.a} b={route.b} />;
    case 'run':
      return <RunPage run={route.run} step={route.step} />;
    case 'workflows':
      return <WorkflowsPage route={route} />;
    case 'workflow':
      return <WorkflowPage workflow={route.workflow} />;
    case 'backfill':
      return <BackfillPage workflow={route.workflow} number={route.number} />;
    case 'signals':
      return <SignalsPage name={route.name} />;
    case 'signal':
      return <SignalPage signal={route.signal} />;
    case 'pools':
      return <PoolsPage />;
    case 'unknown':
      return (
        <div className="page">
          <h1>There is no page here</h1>
          <p>
            <code>{route.path}</code> leads nowhere. <Link href="/">To the runs</Link>
          </p>
        </div>
      );
  }
}

/** What a person would call the same page: filters and selections do not change it. */
function placeOf(route: Route): string {
  switch (route.page) {
    case 'run':
      return `run ${route.run}`;
    case 'workflow':
      return `workflow ${route.workflow}`;
    case 'backfill':
      return `backfill ${route.workflow}/${route.number}`;
    case 'signal':
      return `signal ${route.signal}`;
    case 'compare':
      return `compare ${route.a} ${route.b}`;
    case 'signals':
      return `signals ${route.name ?? ''}`;
    case 'runs':
    case 'workflows':
    case 'pools':
    case 'unknown':
      return route.page;
  }
}

function titleOf(route: Route): string {
  switch (route.page) {
    case 'runs':
      return 'Runs';
    case 'compare':
      return route.a === '' || route.b === '' ? 'Two runs' : `${route.a} and ${route.b}`;
    case 'run':
      return route.run;
    case 'workflows':
      return 'Workflows';
    case 'workflow':
      return route.workflow;
    case 'backfill':
      return `Backfill ${route.number} of ${route.workflow}`;
    case 'signals':
      return route.name ?? 'Signals';
    case 'signal':
      return 'Signal';
    case 'pools':
      return 'Pools';
    case 'unknown':
      return 'Not found';
  }
}
