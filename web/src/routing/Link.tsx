// A link inside the page: an ordinary link for the keyboard, the middle button and copying, without a reload on a click.

import { type AnchorHTMLAttributes, type MouseEvent, type ReactElement } from 'react';
import { goTo } from './location.ts';

/** A link to an address of the page. */
export function Link({
  href,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }): ReactElement {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!isPlain || event.defaultPrevented) return;
    event.preventDefault();
    goTo(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
