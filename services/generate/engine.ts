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
 * An engine is the servers of one model, behind a chain of layers, each a chat that wraps the one below it. `layers`
 * lists them from the outermost to the innermost, and their order matters:
 *
 * - spans are outermost, so that a trace shows everything that a caller waits for, and every refusal by another layer;
 * - sampling is cheap to check: what no server supports is refused before the request waits for a server;
 * - shapes are above every layer that may ask a server a second time, and check the one answer that the caller gets;
 * - openings are below shapes, which must not check the constraint that openings add, and above context, which has to
 * count the tokens that openings add;
 * - context is above admission, since looking up the context window and counting tokens takes time in which nothing is
 * written: no slot is occupied meanwhile, and the limiter learns only the servers' own times to first token;
 * - admission is directly above the pool, so that it counts the answers that the servers are writing. An answer that
 * another server takes over is admitted only once; a prompt that context has to shorten further is admitted again.
 */

/** Options of createEngine. */
export interface EngineOptions extends Omit<AdmissionOptions, "servers"> {
  /** The servers of one model. */
  readonly servers: readonly ModelServer[];
  /** The config that the servers should have; undefined if they have no config. */
  readonly plan: VllmPlan | undefined;
  /** The maximum number of openings that structured output may offer a model; see OpeningsOptions. Default: 0. */
  readonly holdOpenings?: number;
  /** How long a server may take to send its first token. */
  readonly firstTokenTimeoutMs: number;
  /** How long a server may send nothing after its first token. */
  readonly stallTimeoutMs: number;
  readonly metrics: Metrics;
  /** Traces every answer. Default: nothing is traced. */
  readonly tracer?: Tracer;
  readonly log: Log;
  readonly clock: Clock;
}

/** The engine behind GenerateService. */
export interface Engine {
  readonly chat: Chat;
  /** Why the engine cannot answer now, and what to do; undefined if it can. */
  notReady(): Promise<string | undefined>;
  /** Observes every server, and reports what was found. */
  report(): Promise<EngineReport>;
  /** Cancels all answers and closes all sockets. */
  close(): Promise<void>;
}

/**
 * Makes an engine. If the engine has a config, its servers are continuously compared with that config; otherwise they
 * are observed only while in use.
 */
export function createEngine(options: EngineOptions): Engine {
  const { servers, plan, metrics, tracer = noTracer, log, clock, firstTokenTimeoutMs, stallTimeoutMs } = options;
  const pool = createPool(servers, {
    firstTokenTimeoutMs,
    stallTimeoutMs,
    always: plan !== undefined,
    onSighting: () => report.onSighting(),
    clock,
  });
  // More requests than this per server would be queued inside the server, where this service cannot see the queue.
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
      broken: () =>
        log.warn(
          "a model server's answer did not begin with any of the opening phrases that Duet required: Duet no longer requires them of model servers",
        ),
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
