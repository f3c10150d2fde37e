import { randomUUID } from "node:crypto";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { readTraceContext, type TraceContext } from "../../infra/telemetry/tracer.ts";
import { callerTraceparent } from "../common/server/call-spans.ts";
import { whoseOf } from "../common/server/caller.ts";
import type { GenerateServiceImplementation } from "../gen/duet/generate/v1/generate.ts";
import type { Usage } from "./chat.ts";
import type { Engine } from "./engine.ts";
import { createWaits } from "./waits.ts";
import { readRequest, writeEvent, writeReport } from "./wire.ts";

/** Options of createGenerateService. */
export interface GenerateServiceOptions {
  readonly engine: Engine;
  /** A serialized `EngineConfig` with only vLLM's part: what is known about the engine from the config. */
  readonly config?: Uint8Array | undefined;
  /** The token limit of requests that set none. */
  readonly maxTokens: number;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

/** Makes GenerateService: validates a request, asks the engine, and streams what it writes. */
export function createGenerateService(options: GenerateServiceOptions): GenerateServiceImplementation {
  const { engine, config, maxTokens, clock } = options;
  const observe = createObserver(options.metrics);
  return {
    async *generate(request, { metadata, signal }) {
      const traceparent = callerTraceparent(metadata);
      const trace = readTraceContext(metadata);
      const whose = whoseOf({ metadata });
      const chat = { ...readRequest(request, { requestId: randomUUID(), maxTokens, traceparent }), whose };
      const sentAt = clock.now();
      let firstTokenMs = 0;
      let leftOut = false;
      const waits = createWaits(sentAt);
      let outcome: AnswerOutcome = "left";
      let writesSince: number | undefined;
      try {
        for await (const event of engine.chat(chat, signal)) {
          const totalMs = clock.now() - sentAt;
          if (event.type === "leftOut") leftOut = true;
          if (event.type === "leftOut" || event.type === "accepted") continue;
          const first = waits.take(event, sentAt + totalMs);
          if (event.type === "delta" && firstTokenMs === 0) {
            firstTokenMs = totalMs;
            observe.firstToken(firstTokenMs, trace);
          }
          if (event.type === "delta") observe.text(event.text);
          if (event.type === "finished") observe.usage(event.usage);
          if (event.type === "started") {
            writesSince = sentAt + (event.queuedMs ?? 0);
            observe.queued(event.queuedMs ?? 0, trace);
          }
          if (event.type === "finished") outcome = "done";
          yield writeEvent(event, chat.requestId, { firstTokenMs, totalMs, leftOut, first });
        }
      } catch (error) {
        if (!signal.aborted) outcome = "failed";
        throw error;
      } finally {
        if (writesSince !== undefined) observe.wrote(outcome, clock.now() - writesSince);
      }
    },

    async getEngine() {
      return writeReport(config, await engine.report());
    },
  };
}

/** How an answer ended; `left`: its caller aborted it. */
type AnswerOutcome = "done" | "failed" | "left";

function createObserver(metrics: Metrics) {
  const queued = metrics.histogram("duet_generate_queue_seconds", "How long admitted requests waited for admission.");
  const wrote = metrics.counter(
    "duet_generate_engine_seconds_total",
    "Time that model servers spent on answers, by outcome; `left`: the caller aborted the answer, so the time was wasted.",
    ["outcome"],
  );
  const ttft = metrics.histogram(
    "duet_generate_ttft_seconds",
    "Time from sending a request to the engine to its first text.",
  );
  const tokens = metrics.counter(
    "duet_generate_tokens_total",
    "Tokens by kind (prompt, cached, completion), as counted by the engine.",
    ["kind"],
  );
  const damaged = metrics.counter(
    "duet_generate_replacement_characters_total",
    "U+FFFD characters in answers: the engine splits multi-byte characters, as some versions of vLLM do.",
  );
  return {
    text(text: string) {
      if (text.includes("\ufffd")) damaged.inc(text.split("\ufffd").length - 1);
    },
    queued: (ms: number, within: TraceContext) => queued.observe({}, ms / 1000, within),
    wrote: (outcome: AnswerOutcome, ms: number) => wrote.inc({ outcome }, ms / 1000),
    firstToken: (ms: number, within: TraceContext) => ttft.observe({}, ms / 1000, within),
    usage(usage: Usage | undefined) {
      if (usage === undefined) return;
      tokens.inc({ kind: "prompt" }, usage.promptTokens);
      tokens.inc({ kind: "cached" }, usage.cachedTokens);
      tokens.inc({ kind: "completion" }, usage.completionTokens);
    },
  };
}
