// What Python environments are made with.

/** The settings of a server's Python environments. */
export interface EnvironmentSettings {
  /** The folder that holds them all. */
  readonly root: string;
  /** What programs get from the server's environment: PATH, HOME, LANG and TZ. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Settings of pip, uv and the network (`PIP_…`, `UV_…`, `HTTPS_PROXY`, …), as the server was given them. */
  readonly packaging: Readonly<Record<string, string>>;
  /** Whether fetching anything from the network is forbidden. */
  readonly offline: boolean;
}
