import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Clock, systemClock } from "../../clock/clock.ts";
import { type VllmCost, vllmCosts } from "../../cost/cost.ts";
import { createEvenLaw, type Law } from "../../cost/law.ts";
import { createPace } from "../../cost/pace.ts";
import { createRandom } from "../../random/random.ts";
import { hash } from "../../text/hash.ts";
import { pathOf, readBody, send, sendJson, startTwinServer, uvicornKeepAliveMs } from "../http.ts";
import { remember } from "../remember.ts";
import { createOpeningHabit } from "./answer/openings.ts";
import { createBatch } from "./batch/batch.ts";
import { createPrefixCache } from "./batch/prefix.ts";
import { tokenId, tokenize } from "./batch/tokens.ts";
import { answerChat, type ChatContext } from "./chat.ts";
import { faults } from "./faults.ts";
import { createVllmMetrics } from "./metrics.ts";
import type { SeenChat } from "./seen.ts";
import { readTokenizeRequest } from "./wire/request.ts";

/** Options of startVllmTwin. */
export interface VllmTwinOptions {
  /** The address to listen at. Default: 127.0.0.1. */
  host: string;
  /** The port to listen at. Default: 0, which means any free port. */
  port: number;
  /** The name of the served model. Default: `duet-script`. */
  modelName: string;
  /** The vLLM version that the stand-in reports. Default: 0.28.0. */
  version: string;
  /** The bearer token that requests to paths under /v1 must carry. Default: no token is required. */
  apiKey: string | undefined;
  /** The maximum number of tokens of prompt and answer together. Default: 32768. */
  maxModelLen: number;
  /** How long a step takes, and how many requests and tokens fit into it. Default: `vllmCosts.tp1`. */
  cost: VllmCost;
  /** Converts a duration predicted by `cost` to the simulated one. Default: a random change of at most 3 %. */
  law: Law | undefined;
  /** Multiplies all delays; 0 is as fast as possible. Default: 1. */
  timeScale: number;
  /** The seed of the random variation in the durations of steps. Default: 1. */
  seed: number;
  /** Whether shared prefixes of prompts are computed only once. Default: true. */
  prefixCaching: boolean;
  /** Speculative decoding: the draft tokens per step, and the probability that a draft token is right. Default: off. */
  speculation: { tokens: number; acceptance: number } | undefined;
  /** The fraction of answers, 0 to 1, that begin with an opening if the prompt asks for one. Default: 0. */
  openings: number;
  /** Whether markers in a question trigger faults. Default: true. */
  faults: boolean;
  /** The fault of every request. Default: none. */
  fault: string | undefined;
  /**
   * How long the stand-in is unreachable after `engine-exit`, in milliseconds that the time scale does not affect.
   * Default: 1000.
   */
  restartMs: number;
  /** How long an idle connection is kept, in milliseconds. Default: 5000, as in uvicorn. */
  keepAliveMs: number;
  /** The clock by which times are recorded and delays are waited for. Default: the system clock. */
  clock: Clock;
}

/** A running stand-in for vLLM. */
export interface VllmTwin {
  /** The stand-in's URL, without `/v1`. */
  readonly url: string;
  /** The latest 2000 chat requests, in order of arrival. */
  seen(): readonly SeenChat[];
  /** Closes the stand-in and all its connections. */
  close(): Promise<void>;
}

const defaults: VllmTwinOptions = {
  host: "127.0.0.1",
  port: 0,
  modelName: "duet-script",
  version: "0.28.0",
  apiKey: undefined,
  maxModelLen: 32_768,
  cost: vllmCosts.tp1,
  law: undefined,
  timeScale: 1,
  seed: 1,
  prefixCaching: true,
  speculation: undefined,
  openings: 0,
  faults: true,
  fault: undefined,
  restartMs: 1000,
  keepAliveMs: uvicornKeepAliveMs,
  clock: systemClock,
};

/** Starts a stand-in that imitates vLLM's HTTP byte for byte and answers from a script. */
export async function startVllmTwin(options: Partial<VllmTwinOptions> = {}): Promise<VllmTwin> {
  const { host, port, modelName, version, apiKey, maxModelLen, fault, keepAliveMs, clock, ...made } = {
    ...defaults,
    ...options,
  };
  const closing = new AbortController();
  const { cost, prefixCaching, speculation } = made;
  const metrics = createVllmMetrics({
    modelName,
    prefixCaching,
    kvTokens: cost.kvTokens,
    guesses: speculation?.tokens,
  });
  const seen: SeenChat[] = [];
  const dropped = new WeakSet<Socket>();
  const batch = createBatch({
    cost,
    pace: createPace(clock, made.timeScale),
    law: made.law ?? createEvenLaw(createRandom(made.seed)),
    signal: closing.signal,
    onStep: metrics.onStep,
    guessing: speculation && { ...speculation, random: createRandom(made.seed), onGuess: metrics.onGuess },
  });
  const chat: ChatContext = {
    modelName,
    maxModelLen,
    fingerprint: `vllm-${version}-tp1-${hash(modelName).toString(16).padStart(8, "0")}`,
    faults: made.faults,
    fault,
    now: clock.now,
    batch,
    openings: createOpeningHabit(made.openings),
    prefixes: prefixCaching ? createPrefixCache() : undefined,
    guesses: speculation !== undefined,
    metrics,
    remember: (entry) => remember(seen, entry),
    drop: ({ socket }) => dropped.add(socket),
    exit: () => server.restart(made.restartMs),
  };

  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
    "POST /v1/chat/completions": (request, response) => answerChat(request, response, chat),
    "GET /v1/models": (_, response) => sendJson(response, 200, modelList(modelName, maxModelLen)),
    "GET /version": (_, response) => sendJson(response, 200, { version }),
    "GET /health": (_, response) => send(response, fault === "engine-dead" ? 503 : 200, ""),
    "GET /metrics": async (_, response) =>
      send(response, 200, await metrics.render(batch.load()), { "content-type": metrics.contentType }),
    "POST /tokenize": (request, response) => answerTokenize(request, response, maxModelLen),
    "GET /_twin/requests": (_, response) => sendJson(response, 200, seen),
    "GET /_twin/faults": (_, response) =>
      sendJson(response, 200, Object.fromEntries(Object.entries(faults).map(([name, { does }]) => [name, does]))),
  };

  const server = await startTwinServer({ host, port }, keepAliveMs, async (request, response) => {
    if (dropped.has(request.socket)) {
      request.socket.resetAndDestroy();
      return;
    }
    const path = pathOf(request);
    if (apiKey !== undefined && path.startsWith("/v1") && request.headers.authorization !== `Bearer ${apiKey}`)
      return sendJson(response, 401, { error: "Unauthorized" });
    const route = routes[`${request.method} ${path}`];
    if (route !== undefined) return void (await route(request, response));
    const allowed = Object.keys(routes).find((key) => key.endsWith(` ${path}`));
    if (allowed === undefined) return sendJson(response, 404, { detail: "Not Found" });
    sendJson(response, 405, { detail: "Method Not Allowed" }, { allow: allowed.split(" ", 1)[0] as string });
  });

  return {
    url: server.url,
    seen: () => seen,
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

function modelList(id: string, maxModelLen: number): object {
  const created = Math.floor(Date.now() / 1000);
  const permission = {
    id: `modelperm-${hash(id).toString(16).padStart(8, "0")}`,
    object: "model_permission",
    created,
    allow_create_engine: false,
    allow_sampling: true,
    allow_logprobs: true,
    allow_search_indices: false,
    allow_view: true,
    allow_fine_tuning: false,
    organization: "*",
    group: null,
    is_blocking: false,
  };
  const model = {
    id,
    object: "model",
    created,
    owned_by: "vllm",
    root: id,
    parent: null,
    max_model_len: maxModelLen,
    permission: [permission],
  };
  return { object: "list", data: [model] };
}

async function answerTokenize(request: IncomingMessage, response: ServerResponse, maxModelLen: number): Promise<void> {
  const read = readTokenizeRequest((await readBody(request)).toString("utf8"));
  if ("error" in read) {
    sendJson(response, read.error.code, { error: read.error });
    return;
  }
  const tokens = tokenize(read.text);
  sendJson(response, 200, {
    count: tokens.length + read.templateTokens,
    max_model_len: maxModelLen,
    tokens: tokens.map(tokenId),
    token_strs: read.returnStrings ? tokens : null,
  });
}
