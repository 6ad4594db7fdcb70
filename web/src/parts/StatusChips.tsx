// Statuses of runs to choose from, several at once.

import { type ReactElement } from 'react';
import { runWords } from '../words/status-words.ts';

const STATUSES = ['RUNNING', 'PAUSED', 'QUEUED', 'SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'] as const;

/** The chips; each press adds its status or takes it away. */
export function StatusChips({
  label,
  status,
  onChange,
}: {
  readonly label: string;
  readonly status: string | undefined;
  readonly onChange: (status: string) => void;
}): ReactElement {
  const chosen = statusesOf(status);
  return (
    <div className="chips" role="group" aria-label={label}>
      {STATUSES.map((word) => {
        const isChosen = chosen.includes(word);
        const after = isChosen ? chosen.filter((other) => other !== word) : [...chosen, word];
        return (
          <button
            key={word}
            type="button"
            className="chip"
            aria-pressed={isChosen}
            onClick={() => {
              onChange(after.join(','));
            }}
          >
            {runWords(word).text}
          </button>
        );
      })}
    </div>
  );
}

/** The statuses in an address: `FAILED,TIMED_OUT`. What is none of them is left out. */
export function statusesOf(status: string | undefined): readonly string[] {
  const given = (status ?? '').split(',');
  return STATUSES.filter((word) => given.includes(word));
}
