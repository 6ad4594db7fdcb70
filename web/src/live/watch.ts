// Drives one subscription for as long as it is wanted. What to do next is decided in resume.ts; here it is done.

import { codeOf } from '../api/fault.ts';
import { onConnection, connection, sayLost } from './connection.ts';
import { afterEvent, startAt, type WatchEvent, type WatchPlace } from './resume.ts';
import { socket } from './socket.ts';

/** What a frame of a subscription says of itself. A log chunk has no kind; it is a COMMIT. */
export interface Frame {
  readonly cursor: string;
  readonly kind?: 'SNAPSHOT' | 'COMMIT' | 'HEARTBEAT' | 'LAGGED' | 'BENEATH';
}

/** What to watch, and whom to tell. */
export interface WatchOrder<F extends Frame> {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The subscription's field, under which its frames come. */
  readonly field: string;
  /** Begin behind this change; without it the server begins with a snapshot. */
  readonly after?: string | undefined;
  readonly onFrame: (frame: F) => void;
  /** The cursor is too old: everything must be read again. */
  readonly onExpired?: () => void;
  /** The server refuses for good. */
  readonly onRefused?: (code: string) => void;
  /** Whether an end of the stream is to be believed; without it no end is. */
  readonly mayEnd?: () => boolean;
}

/** Watches until the answered function is called. */
export function watch<F extends Frame>(order: WatchOrder<F>): () => void {
  const begun = new Watch(order);
  begun.subscribe();
  return () => {
    begun.stop();
  };
}

/** One watch, from its first subscription to its end, over however many subscriptions it takes. */
class Watch<F extends Frame> {
  private readonly order: WatchOrder<F>;
  private place: WatchPlace;
  private isOver = false;
  /** Of the newest subscription: what an older one still says is not heard. */
  private round = 0;
  private unsubscribe: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly forgetReturn: () => void;

  constructor(order: WatchOrder<F>) {
    this.order = order;
    this.place = startAt(order.after);
    // Another watch, or the browser, may notice first that the server is back: then there is nothing to wait for.
    this.forgetReturn = onConnection(() => {
      if (!connection().isLost) this.hurry();
    });
    window.addEventListener('online', this.hurry);
  }

  readonly hurry = (): void => {
    if (this.place.failures > 0 && !this.isOver) this.resume(0);
  };

  subscribe(): void {
    this.round += 1;
    const mine = this.round;
    const heard = (act: () => void): void => {
      if (mine === this.round && !this.isOver) act();
    };
    const { text, variables, mayEnd } = this.order;
    const { after } = this.place;
    this.unsubscribe = socket.subscribe<Record<string, F>>(
      { query: text, variables: { ...variables, ...(after === undefined ? {} : { after }) } },
      {
        next: ({ data, errors }) => {
          heard(() => {
            this.hear(data?.[this.order.field], codeOf(errors));
          });
        },
        complete: () => {
          heard(() => {
            this.happen({ kind: 'complete', isWanted: mayEnd?.() !== true });
          });
        },
        error: (error) => {
          heard(() => {
            this.breakOff(codeOf(error));
          });
        },
      },
    );
  }

  stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.forgetReturn();
    window.removeEventListener('online', this.hurry);
    this.unsubscribe();
  }

  private hear(frame: F | undefined, code: string | undefined): void {
    if (code !== undefined || frame === undefined) this.happen({ kind: 'refused', code: code ?? 'INTERNAL' });
    else this.happen({ kind: 'frame', cursor: frame.cursor, frame: frame.kind ?? 'COMMIT' }, frame);
  }

  private breakOff(code: string | undefined): void {
    if (code === undefined) sayLost();
    this.happen(code === undefined ? { kind: 'lost' } : { kind: 'refused', code });
  }

  private happen(event: WatchEvent, frame?: F): void {
    const { place, move } = afterEvent(this.place, event, Math.random());
    this.place = place;
    switch (move.kind) {
      case 'deliver':
        if (frame !== undefined) this.order.onFrame(frame);
        return;
      case 'ignore':
        return;
      case 'subscribe':
        this.resume(move.delayMs);
        return;
      case 'start-over':
        this.startOver();
        return;
      case 'end':
        this.stop();
        return;
      case 'give-up':
        this.stop();
        this.order.onRefused?.(move.code);
        return;
    }
  }

  /** Whoever reads the picture by itself begins a new watch then; for others the server sends a snapshot. */
  private startOver(): void {
    const { onExpired } = this.order;
    if (onExpired === undefined || this.order.after === undefined) this.resume(0);
    else this.stop();
    onExpired?.();
  }

  private resume(delayMs: number): void {
    const leave = this.unsubscribe;
    this.round += 1;
    this.unsubscribe = () => undefined;
    leave();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.subscribe();
    }, delayMs);
  }
}
