import { type CompatServiceDefinition, createServer, type ServiceImplementation } from "nice-grpc";
import { errorDetailsServerMiddleware } from "nice-grpc-error-details";
import { HealthDefinition } from "nice-grpc-server-health";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { type Address, assertFree, formatAddress, listen } from "../../../infra/net/address.ts";
import { createAdminServer } from "../../../infra/net/admin.ts";
import type { OnRenewed } from "../../../infra/net/certificates.ts";
import { type Credentials, noCredentials } from "../../../infra/net/credentials.ts";
import type { CountingProcess, Metrics } from "../../../infra/telemetry/metrics.ts";
import { noTracer, type Tracer } from "../../../infra/telemetry/tracer.ts";
import { traceCalls } from "./call-spans.ts";
import { callGate, healthGate, refuseOpenAddress, toServerCredentials, warnOfClearToken } from "./credentials.ts";
import { findTlsServer, watchHandshakes } from "./handshakes.ts";
import { callMetrics, errorBorder } from "./middleware.ts";
import { createProbes } from "./probes.ts";
import { createReflection, reflectionDefinitions } from "./reflection.ts";
import { readable, refuseUnreadable } from "./unreadable.ts";

/** Where to listen, and the setting that gives the address. */
export interface ListenOption {
  /** The address to listen at; if the port is 0, the system chooses one. */
  readonly address: Address;
  /** The setting's name, for the error if the address is not available. */
  readonly setting: string;
}

/** Options of startServer. */
export interface ServerOptions<Definition extends CompatServiceDefinition & { readonly fullName: string }> {
  /** The service's name in metrics: `duet_<name>_…`. */
  readonly name: CountingProcess;
  /** The service's definition from ts-proto. */
  readonly definition: Definition;
  /**
   * The service's implementation. It may throw anything: the error border (`errorBorder`) converts it to a gRPC status.
   */
  readonly implementation: ServiceImplementation<Definition>;
  /** Where gRPC is served; without credentials, only a loopback address is allowed. */
  readonly listen: ListenOption;
  /** Where `/metrics`, `/healthz` and `/readyz` are served over HTTP. */
  readonly adminListen: ListenOption;
  /** How callers authenticate. Default: not at all. */
  readonly credentials?: Credentials;
  /** The metrics that are served at `/metrics`. */
  readonly metrics: Metrics;
  /** Traces every call. Default: nothing is traced. */
  readonly tracer?: Tracer;
  readonly log: Log;
  readonly clock: Clock;
  /** Why the service accepts no work now, and what to do; undefined if it accepts work. */
  readonly notReady: () => Promise<string | undefined>;
  /** Describes a problem despite which the service accepts work; undefined if there is none. Default: none. */
  readonly degraded?: () => Promise<string | undefined>;
  /** How long `drain` lets calls in progress continue before it cancels them. */
  readonly drainTimeoutMs: number;
}

/** A running server. */
export interface RunningServer {
  /** The address at which gRPC is served. */
  readonly address: Address;
  /** The same address as a URL for the edge; `https:` with TLS. */
  readonly url: string;
  /** The address at which the admin pages are served. */
  readonly adminAddress: Address;
  /** Uses new certificates for future connections. Does nothing without TLS. */
  readonly renew: OnRenewed;
  /**
   * Accepts no new calls, lets those in progress finish for `drainTimeoutMs`, then cancels them. May be called again.
   */
  drain(): Promise<void>;
  /** Cancels all calls and stops. */
  close(): Promise<void>;
}

/**
 * The limit for one gRPC message: text is small, and the speech of a segment is sent in several messages, so the
 * largest message is a voice sample of at most 10 MiB.
 */
const maxMessageBytes = 16 * 1024 * 1024;

/**
 * Serves one gRPC service together with gRPC health checks and reflection, and its admin pages over HTTP. A health
 * check with an empty name is about the process, one with the name of the service about its readiness. Throws
 * AddressInUseError, or an Error that says why the address is refused.
 */
export async function startServer<Definition extends CompatServiceDefinition & { readonly fullName: string }>(
  options: ServerOptions<Definition>,
): Promise<RunningServer> {
  const { definition, log, clock, metrics, credentials = noCredentials, tracer = noTracer } = options;
  refuseOpenAddress(options.listen.address, options.listen.setting, credentials);
  // If a port is taken, grpc-js reports that unhelpfully, and on standard error too: checking first gives a single
  // clear message.
  await assertFree(options.listen.address, options.listen.setting);

  let draining: Promise<void> | undefined;
  const notReady = async () => (draining === undefined ? await options.notReady() : "the process is shutting down");

  // HTTP/2 windows stay at their defaults: grpc-js can set them only in clients, which receive the speech; a server
  // receives only text.
  const server = createServer({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
    // A caller that vanished silently, for example behind a NAT, is detected within 40 s, and its calls end.
    "grpc.keepalive_time_ms": 30_000,
    "grpc.keepalive_timeout_ms": 10_000,
  });
  const counted = server.with(callMetrics(metrics, options.name, clock));
  (tracer.enabled ? counted.with(traceCalls(tracer)) : counted)
    .with(errorDetailsServerMiddleware)
    .with(errorBorder(log))
    .with(callGate(credentials))
    .with(refuseUnreadable)
    .add(readable(definition), options.implementation);

  const probes = createProbes(definition.fullName, notReady);
  const probed = server.with(errorDetailsServerMiddleware).with(errorBorder(log)).with(probes.middleware);
  probed.with(healthGate(credentials)).with(refuseUnreadable).add(readable(HealthDefinition), probes.health);
  for (const reflection of reflectionDefinitions)
    probed.with(callGate(credentials)).add(reflection, createReflection(definition.fullName));

  const { port, tls } = await findTlsServer(() =>
    server.listen(formatAddress(options.listen.address), toServerCredentials(credentials)),
  );
  const watched = tls && watchHandshakes(tls, options);
  const address = { host: options.listen.address.host, port };
  const admin = createAdminServer({ metrics, notReady, degraded: options.degraded });
  const adminAddress = await listen(admin, options.adminListen.address, options.adminListen.setting).catch((error) => {
    watched?.();
    server.forceShutdown();
    throw error;
  });
  log.info({ address: formatAddress(address), admin: formatAddress(adminAddress) }, "listening");
  warnOfClearToken(address, credentials, log);

  const stop = async (timeoutMs: number) => {
    probes.end();
    // A shutdown of grpc-js never completes if a client closes its connection at the same moment; this promise,
    // resolved when the shutdown is forced, ends the wait.
    const forced = Promise.withResolvers<void>();
    const cancelTimer = clock.after(timeoutMs, () => {
      server.forceShutdown();
      forced.resolve();
    });
    await Promise.race([server.shutdown(), forced.promise]);
    cancelTimer();
    watched?.();
    await new Promise<void>((resolve) => {
      admin.close(() => resolve());
      admin.closeAllConnections();
    });
  };
  return {
    address,
    url: `${credentials.tls === undefined ? "http" : "https"}://${formatAddress(address)}`,
    adminAddress,
    renew: ({ cert, key, ca }) => tls?.setSecureContext({ cert, key, ca }),
    drain() {
      draining ??= stop(options.drainTimeoutMs);
      return draining;
    },
    close() {
      server.forceShutdown();
      draining ??= stop(0);
      return draining;
    },
  };
}
