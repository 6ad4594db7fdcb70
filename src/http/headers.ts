// Headers that keep a browser from doing more with our answers than it should.

/** On every answer. */
export const everywhere: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** On our own pages: scripts come from this server only. The editor of /graphiql sets styles and makes workers from blobs. */
export const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On artifacts: whatever a step wrote, it must not run with our origin. */
export const artifactPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'";
