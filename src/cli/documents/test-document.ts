// `kind: test` on the command line: it is checked with the rest of its file, played by `downbeat test`, and never goes up.

import { readStory } from '../../core/lab/read-story.ts';
import { type DocumentKind } from './document-kind.ts';

/** How tests are read. */
export const TEST_DOCUMENT: DocumentKind = {
  read: (text) => {
    const read = readStory(text);
    return { id: read.ok ? `"${read.value.name}"` : '', filesWanted: [], refusals: read.ok ? [] : read.failure };
  },
  apply: () => Promise.resolve([]),
  plan: () => Promise.resolve([]),
};
