// Builds the page into ../dist/web: index.html for every address of the page, graphiql.html for /graphiql.
// Everything that they load is beside them under /assets; nothing comes from another host.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // The server's policy allows no fonts or scripts out of data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Monaco alone is larger than this; the page itself is held to its budget by a test.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      input: { index: 'index.html', graphiql: 'graphiql.html' },
      onLog: (level, log, handle) => {
        // "use no memo" in GraphiQL's own files is for a compiler that we do not run.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: {
    proxy: {
      '/graphql': { target: SERVER, ws: true },
      '/artifacts': SERVER,
    },
  },
});
