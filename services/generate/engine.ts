import type { Clock } from "../../infra/clock/clock.ts";
import type { VllmPlan } from "../../infra/engines/vllm/plan.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { InvalidRequestError } from "../common/errors/request-error.ts";
import type { ChatEngine, ChatMessage, ChatRequest } from "./chat.ts";
import type { ModelServer } from "./engines/openai/server.ts";
import { type AdmissionLoad, type AdmissionOptions, admit } from "./layers/admission.ts";
import { fitContext } from "./layers/context.ts";
import { checkShapes } from "./layers/shapes.ts";
import { createPool, type Member } from "./pool/pool.ts";
import { advise, type SpeculationAdvice } from "./report/advice.ts";
import { compare, type Difference, tell } from "./report/drift.ts";
import { observeEngine } from "./report/metrics.ts";

/** Options of createEngine. */
export interface EngineOptions extends Omit<AdmissionOptions, "servers" | "clock"> {
  /** The servers of one model. */
  readonly servers: readonly ModelServer[];
  /** What the config says that they are; undefined if it says nothing. */
  readonly plan: VllmPlan | undefined;
  readonly firstTokenTimeoutMs: number;
  readonly stallTimeoutMs: number;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: Clock;
}

/** What is known of an engine now. */
export interface EngineReport {
  readonly members: readonly Member[];
  readonly admission: AdmissionLoad;
  readonly differences: readonly (Difference & { readonly server: string })[];
  /** Undefined while nothing was measured. */
  readonly advice: SpeculationAdvice | undefined;
}

/** The engine that GenerateService speaks to: servers behind a gate, looked after. */
export interface Engine extends ChatEngine {
  /** Looks at every server and tells. */
  report(): Promise<EngineReport>;
}

/** Makes it. With a config the servers are compared with it all the time, else only looked at while they are used. */
export function createEngine(options: EngineOptions): Engine {
  const { servers, plan, metrics, log, clock, firstTokenTimeoutMs, stallTimeoutMs, ...admission } = options;
  let told = new Map<string, string>();
  let advised: string | undefined;

  const pool = createPool(servers, {
    firstTokenTimeoutMs,
    stallTimeoutMs,
    always: plan !== undefined,
    clock,
    onSighting(member) {
      tellDrift(member);
      tellAdvice();
    },
  });
  // What a server would not write at once waits inside of it, where nobody sees it.
  const places = plan === undefined ? Number.POSITIVE_INFINITY : plan.batching.maxNumSeqs * plan.parallelism.data;
  const maxInFlight = Math.min(admission.maxInFlight, places);
  const gated = admit(pool, { ...admission, maxInFlight, servers: () => pool.available, clock });

  const fitting = fitContext(gated, {
    async limit() {
      const lengths = () => pool.members.flatMap(({ watch }) => watch.seen?.maxModelLen ?? []);
      if (lengths().length === 0) await Promise.all(pool.members.map(({ watch }) => watch.ask()));
      return lengths().length > 0 ? Math.min(...lengths()) : plan?.context.maxModelLen;
    },
    count: (messages, signal) => countTokens(pool.members, messages, signal),
  });
  const answering = checkShapes(fitting);

  const differencesOf = ({ watch }: Member) =>
    plan === undefined || watch.seen === undefined || watch.seen.unwell !== undefined ? [] : compare(plan, watch.seen);
  const differences = () =>
    pool.members.flatMap((member) => differencesOf(member).map((one) => ({ ...one, server: member.server.url })));

  function tellDrift(member: Member): void {
    const { url } = member.server;
    const text = tell(differencesOf(member));
    if (text === (told.get(url) ?? "")) return;
    told = new Map(told).set(url, text);
    if (text === "") log.info({ server: url }, "the model server is what the config says again");
    else log.warn({ server: url }, `the model server is not what the config says: ${text}`);
  }

  function advice(): SpeculationAdvice | undefined {
    const busiest = pool.members.reduce<Member | undefined>(
      (best, member) => ((member.watch.meanBatch ?? -1) > (best?.watch.meanBatch ?? -1) ? member : best),
      undefined,
    );
    return advise({
      speculation:
        plan?.speculation ?? (guesses() ? { method: "unknown", numSpeculativeTokens: undefined } : undefined),
      tensor: plan?.parallelism.tensor ?? 1,
      quantization: plan?.quantization,
      meanAcceptanceLength: busiest?.watch.rates?.meanAcceptanceLength,
      meanBatch: busiest?.watch.meanBatch,
    });
  }

  function tellAdvice(): void {
    const now = advice();
    if (now === undefined || now.action === advised) return;
    if (advised !== undefined || now.action !== "keep") log.info({ action: now.action }, now.text);
    advised = now.action;
  }

  /** Whether tokens are guessed ahead, by the config or by what is seen. */
  function guesses(): boolean {
    return (
      plan?.speculation !== undefined || pool.members.some(({ watch }) => watch.seen?.counts?.speculation !== undefined)
    );
  }

  observeEngine(metrics, { members: pool.members, admission: gated.admission, differences });

  return {
    async *chat(request, signal) {
      if (guesses()) refuseUnguessable(request);
      yield* answering.chat(request, signal);
    },
    async notReady() {
      const reason = await pool.notReady();
      if (reason !== undefined || plan === undefined) return reason;
      const severe = differences().filter(({ severity }) => severity === "severe");
      return severe.length === 0
        ? undefined
        : `the model server is not what the config says: ${tell(severe)}. Start it as \`duet render vllm\` says, or correct the config`;
    },
    async report() {
      await Promise.all(pool.members.map(({ watch }) => watch.ask()));
      return { members: pool.members, admission: gated.admission(), differences: differences(), advice: advice() };
    },
    close: () => pool.close(),
  };
}

/** By the first server that does it: only vLLM has the page. Nothing that goes wrong here is the caller's concern. */
async function countTokens(
  members: readonly Member[],
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<number | undefined> {
  const member = members.find(({ reason, watch }) => reason === undefined && watch.seen?.version !== undefined);
  if (member === undefined) return undefined;
  const body = { model: member.watch.seen?.model, messages, add_generation_prompt: true };
  try {
    const { status, text } = await member.server.page(
      "/tokenize",
      AbortSignal.any([signal, AbortSignal.timeout(500)]),
      body,
    );
    const { count } = (status === 200 ? JSON.parse(text) : {}) as { count?: unknown };
    return typeof count === "number" ? count : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** vLLM refuses these too, but in the middle of a stream that it has begun with 200. */
function refuseUnguessable({ sampling }: ChatRequest): void {
  const description =
    "is not possible while the model server guesses tokens ahead (engine.vllm.speculation): leave it out";
  const faults = [
    ...((sampling.minP ?? 0) > 0 ? [{ field: "sampling.min_p", description }] : []),
    ...(sampling.logitBias !== undefined ? [{ field: "sampling.logit_bias", description }] : []),
  ];
  if (faults.length > 0) throw new InvalidRequestError(...faults);
}
