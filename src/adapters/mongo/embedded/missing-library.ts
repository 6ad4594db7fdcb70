// Reads the loader's complaint about a missing shared library and names the Debian package that brings it.

const PACKAGES: Readonly<Record<string, string>> = {
  'libcrypto.so.3': 'libssl3',
  'libssl.so.3': 'libssl3',
  'libcurl.so.4': 'libcurl4',
  'liblzma.so.5': 'liblzma5',
};

/** A shared library that a program needs and this machine lacks. */
export interface MissingLibrary {
  readonly name: string;
  readonly package: string;
}

/** The library that the loader did not find, when that is what the output says. */
export function missingLibrary(output: string): MissingLibrary | undefined {
  const name = /error while loading shared libraries: ([^:\s]+):/.exec(output)?.[1];
  return name === undefined ? undefined : { name, package: PACKAGES[name] ?? name };
}
