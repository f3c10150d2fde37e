import type { Clock } from "../../infra/clock/clock.ts";
import type { VllmPlan } from "../../infra/engines/vllm/plan.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { noTracer, type Tracer } from "../../infra/telemetry/tracer.ts";
import type { Chat, Layer } from "./chat.ts";
import type { ModelServer } from "./engines/openai/server.ts";
import { type AdmissionOptions, createAdmission, withAdmission } from "./layers/admission.ts";
import { withContext } from "./layers/context.ts";
import { withOpenings } from "./layers/openings.ts";
import { withSampling } from "./layers/sampling.ts";
import { withShapes } from "./layers/shapes.ts";
import { withSpans } from "./layers/spans.ts";
import { createPool } from "./pool/pool.ts";
import { createWindow } from "./pool/window.ts";
import { createReport, type EngineReport } from "./report/report.ts";

/*
 * An engine is the servers of one model, and what stands between a caller and them: a row of layers, each a chat made of the one
 * below it. `layers` names them in the order in which a call walks through them, and the order is not a matter of taste:
 *
 * - spans are outermost, so that a trace shows all that a caller waits for, and what any other layer refuses;
 * - sampling costs nothing to look at: what no server can do is refused before it waits for one, however much there is to do;
 * - shapes stand above all that may ask a second time, and judge the one answer that the caller gets;
 * - openings stand below shapes, which are the caller's own, and above context, which counts what is asked;
 * - context stands above admission, since looking up the window and having tokens counted takes time in which nothing is written:
 *   nobody is kept out for it, and the first-token times that the limiter learns from are the servers' own;
 * - admission stands right above the pool, so that what it counts is what the servers write. An answer that another server takes over
 *   was let in once; a prompt that context cuts once more is let in once more.
 */

/** Options of createEngine. */
export interface EngineOptions extends Omit<AdmissionOptions, "servers"> {
  /** The servers of one model. */
  readonly servers: readonly ModelServer[];
  /** What the config says that they are; undefined if it says nothing. */
  readonly plan: VllmPlan | undefined;
  /** To how many openings the servers hold an answer; see OpeningsOptions. Default: to none. */
  readonly holdOpenings?: number;
  /** How long a server may take to its first token. */
  readonly firstTokenTimeoutMs: number;
  /** How long it may be silent after that. */
  readonly stallTimeoutMs: number;
  readonly metrics: Metrics;
  /** Default: nothing is traced. */
  readonly tracer?: Tracer;
  readonly log: Log;
  readonly clock: Clock;
}

/** The engine that GenerateService speaks to. */
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
  const pool = createPool(servers, {
    firstTokenTimeoutMs,
    stallTimeoutMs,
    always: plan !== undefined,
    onSighting: () => report.onSighting(),
    clock,
  });
  // What a server would not write at once waits inside of it, where nobody sees it.
  const atOnce = plan === undefined ? Number.POSITIVE_INFINITY : plan.batching.maxNumSeqs * plan.parallelism.data;
  const admission = createAdmission({
    ttftSloMs: options.ttftSloMs,
    maxInFlight: Math.min(options.maxInFlight, atOnce),
    maxQueued: options.maxQueued,
    queueTimeoutMs: options.queueTimeoutMs,
    servers: pool.available,
    clock,
  });
  const report = createReport({ members: pool.members, admission: admission.load, plan, metrics, log, clock });

  const layers: readonly Layer[] = [
    withSpans(tracer, clock),
    withSampling(report.guesses),
    withShapes,
    withOpenings({
      hold: options.holdOpenings ?? 0,
      guesses: report.guesses,
      broken: () => log.warn("a model server did not hold an answer to its openings: none is held to any more"),
    }),
    withContext(createWindow(pool.members, plan?.context.maxModelLen)),
    withAdmission(admission),
  ];
  return {
    chat: layers.reduceRight((inner, layer) => layer(inner), pool.chat),
    notReady: async () => (await pool.notReady()) ?? report.severeDrift(),
    report: report.read,
    close: pool.close,
  };
}
