import { address, whole } from "./kinds.ts";
import { setting } from "./setting.ts";

/** The settings of Generate: `generate` in duet.yaml. How its engine is reached is declared with the engine. */
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
    "The most tokens of an answer that asks for no limit. 512: about three minutes of speech.",
  ),
  firstTokenTimeoutMs: setting(
    whole(100, 600_000),
    30_000,
    "How long the model server may take to its first token. 30 s: a model that is being loaded by Ollama answers within it.",
  ),
  stallTimeoutMs: setting(
    whole(100, 600_000),
    10_000,
    "How long the model server may be silent within an answer. vLLM's health check does not see a hung engine; this does.",
  ),
  ttftSloMs: setting(
    whole(0, 60_000),
    200,
    "The time to first token that Generate keeps by taking fewer answers at once. 200 ms: with a short first clause, speech begins within half a second. 0: it takes as many as DUET_GENERATE_MAX_IN_FLIGHT.",
  ),
  maxInFlight: setting(
    whole(1, 100_000),
    256,
    "The most answers Generate has each model server write at once. 256: what vLLM batches on a 24 GB card; more would wait where nobody sees them.",
  ),
  maxQueued: setting(
    whole(0, 100_000),
    64,
    "How many answers wait at Generate for a place before it refuses. 64: a quarter of those in flight, some seconds' worth.",
  ),
  queueTimeoutMs: setting(
    whole(0, 60_000),
    500,
    "How long an answer waits for a place before it is refused. 500 ms: who waits longer hears nothing in time.",
  ),
  holdOpenings: setting(
    whole(0, 32),
    0,
    "To how many listed openings an answer is held by a structured output where it is asked for one: 1 is chosen by Duet, and heard before the first token; of more the model chooses with its first tokens. For vLLM alone, and never while it guesses tokens ahead. 0: what it costs was not measured on a real server, so the model is asked for one of three and may do otherwise.",
  ),
};
