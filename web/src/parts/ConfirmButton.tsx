// A button that asks once before it does something that cannot be taken back.

import { type KeyboardEvent, type ReactElement, useState } from 'react';

/** The button; `question` is shown after the first click. */
export function ConfirmButton({
  label,
  question,
  isBusy,
  onConfirm,
}: {
  readonly label: string;
  readonly question: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
}): ReactElement {
  const [isAsking, setAsking] = useState(false);
  // Whoever has said no goes on with the keyboard where the question came from.
  const [wasAsked, setAsked] = useState(false);
  const leave = (): void => {
    setAsking(false);
    setAsked(true);
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    leave();
  };
  if (!isAsking) {
    return (
      <button
        type="button"
        className="button"
        disabled={isBusy}
        autoFocus={wasAsked}
        onClick={() => {
          setAsking(true);
        }}
      >
        {label}
      </button>
    );
  }
  return (
    <span className="confirm" role="group" aria-label={question} onKeyDown={escape}>
      <span>{question}</span>
      <button
        type="button"
        className="button button-strong"
        autoFocus
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        Yes, {label.toLowerCase()}
      </button>
      <button type="button" className="button" onClick={leave}>
        No
      </button>
    </span>
  );
}
