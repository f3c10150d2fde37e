import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { toFailure } from "../connect/errors.ts";
import { OpenerMode, type SpeechCacheSchema, StoreKind } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { SpeechCache } from "../gen/duet/synthesize/v1/synthesize_pb.ts";
import type { Health } from "../wellknown/gen/grpc/health/v1/health_pb.ts";
import { HealthCheckResponse_ServingStatus as ServingStatus } from "../wellknown/gen/grpc/health/v1/health_pb.ts";
import type { Services } from "./clients.ts";
import { toOpenerMode } from "./translate.ts";

/** The state of one service. */
export interface ServiceStatus {
  /** Whether the service answers and accepts work. */
  readonly ready: boolean;
  /** Why the service is not ready, in words for callers; empty if it is ready. */
  readonly message: string;
  /** Why the service is not ready and what to do, for people who run the deployment; empty if it is ready. */
  readonly why: string;
}

// The time limit of a health check, in milliseconds. It is short: a service answers from memory, and a caller waits.
const healthTimeoutMs = 2_000;

/** The state of both services, and what Synthesize reports about its engines and settings. */
export interface ServicesStatus extends SpeechStatus {
  readonly generate: ServiceStatus;
  readonly synthesize: ServiceStatus;
}

/** What Synthesize reports about itself. */
export interface SpeechStatus {
  /** The state of each speech engine. */
  readonly engines: readonly { readonly name: string; readonly ready: boolean }[];
  /** What makes the first sound of an answer; see OpenerMode. */
  readonly openerMode: OpenerMode;
  /** The state of the speech cache. Absent: Synthesize has no speech cache. */
  readonly cache?: SpeechCacheInit;
}

/** The speech cache as GetStatus reports it. */
export type SpeechCacheInit = Omit<
  Exclude<MessageInitShape<typeof SpeechCacheSchema>, { $typeName: string }>,
  "$typeName"
>;

// How long a status is reused, in milliseconds. Anybody may ask for the status, any number of times, so the services
// are asked at most this often.
const knownMs = 1_000;

/**
 * Makes the function that reads the state of the services. The function does not throw; all callers share its result
 * for a second.
 */
export function createReadStatus(services: Services, clock: Clock): () => Promise<ServicesStatus> {
  let asked: { readonly at: number; readonly status: Promise<ServicesStatus> } | undefined;
  return () => {
    if (asked === undefined || clock.now() - asked.at >= knownMs) asked = { at: clock.now(), status: askAll(services) };
    return asked.status;
  };
}

/** Why no turn can run now; undefined if turns can run. */
export function whyNotReady({ generate, synthesize }: ServicesStatus): string | undefined {
  const messages = [generate, synthesize].filter(({ ready }) => !ready).map(({ why }) => why);
  return messages.length === 0 ? undefined : messages.join("; ");
}

/** Reports to the metrics whether each service is ready, each time the metrics are read. */
export function observeServices(metrics: Metrics, readStatus: () => Promise<ServicesStatus>): void {
  metrics.gauge(
    "duet_edge_service_ready",
    "1 while a service answers the edge and accepts work, else 0.",
    ["service"],
    async (gauge) => {
      const { generate, synthesize } = await readStatus();
      for (const [service, { ready }] of Object.entries({ generate, synthesize }))
        gauge.set({ service }, ready ? 1 : 0);
    },
  );
}

async function askAll(services: Services): Promise<ServicesStatus> {
  const [generate, synthesize, speech] = await Promise.all([
    ask(services.generate, "duet.generate.v1.GenerateService"),
    ask(services.synthesize, "duet.synthesize.v1.SynthesizeService"),
    askSpeech(services),
  ]);
  return { generate, synthesize, ...speech };
}

/** The status that Synthesize reports; without engines and cache if it cannot be read. */
async function askSpeech({ synthesize }: Pick<Services, "synthesize">): Promise<SpeechStatus> {
  try {
    const { engines, openerMode, cache } = await synthesize.client.getEngine({}, { timeoutMs: healthTimeoutMs });
    return {
      engines: engines.map(({ name, reason }) => ({ name, ready: reason === "" })),
      openerMode: toOpenerMode(openerMode),
      ...(cache && { cache: toSpeechCache(cache) }),
    };
  } catch {
    return { engines: [], openerMode: OpenerMode.UNSPECIFIED };
  }
}

function toSpeechCache({ bytes, maxBytes, lookups, hits, shared }: SpeechCache) {
  return {
    kind: shared === undefined ? StoreKind.MEMORY : StoreKind.REDIS,
    ready: shared?.ready ?? true,
    bytes: Number(bytes),
    maxBytes: Number(maxBytes),
    ...(lookups > 0n && { hitShare: Number(hits) / Number(lookups) }),
  };
}

async function ask(
  { name, health }: { name: string; health: Client<typeof Health> },
  service: string,
): Promise<ServiceStatus> {
  try {
    const { status } = await health.check({ service }, { timeoutMs: healthTimeoutMs });
    if (status === ServingStatus.SERVING) return { ready: true, message: "", why: "" };
    return {
      ready: false,
      message: `${name} runs, but its engine accepts no work at the moment: try again later`,
      why: `${name} runs, but its engine accepts no work: see its log and /readyz`,
    };
  } catch (error) {
    const failure = toFailure(error);
    return { ready: false, message: failure.message, why: failure.inFull };
  }
}
