/** Builds the server when its sources have changed; answers whether it did. */
export function buildServer(): Promise<boolean>;
