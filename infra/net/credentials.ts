/** A process's own certificate, and the CA certificates that it trusts. PEM. */
export interface Tls {
  /** The certificate, followed by any intermediate certificates. */
  readonly cert: Buffer;
  /** Its private key. */
  readonly key: Buffer;
  /** The peer's certificate must be signed by one of these. */
  readonly ca: Buffer;
}

/** How a process authenticates, and what it requires of others. */
export interface Credentials {
  /** The bearer token that the edge sends and the services require. */
  readonly token: string | undefined;
  /** Mutual TLS. */
  readonly tls: Tls | undefined;
}

/** No authentication, for use on one machine. */
export const noCredentials: Credentials = { token: undefined, tls: undefined };
