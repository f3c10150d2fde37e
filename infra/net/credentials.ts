/** A process's own certificate, and whose certificates it believes. PEM. */
export interface Tls {
  /** The certificate, followed by those between it and the CA if there are any. */
  readonly cert: Buffer;
  /** Its private key. */
  readonly key: Buffer;
  /** The other side's certificate must be signed by one of these. */
  readonly ca: Buffer;
}

/** How a process proves who it is, and what it asks of others. */
export interface Credentials {
  /** Sent by the edge as a bearer token, asked for by the services. */
  readonly token: string | undefined;
  /** TLS with certificates of both sides. */
  readonly tls: Tls | undefined;
}

/** Nobody proves anything: for one machine. */
export const noCredentials: Credentials = { token: undefined, tls: undefined };
