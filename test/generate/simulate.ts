import { createVirtualClock } from "../../infra/clock/virtual.ts";
import type { VllmCost } from "../../infra/cost/cost.ts";
import { createEvenLaw } from "../../infra/cost/law.ts";
import { createPace } from "../../infra/cost/pace.ts";
import { createRandom } from "../../infra/random/random.ts";
import { createBatch } from "../../infra/twins/vllm/batch/batch.ts";
import type { Chat, ChatRequest } from "../../services/generate/chat.ts";
import { type AdmissionOptions, createAdmission, withAdmission } from "../../services/generate/layers/admission.ts";
import { type OpenLoad, type Outcome, offer } from "../support/load.ts";

/**
 * Tokens of every prompt that are computed: a question and what was said last; the beginning is found in the prefix
 * cache.
 */
export const promptTokens = 100;

/** What an admission does with a load in front of the cost model, in virtual time. */
export async function simulate(
  cost: VllmCost,
  load: OpenLoad,
  given: Partial<AdmissionOptions>,
): Promise<{ outcomes: Outcome[]; limits: { at: number; limit: number }[] }> {
  const clock = createVirtualClock();
  const closing = new AbortController();
  const batch = createBatch({
    cost,
    pace: createPace(clock, 1),
    law: createEvenLaw(createRandom(load.seed)),
    signal: closing.signal,
    onStep: () => {},
  });
  const write: Chat = async function* (request, signal) {
    for await (const _ of batch.run(promptTokens, request.maxTokens, signal)) yield { type: "delta", text: "." };
  };
  const admission = createAdmission({
    ttftSloMs: 200,
    maxInFlight: 256,
    maxQueued: 64,
    queueTimeoutMs: 500,
    servers: () => 1,
    clock,
    ...given,
  });
  const chat = withAdmission(admission)(write);
  const never = new AbortController().signal;
  const work = offer(load, clock, async (nth, tokens, spoke) => {
    for await (const _ of chat(requestOf(nth, tokens), never)) spoke();
  });
  const limits: { at: number; limit: number }[] = [];
  let settled = false;
  const onSettled = () => {
    settled = true;
  };
  work.then(onSettled, onSettled);
  while (!settled) {
    await clock.advance(250);
    limits.push({ at: clock.now(), limit: admission.load().limit });
  }
  closing.abort();
  return { outcomes: await work, limits };
}

function requestOf(nth: number, maxTokens: number): ChatRequest {
  return {
    requestId: `${nth}`,
    model: undefined,
    messages: [{ role: "user", content: "?" }],
    maxTokens,
    sampling: {},
    stop: [],
    constraint: undefined,
    priority: 0,
    traceparent: undefined,
  };
}
