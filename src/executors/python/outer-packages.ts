// Lets an environment also see the packages of the Python that it was made with, behind its own: what is installed in the
// environment itself wins, and what is not is found where a plain Python step would find it.

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Stage } from '../process/launch.ts';

const FOLDERS = `
import sys
for path in sys.path:
    if path.rstrip("/").endswith(("site-packages", "dist-packages")):
        print(path)
`;

/** Names the folders of the interpreter's packages in the environment in `folder`, which is whole but for that. */
export async function showOuterPackages(
  stage: Stage,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const paths: string[] = [];
  await stage.run({
    program: [stage.interpreter, '-c', FOLDERS],
    folder: '/',
    variables,
    onLine: (line) => paths.push(line),
  });
  const libraries = await readdir(join(folder, 'lib'));
  const library = libraries.find((name) => name.startsWith('python')) ?? 'python3';
  await writeFile(join(folder, 'lib', library, 'site-packages', 'downbeat-outer.pth'), `${paths.join('\n')}\n`);
}
