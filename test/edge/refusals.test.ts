/**
 * Why a service has no place for a turn reaches its caller, with the time after which another try may be worth while,
 * and no engine is asked.
 */
import assert from "node:assert/strict";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startEdge } from "../../edge/edge.ts";
import { ErrorInfoSchema, RetryInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import type { RefusalCause } from "../../services/common/admission/refusal.ts";
import { OverloadedError } from "../../services/common/errors/request-error.ts";
import { startServer } from "../../services/common/server/server.ts";
import { GenerateServiceDefinition } from "../../services/gen/duet/generate/v1/generate.ts";
import { SynthesizeServiceDefinition } from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { createGrpcClient } from "../support/callers.ts";

const anyPort = { address: { host: "127.0.0.1", port: 0 }, setting: "" };
const log = createLog({ service: "edge", level: "silent" });
/** Why the voice, or the model, refuses the next turn. */
let voice: string | undefined;
let model: string | undefined;
let asked = 0;
const refuse = (cause: string) => {
  throw new OverloadedError("too much to do", 1500, cause);
};
const closing: (() => unknown)[] = [];
let client: ReturnType<typeof createGrpcClient>["client"];

beforeAll(async () => {
  const common = { listen: anyPort, adminListen: anyPort, log, clock: systemClock, drainTimeoutMs: 0 };
  const ready = { notReady: async () => undefined, degraded: async () => undefined };
  const generate = await startServer({
    ...common,
    ...ready,
    name: "generate",
    metrics: createMetrics({ runtime: false }),
    definition: GenerateServiceDefinition,
    implementation: {
      async *generate() {
        asked++;
        if (model !== undefined) refuse(model);
        yield { event: { $case: "started" as const, value: {} } };
      },
      getEngine: async () => ({}),
    },
  });
  const synthesize = await startServer({
    ...common,
    ...ready,
    name: "synthesize",
    metrics: createMetrics({ runtime: false }),
    definition: SynthesizeServiceDefinition,
    implementation: {
      async *synthesize() {
        if (voice !== undefined) refuse(voice);
        const format = { sampleRateHertz: 8000, channelCount: 1 };
        yield { event: { $case: "admitted" as const, value: { voice: "v/v", format } } };
      },
      listVoices: async () => ({ voices: [] }),
      getEngine: async () => ({}),
    },
  });
  const edge = await startEdge({
    listen: { host: "127.0.0.1", port: 0 },
    generateUrl: `http://${formatAddress(generate.address)}`,
    synthesizeUrl: `http://${formatAddress(synthesize.address)}`,
    corsOrigins: [],
    instructions: "",
    scripted: true,
    maxTurns: 10,
    page: async () => false,
    log,
    metrics: createMetrics({ runtime: false }),
    clock: systemClock,
  });
  const customer = createGrpcClient(`http://${formatAddress(edge.address)}`);
  client = customer.client;
  closing.push(customer.close, () => edge.drain(0), generate.close, synthesize.close);
});
afterAll(async () => {
  for (const close of closing) await close();
});

/** What a caller is told of a turn that is refused. */
async function refusalOf() {
  try {
    for await (const _ of client.converse({ text: "Hello?" }));
  } catch (error) {
    const failure = error as ConnectError;
    const [info] = failure.findDetails(ErrorInfoSchema);
    const [retry] = failure.findDetails(RetryInfoSchema);
    const retryMs = retry?.retryDelay && durationMs(retry.retryDelay);
    return { code: failure.code, reason: info?.reason, cause: info?.metadata.cause, retryMs };
  }
  return undefined;
}

const causes: Record<RefusalCause | "readers", true> = {
  capacity: true,
  queue: true,
  priority: true,
  share: true,
  deadline: true,
  readers: true,
};

describe("a turn that has no place", () => {
  for (const cause of Object.keys(causes)) {
    it(`at the voice is refused before the model is asked: ${cause}`, async () => {
      [voice, model, asked] = [cause, undefined, 0];
      assert.deepEqual(await refusalOf(), { code: Code.ResourceExhausted, reason: "OVERLOADED", cause, retryMs: 1500 });
      assert.equal(asked, 0);
    });

    it(`at the model is refused: ${cause}`, async () => {
      [voice, model] = [undefined, cause];
      assert.deepEqual(await refusalOf(), { code: Code.ResourceExhausted, reason: "OVERLOADED", cause, retryMs: 1500 });
    });
  }
});
