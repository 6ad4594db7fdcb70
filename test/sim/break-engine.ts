// The engine, broken on purpose: bundled with single snippets of its sources replaced. Production code knows nothing of it.
// A snippet that is not found any more, exactly once, is an error: a breakage that breaks nothing would prove nothing.

import { readFile } from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { type EngineBuild } from './cluster.ts';

/** One snippet of one source file, and what stands there instead. */
export interface Edit {
  /** Below `src/`. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

const sources = new URL('../../src/', import.meta.url).pathname;

/** Bundles the engine with edits, and loads it. */
export async function breakEngine(edits: readonly Edit[]): Promise<EngineBuild> {
  const done = new Set<Edit>();
  const result = await build({
    stdin: {
      contents:
        "export { createEngine } from './engine/create-engine.ts'; export { foldAway } from './engine/retention.ts';",
      resolveDir: sources,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'silent',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [editing(edits, done)],
  });
  const missed = edits.filter((edit) => !done.has(edit));
  if (missed.length > 0) throw new Error(`no source was read of ${missed.map(({ file }) => file).join(', ')}`);
  const folder = await mkdtemp(join(tmpdir(), 'downbeat-broken-'));
  const path = join(folder, 'engine.mjs');
  try {
    await writeFile(path, result.outputFiles[0]?.contents ?? '');
    return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as EngineBuild;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A source with the edits that concern its file, one after the other. Throws where one does not find its snippet. */
export function editsIn(source: string, file: string, edits: readonly Edit[]): string {
  return edits
    .filter((edit) => edit.file === file)
    .reduce((contents, edit) => {
      const places = contents.split(edit.find).length - 1;
      if (places !== 1)
        throw new Error(`src/${file} holds the snippet ${String(places)} times, not once: ${edit.find}`);
      return contents.replace(edit.find, () => edit.put);
    }, source);
}

function editing(edits: readonly Edit[], done: Set<Edit>): Plugin {
  return {
    name: 'edits',
    setup: (bundling) => {
      bundling.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const file = path.startsWith(sources) ? path.slice(sources.length) : '';
        const concerned = edits.filter((edit) => edit.file === file);
        if (concerned.length === 0) return undefined;
        const contents = editsIn(await readFile(path, 'utf8'), file, concerned);
        for (const edit of concerned) done.add(edit);
        return { contents, loader: 'ts' };
      });
    },
  };
}
