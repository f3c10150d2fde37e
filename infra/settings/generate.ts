import { address, whole } from "./kinds.ts";
import { setting } from "./setting.ts";

/** The settings of Generate: `generate` in duet.yaml. The settings of its engine are declared in infra/engines. */
export const generate = {
  listen: setting(address, { host: "127.0.0.1", port: 50_051 }, "Where Generate listens for gRPC."),
  adminListen: setting(
    address,
    { host: "127.0.0.1", port: 9051 },
    "Where Generate serves /metrics and health over HTTP.",
  ),
  maxTokens: setting(
    whole(1, 32_768),
    512,
    "The token limit of an answer whose request sets none. 512: about three minutes of speech.",
  ),
  firstTokenTimeoutMs: setting(
    whole(100, 600_000),
    30_000,
    "How long the model server may take to send its first token. 30 s: long enough for Ollama to load the model first.",
  ),
  stallTimeoutMs: setting(
    whole(100, 600_000),
    10_000,
    "How long the model server may be silent within an answer. vLLM's health check does not see a hung engine; this does.",
  ),
  ttftSloMs: setting(
    whole(0, 60_000),
    200,
    "The target for time to first token: Generate admits only as many requests at once as keep its p99 below this. 200 ms: with a short first clause, speech begins within half a second. 0: no target, only the limit of DUET_GENERATE_MAX_IN_FLIGHT.",
  ),
  maxInFlight: setting(
    whole(1, 100_000),
    256,
    "The most concurrent requests to each model server. 256: what vLLM batches on a 24 GB card; more would wait in vLLM's own queue instead of Generate's.",
  ),
  maxQueued: setting(
    whole(0, 100_000),
    64,
    "The most requests in Generate's admission queue; more are refused. 64: a quarter of the 256 that may run at once, which is a few seconds' work.",
  ),
  queueTimeoutMs: setting(
    whole(0, 60_000),
    500,
    "How long a request may wait in the admission queue before it is refused. 500 ms: after a longer wait the first sound would come too late.",
  ),
  holdOpenings: setting(
    whole(0, 32),
    0,
    "If an answer is to begin with a listed opening: the number of openings that structured output lets the model choose from. 1: Duet chooses the opening, and it is heard before the first token. More: the model chooses, with its first tokens. Works only with vLLM, and never with speculative decoding. 0: no structured output, since its cost has not been measured on a real server; the prompt asks for one of three openings, and the model may ignore that.",
  ),
};
