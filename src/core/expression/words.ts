// The words that the language reserves or refuses. Refusing them is courtesy, not the defence: the defence is that
// values are plain data and that members are looked up in Maps only, so these words lead nowhere anyway.

/** Words of statements, which are no names. */
export const STATEMENT_WORDS: ReadonlySet<string> = new Set(
  'return if while for do break continue throw switch try import int long double float boolean else case'.split(' '),
);

/** Words that begin statements or types which the language leaves out. */
export const FOREIGN_STATEMENTS: ReadonlySet<string> = new Set(
  'do switch case default try catch finally else char byte short final var goto assert enum'.split(' '),
);

/** Words that are no names because Java's family gives them a meaning which the language leaves out. */
export const REFUSED_WORDS: ReadonlySet<string> = new Set(
  'this super class instanceof void static interface extends implements synchronized native package'.split(' '),
);

/** Names that reach for the machine rather than for a value of the run. */
export const HOST_NAMES: ReadonlySet<string> = new Set(
  (
    'process global globalThis window self require module exports eval Function Object Proxy Reflect Symbol Promise ' +
    'Error Array Date RegExp WebAssembly Buffer fetch setTimeout Class ClassLoader Runtime Thread ProcessBuilder ' +
    'java javax sun File System function async await yield typeof delete let const var with catch export debugger'
  ).split(' '),
);

/** Members that lead from a value to the machinery behind it, in JavaScript or in Java. */
export const REFLECTION_MEMBERS: ReadonlySet<string> = new Set(
  (
    'constructor prototype __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ call apply ' +
    'bind caller callee unscopables prepareStackTrace class getClass forName newInstance invoke exec'
  ).split(' '),
);
