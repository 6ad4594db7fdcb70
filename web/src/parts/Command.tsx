// A command to type into a terminal, with a button that copies it.

import { type ReactElement, useState } from 'react';

/** A command, ready to be copied. */
export function Command({ text }: { readonly text: string }): ReactElement {
  const [said, setSaid] = useState('Copy');
  const copy = (): void => {
    const say = (word: string): void => {
      setSaid(word);
      setTimeout(() => {
        setSaid('Copy');
      }, 2_000);
    };
    // Browsers offer the clipboard on localhost and over https only.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard === undefined) say('Select it');
    else
      clipboard.writeText(text).then(
        () => {
          say('Copied');
        },
        () => {
          say('Select it');
        },
      );
  };
  return (
    <div className="command">
      <code tabIndex={0}>{text}</code>
      <button type="button" className="button-quiet" onClick={copy} aria-label={`Copy the command ${text}`}>
        <span aria-live="polite">{said}</span>
      </button>
    </div>
  );
}
