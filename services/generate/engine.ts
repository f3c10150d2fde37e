import type { Clock } from "../../infra/clock/clock.ts";
import type { VllmPlan } from "../../infra/engines/vllm/plan.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { noTracer, type Tracer } from "../../infra/telemetry/tracer.ts";
import type { Chat, Layer } from "./chat.ts";
import type { ModelServer } from "./engines/openai/server.ts";
import { type AdmissionLoad, type AdmissionOptions, createAdmission, withAdmission } from "./layers/admission.ts";
import { withContext } from "./layers/context.ts";
import { withSampling } from "./layers/sampling.ts";
import { withShapes } from "./layers/shapes.ts";
import { withSpans } from "./layers/spans.ts";
import { createPool, type Member } from "./pool/pool.ts";
import { createWindow } from "./pool/window.ts";
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
  /** Default: nothing is traced. */
  readonly tracer?: Tracer;
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
export interface Engine {
  readonly chat: Chat;
  /** Why no answer can be had now, with the remedy; undefined if one can. */
  notReady(): Promise<string | undefined>;
  /** Looks at every server and tells. */
  report(): Promise<EngineReport>;
  /** Cancels what runs and closes all sockets. */
  close(): Promise<void>;
}

/** Makes it. With a config the servers are compared with it all the time, else only looked at while they are used. */
export function createEngine(options: EngineOptions): Engine {
  const { servers, plan, metrics, tracer = noTracer, log, clock, firstTokenTimeoutMs, stallTimeoutMs } = options;
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
  const admission = createAdmission({
    ttftSloMs: options.ttftSloMs,
    maxInFlight: Math.min(options.maxInFlight, places),
    maxQueued: options.maxQueued,
    queueTimeoutMs: options.queueTimeoutMs,
    servers: pool.available,
    clock,
  });

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

  observeEngine(metrics, { members: pool.members, admission: admission.load, differences });

  const layers: readonly Layer[] = [
    withSpans(tracer, clock),
    withSampling(guesses),
    withShapes,
    withContext(createWindow(pool.members, plan?.context.maxModelLen)),
    withAdmission(admission),
  ];
  return {
    chat: layers.reduceRight((inner, layer) => layer(inner), pool.chat),
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
      return { members: pool.members, admission: admission.load(), differences: differences(), advice: advice() };
    },
    close: pool.close,
  };
}
