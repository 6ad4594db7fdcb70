// What stands where an answer should be: it is on its way, it cannot be had, or the server asks who wants it.

import { type SyntheticEvent, type ReactElement, useState } from 'react';
import { type AnswerState } from '../api/use-answer.ts';
import { keepToken } from '../api/token.ts';
import { isPassing } from '../api/fault.ts';

/** Shown while there is no data. */
export function Unanswered({ answer }: { readonly answer: AnswerState<unknown> }): ReactElement {
  const { fault, askAgain } = answer;
  if (fault === undefined) return <p className="unanswered quiet">One moment …</p>;
  if (fault.code === 'UNAUTHENTICATED') return <TokenForm />;
  return (
    <div className="unanswered" role="alert">
      <p>
        <strong>{fault.message}</strong>
      </p>
      <p className="quiet">
        {isPassing(fault)
          ? 'This page keeps trying by itself. Is the server running?'
          : 'Asking the same again may not help.'}{' '}
        <code>{fault.code}</code>
      </p>
      <button type="button" className="button" onClick={askAgain}>
        Try now
      </button>
    </div>
  );
}

function TokenForm(): ReactElement {
  const [token, setToken] = useState('');
  const enter = (event: SyntheticEvent): void => {
    event.preventDefault();
    keepToken(token.trim());
    window.location.reload();
  };
  return (
    <form className="unanswered card" onSubmit={enter}>
      <h2>Who is asking?</h2>
      <p className="quiet">
        This server wants a token. Whoever runs it makes one with <code>npx downbeat token create</code>. It is kept in
        this tab only.
      </p>
      <label className="field">
        <span>Token</span>
        <input
          type="password"
          autoComplete="off"
          value={token}
          onChange={(event) => {
            setToken(event.target.value);
          }}
        />
      </label>
      <button type="submit" className="button" disabled={token.trim() === ''}>
        Enter
      </button>
    </form>
  );
}
