// What a document of a definition's file is about: a workflow, unless its `kind` says otherwise.

import { isJobTemplate } from './maestro/job/read-job-template.ts';
import { parseSource } from './source/parse-source.ts';

/** The word under `kind`, in lower case; `template` for a job template of Maestro's, `workflow` where there is none. */
export function documentKind(text: string): string {
  const root = parseSource(text)[0]?.root;
  if (root !== undefined && isJobTemplate(root)) return 'template';
  const kind = root?.kind === 'map' ? root.entries.get('kind')?.value : undefined;
  return kind?.kind === 'scalar' && kind.source !== '' ? kind.source.toLowerCase() : 'workflow';
}
