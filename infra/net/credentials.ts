/** A process's own certificate, and the CA certificates that it trusts. PEM. */
export interface Tls {
  /** The certificate, followed by any intermediate certificates. */
  readonly cert: Buffer;
  /** The private key that belongs to the certificate. */
  readonly key: Buffer;
  /** The CA certificates: the peer's certificate must be signed by one of these CAs. */
  readonly ca: Buffer;
}

/** How a process authenticates itself, and what it requires of its peers. */
export interface Credentials {
  /** The bearer token that the edge sends and the services require. */
  readonly token: string | undefined;
  /** The certificates for mutual TLS; undefined without TLS. */
  readonly tls: Tls | undefined;
}

/** No authentication, for use on one machine. */
export const noCredentials: Credentials = { token: undefined, tls: undefined };
