import { channel } from "node:diagnostics_channel";
import type { Server } from "node:net";
import type { TLSSocket, Server as TlsServer } from "node:tls";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { CountingProcess, Metrics } from "../../../infra/telemetry/metrics.ts";

/**
 * Opens a port with `open`, and finds the TLS server behind it; undefined without TLS. grpc-js reveals neither this
 * server nor failed handshakes, but Node announces on a diagnostics channel each server that begins to listen.
 */
export async function findTlsServer(
  open: () => Promise<number>,
): Promise<{ port: number; tls: TlsServer | undefined }> {
  const listening = channel("tracing:net.server.listen:asyncStart");
  const found: Server[] = [];
  const onListen = (message: unknown) => found.push((message as { server: Server }).server);
  listening.subscribe(onListen);
  try {
    const port = await open();
    const tls = found.find((server) => "setSecureContext" in server && portOf(server) === port);
    return { port, tls: tls as TlsServer | undefined };
  } finally {
    listening.unsubscribe(onListen);
  }
}

function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === "object" ? address?.port : undefined;
}

/** Options of watchHandshakes. */
export interface HandshakeOptions {
  readonly name: CountingProcess;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: Clock;
}

/** The minimum time between two log messages about failed handshakes, in milliseconds, even if they fail all day. */
const quietMs = 60_000;

/**
 * Counts failed TLS handshakes. Logs the first one, then once a minute how many more there were. Returns a function
 * that stops the counting.
 */
export function watchHandshakes(server: TlsServer, { name, metrics, log, clock }: HandshakeOptions): () => void {
  const failed = metrics.counter(
    `duet_${name}_tls_handshakes_failed_total`,
    "Connections whose TLS handshake failed: no certificate, one that the CA has not signed, or no TLS at all.",
  );
  let more = 0;
  let cancel: (() => void) | undefined;
  const onQuiet = () => {
    cancel = undefined;
    if (more === 0) return;
    log.warn({ handshakes: more }, "further TLS handshakes failed in the last minute");
    more = 0;
    cancel = clock.after(quietMs, onQuiet);
  };
  const onFailure = (error: NodeJS.ErrnoException, { remoteAddress }: TLSSocket) => {
    failed.inc();
    if (cancel !== undefined) {
      more++;
      return;
    }
    log.warn(
      { peer: remoteAddress, code: error.code ?? error.message },
      "a TLS handshake failed: the caller has no certificate signed by the CA in DUET_TLS_CA, or does not use TLS",
    );
    cancel = clock.after(quietMs, onQuiet);
  };
  server.on("tlsClientError", onFailure);
  return () => {
    server.off("tlsClientError", onFailure);
    cancel?.();
  };
}
