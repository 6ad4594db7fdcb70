// The architecture as rules: which folder may import which, the order inside the core, and the home of each driver.
// `npm run layers` checks it; `import type` counts. ARCHITECTURE.md draws the picture.

// The layers, as data. Left may import right. Everything else is an error.
const layers = {
  core: [],
  ports: ['core'],
  engine: ['core', 'ports'],
  executors: ['core', 'ports'],
  graphql: ['core', 'ports', 'engine'],
  http: ['core', 'ports', 'engine', 'graphql'],
  cli: ['core'], // definition and graph only, see cli-offline
};
// The order inside the core. Files directly in src/core/ are leaves: anyone below may use them.
const core = {
  expression: [],
  params: ['expression'],
  definition: ['params', 'expression'],
  workflow: ['definition', 'params'],
  queue: [],
  pool: [],
  signal: ['definition', 'params', 'expression'],
  bucket: ['signal', 'definition', 'params', 'expression'],
  trigger: ['bucket', 'signal', 'definition', 'params', 'expression'],
  step: ['signal', 'definition', 'params', 'expression'],
  template: ['definition'],
  run: ['step', 'pool', 'signal', 'workflow', 'definition', 'params', 'expression'],
  backfill: ['run', 'queue', 'definition', 'params'],
};
core.explanation = Object.keys(core);
core.partition = Object.keys(core);
core.lab = Object.keys(core);
// Pure packages only: no Node API, no clock read without an argument. Their answer goes into the event; evolve never asks again.
const pure = {
  zod: ['core/definition', 'core/params', 'config', 'graphql', 'http', 'executors'],
  yaml: ['core/definition', 'config'],
  croner: ['core/trigger'],
  're2js|chevrotain|@chevrotain|@lezer': ['core/expression'],
};
// Each driver has its homes.
const homes = {
  'mongodb|bson|mongodb-memory-server-core': ['adapters/mongo', 'adapters/agenda'],
  ioredis: ['adapters/redis'],
  'agenda|@agendajs': ['adapters/agenda'],
  dataloader: ['graphql'],
  '@apollo/server': ['graphql', 'http'],
  'fastify|@fastify|@as-integrations': ['http'],
  'graphql|graphql-ws|graphql-sse': ['graphql', 'http', 'cli'],
  ws: ['http', 'cli'],
  pino: ['adapters/node'],
  '@kubernetes/client-node': ['executors'],
  commander: ['cli', 'main.ts'],
};
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];
const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const under = (...names) => names.map((name) => (name.endsWith('.ts') ? `^src/${name}$` : `^src/${name}/`));

export default {
  forbidden: [
    error('no-cycle', 'Two modules in a cycle are one module: move what they share to a leaf.', {}, { circular: true }),
    ...Object.entries(layers).map(([layer, below]) =>
      error(
        `layer-${layer}`,
        `src/${layer} may import: ${below.join(', ') || 'nothing of ours'}.`,
        { path: `^src/${layer}/` },
        { path: '^src/', pathNot: under(layer, ...below) },
      ),
    ),
    error(
      'layer-adapters',
      'An adapter sees core and ports; never engine, graphql, http or another adapter.',
      { path: '^src/adapters/([^/]+)/' },
      { path: '^src/', pathNot: [...under('core', 'ports'), '^src/adapters/$1/'] },
    ),
    error(
      'layer-config',
      'config turns flags, environment and file into values; of ours it may use the core.',
      { path: '^src/config/' },
      { path: '^src/', pathNot: under('core', 'config') },
    ),
    error(
      'config-is-passed-down',
      'Only main.ts and compose.ts see config; everyone else is handed values.',
      { path: '^src/', pathNot: under('main.ts', 'compose.ts', 'config') },
      { path: '^src/config/' },
    ),
    error(
      'main-is-thin',
      'main.ts picks what to run: compose, config, executors and cli; the rest is wired in compose.ts.',
      { path: '^src/main[.]ts$' },
      { path: '^src/', pathNot: under('compose.ts', 'config', 'executors', 'cli') },
    ),
    ...Object.entries(core).map(([part, below]) =>
      error(
        `core-${part}`,
        `core/${part} may import: leaves${below.map((name) => `, ${name}`).join('')}.`,
        { path: `^src/core/${part}/` },
        { path: '^src/core/[^/]+/', pathNot: [part, ...below].map((name) => `^src/core/${name}/`) },
      ),
    ),
    error('core-leaves', 'A leaf imports leaves.', { path: '^src/core/[^/]+[.]ts$' }, { path: '^src/core/[^/]+/' }),
    error(
      'core-npm',
      'Only the pure packages of the list above enter the core.',
      { path: '^src/core/' },
      { dependencyTypes: npm, pathNot: [`node_modules/(${Object.keys(pure).join('|')})/`] },
    ),
    error(
      'cli-offline',
      'The CLI is a client; offline it reads definitions and plays their tests, and it guesses what a mistyped name meant.',
      { path: '^src/cli/' },
      { path: '^src/core/[^/]+/', pathNot: under('core/definition', 'core/lab', 'core/expression/nearest.ts') },
    ),
    error(
      'inside-npm',
      'Ports and use cases need no package.',
      { path: '^src/(ports|engine)/' },
      { dependencyTypes: npm },
    ),
    error(
      'inside-node',
      'fs, net, crypto and timers belong to adapters and executors.',
      { path: '^src/(core|ports|engine)/' },
      { dependencyTypes: ['core'] },
    ),
    ...Object.entries({ ...homes, ...pure }).map(([driver, where]) =>
      error(
        `home-${driver.split('|')[0].replace('@', '')}`,
        `${driver} is imported in ${where.join(', ')} only.`,
        { path: '^src/', pathNot: under(...where) },
        { path: `node_modules/(${driver})/` },
      ),
    ),
    error(
      'root-is-the-top',
      'Nobody imports main.ts or compose.ts (end-to-end tests start them).',
      { path: '^(src|test)/', pathNot: ['^src/(main|compose)[.]ts$', '^test/(e2e|support)/'] },
      { path: '^src/(main|compose)[.]ts$' },
    ),
    error(
      'resolvers-are-flat',
      'A resolver calls a use case or a loader, never another resolver.',
      { path: '^src/graphql/resolvers/.+/' },
      { path: '^src/graphql/resolvers/.+/' },
    ),
    error('src-without-test', 'Production code never imports test code.', { path: '^src/' }, { path: '^test/' }),
    error(
      'web-apart',
      'The UI knows schema.graphql and, for the playground, core.',
      { path: '^web/' },
      { path: '^src/', pathNot: '^src/core/' },
    ),
    error('src-without-web', 'The server knows nothing of the UI.', { path: '^src/' }, { path: '^web/' }),
    error(
      'no-orphan',
      'A module nobody imports is dead.',
      { orphan: true, path: '^src/', pathNot: ['^src/main[.]ts$', '[.]d[.]ts$'] },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/(node_modules|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node'],
    },
  },
};
