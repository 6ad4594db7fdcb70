// What one try of a step prints, while it prints it. It stays at the end unless a person scrolls up to read.

import { type ReactElement, useEffect, useRef, useState } from 'react';
import { STEP_LOGS } from '../../api/documents.ts';
import { type LogFrame } from '../../api/frames.ts';
import { useWatch } from '../../live/use-watch.ts';
import { EMPTY_LOG, logAfter, type LogView } from '../../model/log-view.ts';
import { countText } from '../../words/count-words.ts';
import { logText } from '../../words/log-text.ts';
import { clockText } from '../../words/moment.ts';

const NEAR_END_PX = 24;

/** The printed lines. */
export function LogTail({
  stepId,
  attempt,
  hasEnded,
}: {
  readonly stepId: string;
  readonly attempt: number;
  readonly hasEnded: boolean;
}): ReactElement {
  const [log, setLog] = useState(EMPTY_LOG);
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  useWatch<LogFrame>({
    ...STEP_LOGS,
    field: 'stepLogs',
    variables: { stepId, attempt },
    onFrame: ({ lines }) => {
      setLog((before) => logAfter(before, lines));
    },
    onRefused: setRefusal,
    mayEnd: () => hasEnded,
  });
  if (refusal !== undefined) {
    return (
      <p className="quiet">
        The server does not hand out this log (<code>{refusal}</code>).
      </p>
    );
  }
  if (log.lines.length === 0) return <p className="quiet">{hasEnded ? 'It printed nothing.' : 'Nothing so far.'}</p>;
  return <Lines log={log} />;
}

function Lines({ log }: { readonly log: LogView }): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [log]);
  return (
    <>
      {log.leftOut === 0 ? null : (
        <p className="quiet">{countText(log.leftOut, 'earlier line')} left out here; npx downbeat logs shows them.</p>
      )}
      <div
        ref={box}
        className="log"
        role="log"
        aria-live="off"
        aria-label="What it printed"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
        }}
      >
        {log.lines.map(({ number, at, stream, text }) => (
          <div key={number} className={`log-line log-${stream}`} title={clockText(at)}>
            <span className="log-number number">{number}</span>
            <span>
              {stream === 'err' ? <b className="log-mark">err </b> : null}
              {logText(text)}
            </span>
          </div>
        ))}
      </div>
    </>
  );
}
