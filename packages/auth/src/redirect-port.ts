/** Where a browser comes back to after a sign-in. */
export interface RedirectPort {
  /** Begins to wait for one sign-in. */
  open(): Promise<OpenRedirect>;
}

export interface OpenRedirect extends AsyncDisposable {
  /** What the authorization server is told to send the browser to. */
  readonly uri: string;
  /**
   * @param accept - Whether these parameters belong to this sign-in. What it refuses is answered, and waited on.
   * @returns The parameters that were accepted. Rejects when it is disposed of.
   */
  wait(accept: (parameters: URLSearchParams) => boolean): Promise<URLSearchParams>;
}
