import { type CallOptions, createChannel, createClientFactory } from "nice-grpc";
import { errorDetailsClientMiddleware } from "nice-grpc-error-details";
import type { TestContext } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import type { VirtualClock } from "../../infra/clock/virtual.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { startVllmTwin, type VllmTwinOptions } from "../../infra/twins/vllm/server.ts";
import { startServer } from "../../services/common/server/server.ts";
import {
  type DeepPartial,
  type Finished,
  type GenerateRequest,
  GenerateServiceDefinition,
  Role,
  type Started,
} from "../../services/gen/duet/generate/v1/generate.ts";
import { createEngine, type EngineOptions } from "../../services/generate/engine.ts";
import { createVllm, type VllmOptions } from "../../services/generate/engines/openai/server.ts";
import { createGenerateService } from "../../services/generate/service.ts";

const loopback = { host: "127.0.0.1", port: 0 };

/** What a test wants otherwise than usual. */
type Given = Partial<VllmOptions & EngineOptions & { config: Uint8Array }>;

/** The service in front of the model servers at `urls`, and a client of it. All of it ends with the test. */
export async function startGenerate(context: TestContext, urls: string | readonly string[], given: Given = {}) {
  const log = given.log ?? createLog({ service: "generate", level: "silent" });
  const metrics = createMetrics({ runtime: false });
  const options = {
    apiKey: undefined,
    model: undefined,
    plan: undefined,
    ttftSloMs: 200,
    maxInFlight: 256,
    maxQueued: 64,
    queueTimeoutMs: 500,
    firstTokenTimeoutMs: 10_000,
    stallTimeoutMs: 10_000,
    metrics,
    log,
    clock: systemClock,
    ...given,
  };
  const engine = createEngine({
    ...options,
    servers: [urls].flat().map((url) => createVllm({ ...options, url })),
  });
  const server = await startServer({
    name: "generate",
    definition: GenerateServiceDefinition,
    implementation: createGenerateService({
      engine,
      config: given.config,
      maxTokens: 64,
      metrics,
      clock: systemClock,
    }),
    listen: { address: loopback, setting: "DUET_GENERATE_LISTEN" },
    adminListen: { address: loopback, setting: "DUET_GENERATE_ADMIN_LISTEN" },
    metrics,
    log,
    clock: systemClock,
    notReady: engine.notReady,
    drainTimeoutMs: 1000,
  });
  const channel = createChannel(formatAddress(server.address));
  context.onTestFinished(async () => {
    channel.close();
    await server.close();
    await engine.close();
  });
  const client = createClientFactory().use(errorDetailsClientMiddleware).create(GenerateServiceDefinition, channel);
  return { server, client, admin: `http://${formatAddress(server.adminAddress)}` };
}

/** A stand-in for vLLM that answers as fast as it can, and the service in front of it. */
export async function startWithTwin(
  context: TestContext,
  { twin: given = {}, vllm = {} }: { twin?: Partial<VllmTwinOptions>; vllm?: Given } = {},
) {
  const twin = await startVllmTwin({ timeScale: 0, ...given });
  context.onTestFinished(() => twin.close());
  const service = await startGenerate(context, twin.url, vllm);
  return { twin, ...service };
}

/** A request with one message. */
export function ask(content: string, rest: DeepPartial<GenerateRequest> = {}): DeepPartial<GenerateRequest> {
  return { messages: [{ role: Role.USER, content }], ...rest };
}

type Client = Awaited<ReturnType<typeof startGenerate>>["client"];

/** Reads an answer to its end; `events` names what came, in order. */
export async function answer(client: Client, request: DeepPartial<GenerateRequest>, options: CallOptions = {}) {
  const events: string[] = [];
  let text = "";
  let started: Started | undefined;
  let finished: Finished | undefined;
  for await (const { event } of client.generate(request, options)) {
    events.push(event?.$case ?? "nothing");
    if (event?.$case === "started") started = event.value;
    if (event?.$case === "delta") text += event.value.text;
    if (event?.$case === "finished") finished = event.value;
  }
  return { events, text, started, finished };
}

/** Moves time on, second by second, until the work has settled. */
export async function hurry<T>(clock: VirtualClock, work: Promise<T>): Promise<T> {
  let settled = false;
  const onSettled = () => {
    settled = true;
  };
  work.then(onSettled, onSettled);
  while (!settled) await clock.advance(1000);
  return work;
}
