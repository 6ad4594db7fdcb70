// Everything that happened to a run, one sentence each, oldest first.

import { type ReactElement, useState } from 'react';
import { type RunEvent } from '../../api/shapes.ts';
import { clockText, exactText } from '../../words/moment.ts';

const SHOWN_AT_FIRST = 12;

/** The events of a run. */
export function Timeline({
  events,
  onSelect,
}: {
  readonly events: readonly RunEvent[];
  readonly onSelect: (stepId: string) => void;
}): ReactElement {
  const [isWhole, setWhole] = useState(false);
  const hidden = isWhole ? 0 : Math.max(0, events.length - SHOWN_AT_FIRST);
  return (
    <section>
      <h2>What happened</h2>
      {hidden === 0 ? null : (
        <button
          type="button"
          className="button-quiet timeline-more"
          onClick={() => {
            setWhole(true);
          }}
        >
          Show {hidden} earlier
        </button>
      )}
      <ol className="timeline">
        {events.slice(hidden).map((event, place) => (
          <li key={`${event.cursor} ${String(hidden + place)}`} title={event.type}>
            <time dateTime={event.at} title={exactText(event.at)} className="number quiet">
              {clockText(event.at)}
            </time>
            <EventText event={event} onSelect={onSelect} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function EventText({
  event: { stepId, text },
  onSelect,
}: {
  readonly event: RunEvent;
  readonly onSelect: (stepId: string) => void;
}): ReactElement {
  if (stepId === null || !text.startsWith(stepId)) return <span>{text}</span>;
  return (
    <span>
      <button
        type="button"
        className="link-button"
        onClick={() => {
          onSelect(stepId);
        }}
      >
        {stepId}
      </button>
      {text.slice(stepId.length)}
    </span>
  );
}
