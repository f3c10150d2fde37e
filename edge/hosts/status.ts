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

/** How one service does. */
export interface ServiceStatus {
  /** Whether it answers and takes work. */
  readonly ready: boolean;
  /** If not, why, in words for callers. */
  readonly message: string;
  /** If not, why and what to do, in words for people who run the deployment. */
  readonly why: string;
}

// A service answers this from memory; whoever asks waits for it.
const healthTimeoutMs = 2_000;

/** How both services do, and what Synthesize tells of its engines and settings. */
export interface ServicesStatus extends SpeechStatus {
  readonly generate: ServiceStatus;
  readonly synthesize: ServiceStatus;
}

/** What Synthesize tells of itself. */
export interface SpeechStatus {
  /** How each engine that speaks does. */
  readonly engines: readonly { readonly name: string; readonly ready: boolean }[];
  /** Where the first sound of an answer comes from. */
  readonly openerMode: OpenerMode;
  /** Speech that is kept. Absent: none is. */
  readonly cache?: SpeechCacheInit;
}

/** Speech that is kept, as GetStatus tells it. */
export type SpeechCacheInit = Omit<
  Exclude<MessageInitShape<typeof SpeechCacheSchema>, { $typeName: string }>,
  "$typeName"
>;

// Whoever likes may ask, and as often as they like: a service is asked once in this long.
const knownMs = 1_000;

/** Makes what tells how the services do. What they have said holds for a second, whoever asks. It does not throw. */
export function createReadStatus(services: Services, clock: Clock): () => Promise<ServicesStatus> {
  let asked: { readonly at: number; readonly status: Promise<ServicesStatus> } | undefined;
  return () => {
    if (asked === undefined || clock.now() - asked.at >= knownMs) asked = { at: clock.now(), status: askAll(services) };
    return asked.status;
  };
}

/** Why no turn can run now; undefined if one can. */
export function whyNotReady({ generate, synthesize }: ServicesStatus): string | undefined {
  const messages = [generate, synthesize].filter(({ ready }) => !ready).map(({ why }) => why);
  return messages.length === 0 ? undefined : messages.join("; ");
}

/** Tells the metrics whether each service is ready, whenever they are asked for. */
export function observeServices(metrics: Metrics, readStatus: () => Promise<ServicesStatus>): void {
  metrics.gauge(
    "duet_edge_service_ready",
    "Whether a service answers the edge and takes work: 1, or 0.",
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

/** How the voice's side does; nothing where Synthesize does not tell. */
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
      message: `${name} runs, but its engine takes no work at the moment: try again later`,
      why: `${name} runs, but its engine takes no work: its log and /readyz say why`,
    };
  } catch (error) {
    const failure = toFailure(error);
    return { ready: false, message: failure.message, why: failure.inFull };
  }
}
