import { type CompatServiceDefinition, createServer, type ServiceImplementation } from "nice-grpc";
import { errorDetailsServerMiddleware } from "nice-grpc-error-details";
import { HealthDefinition } from "nice-grpc-server-health";
import { ServerReflection } from "nice-grpc-server-reflection";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { type Address, assertFree, formatAddress, listen } from "../../../infra/net/address.ts";
import { createAdminServer } from "../../../infra/net/admin.ts";
import type { OnRenewed } from "../../../infra/net/certificates.ts";
import { type Credentials, noCredentials } from "../../../infra/net/credentials.ts";
import type { CountingProcess, Metrics } from "../../../infra/telemetry/metrics.ts";
import { noTracer, type Tracer } from "../../../infra/telemetry/tracer.ts";
import { descriptors } from "../../gen/duet/descriptors.ts";
import { traceCalls } from "./call-spans.ts";
import { callGate, healthGate, refuseOpenAddress, toServerCredentials, warnOfClearToken } from "./credentials.ts";
import { findTlsServer, watchHandshakes } from "./handshakes.ts";
import { callMetrics, errorBorder } from "./middleware.ts";
import { createProbes } from "./probes.ts";
import { reflectionDefinitions } from "./reflection.ts";

/** Where to listen, and the setting that says so. */
export interface ListenOption {
  /** Port 0 lets the system choose. */
  readonly address: Address;
  /** Named in the error if it cannot be had. */
  readonly setting: string;
}

/** Options of startServer. */
export interface ServerOptions<Definition extends CompatServiceDefinition & { readonly fullName: string }> {
  /** The service in names of metrics: `duet_<name>_…`. */
  readonly name: CountingProcess;
  /** What is served: ts-proto's definition. */
  readonly definition: Definition;
  /** How. May throw anything: the border classifies. */
  readonly implementation: ServiceImplementation<Definition>;
  /** Where gRPC is served: without credentials loopback alone. */
  readonly listen: ListenOption;
  /** Where `/metrics`, `/healthz` and `/readyz` are served over HTTP. */
  readonly adminListen: ListenOption;
  /** How callers prove who they are. Default: they do not. */
  readonly credentials?: Credentials;
  /** Printed at `/metrics`. */
  readonly metrics: Metrics;
  /** Default: nothing is traced. */
  readonly tracer?: Tracer;
  readonly log: Log;
  readonly clock: Clock;
  /** Why the service takes no work now, with the remedy; undefined when it does. */
  readonly notReady: () => Promise<string | undefined>;
  /** What is wrong with a service that takes work all the same; undefined if nothing is. Default: nothing is. */
  readonly degraded?: () => Promise<string | undefined>;
  /** How long `drain` lets running calls finish. */
  readonly drainTimeoutMs: number;
}

/** A server that runs. */
export interface RunningServer {
  /** Where it serves gRPC. */
  readonly address: Address;
  /** The same as the edge is told: `https:` with TLS. */
  readonly url: string;
  /** Where it serves the admin pages. */
  readonly adminAddress: Address;
  /** Meets callers with these certificates from now on. Without TLS it does nothing. */
  readonly renew: OnRenewed;
  /** Takes no new call, lets those that run finish for `drainTimeoutMs`, then cancels them. May be called again. */
  drain(): Promise<void>;
  /** Cancels what runs and stops. */
  close(): Promise<void>;
}

/** Text is small; speech of a whole segment never is one message. A voice sample, at most 10 MiB, is the largest there is. */
const maxMessageBytes = 16 * 1024 * 1024;

/**
 * Serves one gRPC service together with health and reflection, and its admin pages over HTTP.
 * gRPC health answers for the process under the empty name and for readiness under the service's own.
 * Throws AddressInUseError, or an Error that says why the address is refused.
 */
export async function startServer<Definition extends CompatServiceDefinition & { readonly fullName: string }>(
  options: ServerOptions<Definition>,
): Promise<RunningServer> {
  const { definition, log, clock, metrics, credentials = noCredentials, tracer = noTracer } = options;
  refuseOpenAddress(options.listen.address, options.listen.setting, credentials);
  // grpc-js tells of a taken port in a sentence of its own, on standard error too: asking first gives one line that helps.
  await assertFree(options.listen.address, options.listen.setting);

  let draining: Promise<void> | undefined;
  const notReady = async () => (draining === undefined ? await options.notReady() : "the process is about to stop");

  // Windows of HTTP/2: grpc-js sets those of the calling side alone, where speech arrives. What callers send is text.
  const server = createServer({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
    // A caller that vanished without a word, as behind a NAT, is found out within 40 s, and its calls end.
    "grpc.keepalive_time_ms": 30_000,
    "grpc.keepalive_timeout_ms": 10_000,
  });
  const counted = server.with(callMetrics(metrics, options.name, clock));
  (tracer.enabled ? counted.with(traceCalls(tracer)) : counted)
    .with(errorDetailsServerMiddleware)
    .with(errorBorder(log))
    .with(callGate(credentials))
    .add(definition, options.implementation);

  const probes = createProbes(definition.fullName, notReady);
  const probed = server.with(errorDetailsServerMiddleware).with(errorBorder(log)).with(probes.middleware);
  probed.with(healthGate(credentials)).add(HealthDefinition, probes.health);
  for (const reflection of reflectionDefinitions)
    probed.with(callGate(credentials)).add(reflection, ServerReflection(descriptors, [definition.fullName]));

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
    // grpc-js never ends a shutdown that meets a connection whose client closes it at the same moment: force ends the wait too.
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
