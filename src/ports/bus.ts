// Nudges between processes: at most once, unordered, lossy. Latency, never data.

/** A channel's name; composed by the engine, never by users. */
export type Channel = string;

/** Publishes and hears short texts. */
export interface Bus {
  /** Sends a text to whoever listens now. Never throws and never waits: what is lost is found by reading the log. */
  publish(channel: Channel, message: string): void;
  /** Hears a channel from now on; the answer ends it. `onGap` tells that messages may have been lost (a reconnect). */
  subscribe(channel: Channel, onMessage: (message: string) => void, onGap?: () => void): Promise<() => void>;
  /** Lets go of connections. */
  close(): Promise<void>;
}
