// A status: sign, words and colour; the API's own word in the tooltip.

import { type ReactElement } from 'react';
import { type StatusWords } from '../words/status-words.ts';
import { PhaseMark } from './PhaseMark.tsx';

/** How something stands. */
export function StatusBadge({
  words,
  isLarge = false,
}: {
  readonly words: StatusWords;
  readonly isLarge?: boolean;
}): ReactElement {
  return (
    <span className={`status phase-${words.phase}${isLarge ? ' status-large' : ''}`} title={words.status}>
      <PhaseMark phase={words.phase} size={isLarge ? 20 : 16} />
      <span>{words.text}</span>
    </span>
  );
}
