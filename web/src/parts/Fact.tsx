// One fact of a head: what it is, quietly, and its value.

import { type ReactElement, type ReactNode } from 'react';

/** "Version 3". */
export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <span>
      <span className="quiet">{label}</span> {children}
    </span>
  );
}
