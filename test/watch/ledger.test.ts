import assert from "node:assert/strict";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { startEdge } from "../../edge/edge.ts";
import { InputEncoding, PhaseKind } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { openEdge as openKeepingEdge } from "../sessions/edges.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn, type TurnResult } from "../support/events.ts";
import { sayAdmin } from "../support/gauges.ts";
import { startLink } from "../support/link.ts";
import { type Program, startProgram } from "../support/processes.ts";
import { startRedis } from "../support/redis.ts";
import { type SlowPeers, startSlowPeers } from "./slow-peers.ts";

/** What is slow takes so long: far longer than all the rest on a busy machine. */
const slowMs = 700;
/** So long a store is held up that counts as away after half a second. */
const heldMs = 250;
const retryMs = 5;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let peers: SlowPeers;
let services: { generate: Program; synthesize: Program };
let edges: { near: OpenEdge; far: OpenEdge };
const closing: (() => unknown)[] = [];

type OpenEdge = Awaited<ReturnType<typeof openEdge>>;

async function openEdge(generateUrl: string, synthesizeUrl: string) {
  const metrics = createMetrics({ runtime: false });
  const edge = await startEdge({
    listen: { host: "127.0.0.1", port: 0 },
    generateUrl,
    synthesizeUrl,
    corsOrigins: [],
    instructions: "Answer briefly.",
    scripted: false,
    maxTurns: 100,
    transcribe: {
      url: [peers.speechUrl],
      apiKey: undefined,
      kind: "openai",
      model: "whisper-1",
      language: undefined,
      timeoutMs: 20_000,
      maxAtOnce: 1,
      stream: false,
    },
    page: async () => false,
    log: createLog({ service: "edge", level: "silent" }),
    metrics,
    clock: systemClock,
  });
  const { client, close } = createGrpcClient(`http://${formatAddress(edge.address)}`);
  closing.unshift(close, () => edge.drain(0));
  return { client, metrics };
}

beforeAll(async () => {
  peers = await startSlowPeers();
  const settings = { ...sayAdmin, DUET_DRAIN_TIMEOUT_MS: "0" };
  const [generate, synthesize] = await Promise.all([
    startProgram("services/generate/main.ts", {
      ...settings,
      DUET_VLLM_URL: peers.modelUrl,
      DUET_GENERATE_LISTEN: "127.0.0.1:0",
      DUET_GENERATE_ADMIN_LISTEN: "127.0.0.1:0",
      DUET_GENERATE_MAX_IN_FLIGHT: "1",
      DUET_GENERATE_TTFT_SLO_MS: "0",
      DUET_GENERATE_QUEUE_TIMEOUT_MS: "20000",
    }),
    startProgram("services/synthesize/main.ts", {
      ...settings,
      DUET_SPEECH_URL: peers.speechUrl,
      DUET_SPEECH_SERVER: "openai",
      DUET_SPEECH_SLOTS: "1",
      DUET_SYNTHESIZE_CACHE_MAX_BYTES: "0",
      DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
      DUET_SYNTHESIZE_ADMIN_LISTEN: "127.0.0.1:0",
    }),
  ]);
  services = { generate, synthesize };
  const links = await Promise.all([generate, synthesize].map(({ url }) => startLink(url, { roundTripMs: slowMs / 2 })));
  edges = {
    near: await openEdge(generate.url, synthesize.url),
    far: await openEdge(links[0]?.url as string, links[1]?.url as string),
  };
  closing.push(...links.map((link) => link.close), generate.stop, synthesize.stop, peers.close);
});
afterAll(async () => {
  for (const close of closing) await close();
});
afterEach(() => {
  for (const name of Object.keys(peers.slowness) as (keyof typeof peers.slowness)[]) peers.slowness[name] = 0;
});

const converse = (edge = edges.near) => readTurn(edge.client.converse({ text: "Is it?" }));

function phasesOf({ finished }: TurnResult): Record<string, number> {
  const name = (kind: PhaseKind) => Object.entries(PhaseKind).find(([, value]) => value === kind)?.[0];
  return Object.fromEntries((finished.timings?.phases ?? []).map(({ kind, ms }) => [name(kind), ms]));
}

/** On a busy machine anything may be slow besides; what was made slow is told at least for as long as it was. */
function assertBlamed(turn: TurnResult, phase: string, leastMs = slowMs * 0.6): void {
  const phases = phasesOf(turn);
  assert.ok((phases[phase] ?? 0) >= leastMs, `${leastMs} ms of ${phase}: ${JSON.stringify(phases)}`);
}

// What cannot be made slow from outside, the voice's admission and the words of a clause, is held in virtual time
// beside the ledger.
describe("a turn that is slow on purpose is blamed on what was slow", () => {
  for (const [phase, name] of [
    ["FIRST_TOKEN", "firstTokenMs"],
    ["THINKING", "thinkingMs"],
    ["FIRST_CLAUSE", "clauseMs"],
    ["ENGINE", "engineMs"],
    ["LEADING_SILENCE", "silenceMs"],
  ] as const)
    it(`${phase}: ${name}`, async () => {
      peers.slowness[name] = slowMs;
      assertBlamed(await converse(), phase);
    });

  it("TRANSCRIBE: transcribeMs", async () => {
    peers.slowness.transcribeMs = slowMs;
    // Whether somebody speaks in it is for the recognizer to say: only bare samples and WAV are looked at before.
    const audio = { data: Buffer.from("fLaC, and so on"), encoding: InputEncoding.FLAC };
    assertBlamed(await readTurn(edges.near.client.converse({ audio })), "TRANSCRIBE");
  });

  it("SEND: the services are far away", async () => {
    assertBlamed(await converse(edges.far), "SEND");
  });

  it("EDGE: the store of conversations is slow", async (context) => {
    const redis = await startRedis(context);
    const { client } = await openKeepingEdge(context, services, redis.url);
    const turn = await untilServed(async () => {
      redis.freeze();
      const turn = readTurn(client.converse({ text: "Is it?", sessionId: "slow" }));
      await Promise.race([pause(heldMs), turn.catch(() => undefined)]);
      redis.thaw();
      return turn;
    });
    assertBlamed(turn, "EDGE", heldMs / 2);
  });

  it("MODEL_QUEUE: another answer is being written", async () => {
    const release = peers.hold();
    const other = converse();
    await untilMetric(services.generate, "duet_generate_admission_in_flight 1");
    const turn = converse();
    await untilMetric(services.generate, "duet_generate_admission_queued 1");
    await pause(slowMs);
    release();
    await other;
    assertBlamed(await turn, "MODEL_QUEUE");
  });

  it("VOICE_QUEUE: another text is being spoken", async () => {
    const release = peers.hold();
    const other = readTurn(edges.near.client.speak({ text: "This is being spoken." }));
    await untilMetric(services.synthesize, 'duet_synthesize_slots_in_use{engine="speech"} 1');
    const turn = readTurn(edges.near.client.speak({ text: "This has to wait." }));
    await untilMetric(services.synthesize, 'duet_synthesize_sessions_in_flight{engine="speech"} 2');
    await pause(slowMs);
    release();
    await other;
    // The words of the text that waits may take a moment on a busy machine.
    assertBlamed(await turn, "VOICE_QUEUE", slowMs / 4);
  });
});

/**
 * Asks until it is not refused: where a store is silent for half a second it counts as away, which a busy machine may
 * come to.
 */
async function untilServed(ask: () => Promise<TurnResult>): Promise<TurnResult> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (ConnectError.from(error).code !== Code.Unavailable) throw error;
      await pause(heldMs);
    }
  }
}

/** Waits for a line of a process's metrics. */
async function untilMetric({ written }: Program, line: string): Promise<void> {
  const admin = /"admin":"([^"]+)"/.exec(written)?.[1];
  const deadline = performance.now() + 5_000;
  while (!(await (await fetch(`http://${admin}/metrics`)).text()).includes(line)) {
    assert.ok(performance.now() < deadline, `not within 5 s: ${line}`);
    await pause(retryMs);
  }
}
