// A button that opens a short list of ways to do something, each with a sentence that says what it does.

import { type FocusEvent, type KeyboardEvent, type ReactElement, useId, useRef, useState } from 'react';

/** One way. */
export interface MenuItem {
  readonly label: string;
  readonly note: string;
  /** Undefined while it cannot be chosen. */
  readonly onChoose: (() => void) | undefined;
}

/** The button and its list. Escape, and going elsewhere, close it. */
export function Menu({
  label,
  isBusy,
  items,
}: {
  readonly label: string;
  readonly isBusy: boolean;
  readonly items: readonly MenuItem[];
}): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useId();
  const leave = (event: FocusEvent): void => {
    if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span className="menu" onBlur={leave} onKeyDown={escape}>
      <button
        ref={button}
        type="button"
        className="button"
        disabled={isBusy}
        aria-expanded={isOpen}
        aria-controls={list}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {label} <span aria-hidden="true">▾</span>
      </button>
      <ul id={list} className="menu-list" aria-label={label} hidden={!isOpen}>
        {items.map(({ label: word, note, onChoose }) => (
          <li key={word}>
            <button
              type="button"
              className="menu-item"
              disabled={onChoose === undefined}
              onClick={() => {
                setOpen(false);
                onChoose?.();
              }}
            >
              <b>{word}</b>
              <span className="quiet">{note}</span>
            </button>
          </li>
        ))}
      </ul>
    </span>
  );
}
