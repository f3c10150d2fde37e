import type { Client } from "@connectrpc/connect";
import { toFailure } from "../connect/errors.ts";
import { toldOutward } from "../outward.ts";
import type { Health } from "../wellknown/gen/grpc/health/v1/health_pb.ts";
import { HealthCheckResponse_ServingStatus as ServingStatus } from "../wellknown/gen/grpc/health/v1/health_pb.ts";
import type { Services } from "./clients.ts";

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

/** Asks both services for their health at once; does not throw. */
export async function readStatus(services: Services, signal?: AbortSignal) {
  const [generate, synthesize] = await Promise.all([
    ask(services.generate, "duet.generate.v1.GenerateService", signal),
    ask(services.synthesize, "duet.synthesize.v1.SynthesizeService", signal),
  ]);
  return { generate, synthesize };
}

/** How each engine that speaks does; empty where Synthesize does not tell. Does not throw. */
export async function readEngines(
  { synthesize }: Pick<Services, "synthesize">,
  signal?: AbortSignal,
): Promise<{ name: string; ready: boolean }[]> {
  try {
    const { engines } = await synthesize.client.getEngine(
      {},
      { timeoutMs: healthTimeoutMs, ...(signal && { signal }) },
    );
    return engines.map(({ name, reason }) => ({ name, ready: reason === "" }));
  } catch {
    return [];
  }
}

/** Why no turn can run now; undefined if one can. */
export async function whyNotReady(services: Services): Promise<string | undefined> {
  const { generate, synthesize } = await readStatus(services);
  const messages = [generate, synthesize].filter(({ ready }) => !ready).map(({ why }) => why);
  return messages.length === 0 ? undefined : messages.join("; ");
}

async function ask(
  { name, health }: { name: string; health: Client<typeof Health> },
  service: string,
  signal?: AbortSignal,
): Promise<ServiceStatus> {
  try {
    const { status } = await health.check({ service }, { timeoutMs: healthTimeoutMs, ...(signal && { signal }) });
    if (status === ServingStatus.SERVING) return { ready: true, message: "", why: "" };
    const why = `${name} runs, but its engine takes no work: its log and /readyz say why`;
    return { ready: false, message: why, why };
  } catch (error) {
    const failure = toFailure(error);
    return { ready: false, message: toldOutward(failure), why: failure.message };
  }
}
