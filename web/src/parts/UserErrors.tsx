// What the server said no to, and what to do next.

import { type ReactElement } from 'react';
import { type UserError } from '../api/shapes.ts';
import { PhaseMark } from './PhaseMark.tsx';

/** A list of problems; nothing when there are none. */
export function UserErrors({
  errors,
}: {
  readonly errors: readonly Pick<UserError, 'code' | 'message' | 'hint'>[];
}): ReactElement | null {
  if (errors.length === 0) return null;
  return (
    <ul className="user-errors" role="alert">
      {errors.map((error, place) => (
        <li key={place} title={error.code}>
          <PhaseMark phase="FAILED" />
          <span>
            {error.message} {error.hint}
          </span>
        </li>
      ))}
    </ul>
  );
}
