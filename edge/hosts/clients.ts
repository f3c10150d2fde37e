/*
 * The edge calls each of its two services by gRPC over one HTTP/2 connection, which all calls share; after it is lost,
 * the next call opens it again. Nothing is retried here: a failed call is reported, and the caller decides.
 *
 * This file adds three things to connect-node. Flow-control windows are large; otherwise audio for many listeners
 * would stall on a distant link. Pings continue while the connection is idle, so that a machine that disappeared is
 * noticed soon, and the connection is still open when somebody speaks. A failure that did not come from the service
 * itself is explained to the operator: which service, at which address, from which setting, and whether certificates
 * are the cause (`explainFailures`, `credentials.ts`). Errors of the service itself pass unchanged.
 *
 * Pitfalls: a stream that is left without aborting its signal continues at the service's expense, so every caller
 * passes a signal and aborts it. A server that accepts the connection but never sends its settings probably expects
 * TLS, or the other way round (`wordless`). connect-node pings a session once more after its end, which would crash
 * the process (`pingNoMore`). Certificates are renewed while the edge runs, so the options that hold them are passed
 * on and not copied.
 */
import type { ClientHttp2Session } from "node:http2";
import { type Client, Code, ConnectError, createClient, type Interceptor, type Transport } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import type { Credentials } from "../../infra/net/credentials.ts";
import { noTracer, type Tracer } from "../../infra/telemetry/tracer.ts";
import { mapErrors, serviceFailure, toConnectError } from "../connect/errors.ts";
import { GenerateService } from "../gen/duet/generate/v1/generate_pb.ts";
import { SynthesizeService } from "../gen/duet/synthesize/v1/synthesize_pb.ts";
import { Health } from "../wellknown/gen/grpc/health/v1/health_pb.ts";
import { explainDistrust, type Peer, presentCredentials, toSessionOptions } from "./credentials.ts";
import { traceServices } from "./service-spans.ts";

/** A service as the edge calls it: one HTTP/2 connection shared by all calls, which is reopened when it is lost. */
export interface Service<C> {
  /** The client. Give every streaming call a signal, and abort it when you stop reading: otherwise the call goes on. */
  readonly client: C;
  /** Checks the health of the service. */
  readonly health: Client<typeof Health>;
  /** The service's name in error messages. */
  readonly name: string;
  /** Closes the connection and all calls on it. */
  close(): void;
}

/** The services behind the edge. */
export interface Services {
  /** The service in front of the language model. */
  readonly generate: Service<Client<typeof GenerateService>>;
  /** The service in front of the speech engines. */
  readonly synthesize: Service<Client<typeof SynthesizeService>>;
}

// Flow-control windows in bytes, per stream and per connection. Many audio streams may share one distant link, which
// needs far more than HTTP/2's default of 64 KiB.
const streamWindowBytes = 1 << 20;
const connectionWindowBytes = 16 << 20;
// A service whose machine has vanished is noticed within 15 s, even while the model is still thinking. Idle connections
// are pinged and kept open too: otherwise the first turn after a pause would pay a round trip to check its connection,
// or several for a new one.
const pingOptions = {
  pingIntervalMs: 10_000,
  pingTimeoutMs: 5_000,
  pingIdleConnection: true,
  idleConnectionTimeoutMs: Number.POSITIVE_INFINITY,
};

/** The addresses of the services. */
export interface ServiceUrls {
  readonly generateUrl: string;
  readonly synthesizeUrl: string;
}

/** The two services as error messages name them: name, address, and the setting of that address. */
export function toPeers({ generateUrl, synthesizeUrl }: ServiceUrls) {
  return {
    generate: { name: "Generate", url: generateUrl, setting: "DUET_EDGE_GENERATE_URL" },
    synthesize: { name: "Synthesize", url: synthesizeUrl, setting: "DUET_EDGE_SYNTHESIZE_URL" },
  } satisfies Record<string, Peer>;
}

/**
 * Makes the clients of both services; they connect on the first call. Throws SettingsError if certificates are set but
 * an address would be called without TLS.
 */
export function createServices(urls: ServiceUrls, credentials: Credentials, tracer: Tracer = noTracer): Services {
  const peers = toPeers(urls);
  const generate = createTransport(peers.generate, credentials, tracer);
  const synthesize = createTransport(peers.synthesize, credentials, tracer);
  return {
    generate: { client: createClient(GenerateService, generate.transport), ...generate.service },
    synthesize: { client: createClient(SynthesizeService, synthesize.transport), ...synthesize.service },
  };
}

function createTransport(peer: Peer, credentials: Credentials, tracer: Tracer) {
  const { name, url } = peer;
  // The options are passed on without copying, since their getters read the certificates anew for each connection.
  const options = toSessionOptions(peer, credentials);
  options.settings = { initialWindowSize: streamWindowBytes };
  const sessions = new Http2SessionManager(url, pingOptions, options);
  const known = new WeakSet<ClientHttp2Session>();
  let wordless = false;
  const transport: Transport = createGrpcTransport({
    baseUrl: url,
    interceptors: [
      ...(tracer.enabled ? [traceServices(tracer)] : []),
      explainFailures(peer, credentials, () => wordless),
      presentCredentials(credentials),
    ],
    sessionManager: {
      authority: sessions.authority,
      notifyResponseByteRead: (stream) => sessions.notifyResponseByteRead(stream),
      async request(...call) {
        const stream = await sessions.request(...call);
        const session = stream.session as ClientHttp2Session;
        if (!known.has(session)) {
          known.add(session);
          wordless = true;
          session.once("remoteSettings", () => {
            wordless = false;
          });
          session.setLocalWindowSize(connectionWindowBytes);
          session.once("close", () => pingNoMore(session));
        }
        return stream;
      },
    },
  });
  return { transport, service: { name, health: createClient(Health, transport), close: () => sessions.abort() } };
}

/**
 * Keeps a closed session from being pinged. When a stream ends after its session was closed, connect-node sets its ping
 * timer again, and a ping of a closed session throws where nobody can catch it.
 */
function pingNoMore(session: ClientHttp2Session): void {
  session.ping = () => false;
}

/**
 * Explains failures of the connection: a failure that came neither from the service nor from the caller's own signal
 * means that the connection was refused or lost. It becomes UNAVAILABLE, with a message that names the service and the
 * setting. The same applies if a service does not trust this edge, since no customer can do anything about that.
 */
function explainFailures(peer: Peer, credentials: Credentials, isWordless: () => boolean): Interceptor {
  const { name, url, setting } = peer;
  const unavailable = (what: "UNTRUSTED" | "UNREACHABLE", message: string, cause: unknown) =>
    toConnectError(serviceFailure("UNAVAILABLE", `${name.toUpperCase()}_${what}`, message, { cause }));
  return mapErrors((error, { signal }) => {
    if (signal.aborted) return error;
    if (error instanceof ConnectError && error.isWireError)
      return error.code === Code.Unauthenticated
        ? unavailable("UNTRUSTED", `${name} at ${url} rejects this edge: ${error.rawMessage}`, error)
        : error;
    const distrust = explainDistrust(error, peer, credentials, isWordless());
    if (distrust !== undefined) return unavailable("UNTRUSTED", distrust, error);
    const message = `${name} does not answer at ${url}: start it, or set ${setting}${isWordless() ? " (to an https:// address if the service has DUET_TLS_CERT)" : ""}`;
    return unavailable("UNREACHABLE", message, error);
  });
}
