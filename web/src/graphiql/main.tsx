// GraphiQL, from this server alone: its editor and workers are bundled, and nothing is fetched from anywhere else.

import 'graphiql/setup-workers/vite';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { tokenOf } from '../api/token.ts';
import { rememberedTheme } from '../parts/theme.ts';
import './page.css';

const FIRST_QUERY = `# Downbeat's API. Ctrl+Space completes, Ctrl+Enter runs; the book on the left is the reference.

query NewestRuns {
  runs(first: 5) {
    nodes {
      id
      status
      cause { text }
      explanation { summary }
    }
  }
}
`;

const token = tokenOf();
const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  subscriptionUrl: `${window.location.origin.replace(/^http/u, 'ws')}/graphql`,
  ...(headers === undefined ? {} : { headers, wsConnectionParams: headers }),
});

const theme = rememberedTheme();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <GraphiQL fetcher={fetcher} defaultQuery={FIRST_QUERY} defaultTheme={theme === 'auto' ? null : theme}>
      <GraphiQL.Logo>
        <a href="/" className="way-back">
          Downbeat
        </a>
      </GraphiQL.Logo>
    </GraphiQL>,
  );
}
