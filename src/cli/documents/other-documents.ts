// Documents of definition files that are no workflows, by the word under `kind`.

import { type DocumentKind } from './document-kind.ts';
import { POOL_DOCUMENT } from './pool-document.ts';
import { SIGNAL_DOCUMENT } from './signal-document.ts';
import { TEMPLATE_DOCUMENT } from './template-document.ts';
import { TEST_DOCUMENT } from './test-document.ts';

/** What can be done with each. */
export const OTHER_DOCUMENTS: ReadonlyMap<string, DocumentKind> = new Map([
  ['pool', POOL_DOCUMENT],
  ['signal', SIGNAL_DOCUMENT],
  ['template', TEMPLATE_DOCUMENT],
  ['test', TEST_DOCUMENT],
]);
