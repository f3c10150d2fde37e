import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { Health } from "../schedule/workers/worker.ts";

/** Reports how workers are doing, judging by the work that they were given. */
export interface WorkerHealth {
  /** Records that an attempt on the worker failed with `error`. */
  failed(worker: number, error: Error): void;
  /** Records the health of a worker as the schedule now judges it. */
  changed(worker: number, health: Health): void;
  /** Why a worker gets no work, or only work that no other worker accepts; undefined if it is well. */
  trouble(worker: number): string | undefined;
  /** The latest error of a worker that is away, for callers whose text cannot be spoken. */
  readonly outage: EngineError;
}

/** Options of createWorkerHealth. */
export interface WorkerHealthOptions {
  /** The URL of each worker, in order. */
  readonly addresses: readonly string[];
  readonly log: Log | undefined;
  readonly clock: Clock;
}

/**
 * How long callers whose text cannot be spoken are told to wait before they try again, in milliseconds: a worker that
 * comes back is noticed within a second.
 */
const retryDelayMs = 1000;

/** Creates a record of the workers' health, in which all workers are healthy at first. */
export function createWorkerHealth({ addresses, log, clock }: WorkerHealthOptions): WorkerHealth {
  const workers = addresses.map((address) => ({
    address,
    health: "well" as Health,
    since: clock.now(),
    error: undefined as Error | undefined,
  }));
  let newest: Error | undefined;
  const of = (worker: number) => workers[worker] as (typeof workers)[0];

  return {
    failed(worker, error) {
      of(worker).error = error;
      newest = error;
      // A response that is not audio means that the deployment is misconfigured. The error is logged at once, even
      // before the worker is excluded because of it.
      if (error instanceof EngineError && error.fault === "misshapen")
        log?.warn({ server: of(worker).address }, error.message);
    },
    changed(worker, health) {
      const one = of(worker);
      const seconds = Number(((clock.now() - one.since) / 1000).toFixed(1));
      one.health = health;
      one.since = clock.now();
      if (health === "well") {
        log?.info({ server: one.address, seconds }, `the speech server at ${one.address} is back in rotation`);
        one.error = undefined;
      } else
        log?.warn(
          { server: one.address },
          `the speech server at ${one.address} is taken out of rotation: ${one.error?.message ?? "it does not respond"}`,
        );
    },
    trouble(worker) {
      const { address, health, error } = of(worker);
      if (health === "well") return undefined;
      return (
        error?.message ??
        `the speech server at ${address} has sent nothing for longer than its current requests should take`
      );
    },
    get outage() {
      const away = workers.filter(({ health }) => health === "away");
      const error = away.find((one) => one.error !== undefined)?.error ?? newest;
      return error instanceof EngineError && error.fault !== "misshapen"
        ? new EngineError(error.fault, error.message, {
            cause: error,
            retryDelayMs: error.retryDelayMs ?? retryDelayMs,
          })
        : new EngineError("unreachable", "no speech server of the voice responds", { retryDelayMs });
    },
  };
}

/** An engine's workers, as `observeWorkers` needs them. */
export interface ObservedWorkers {
  readonly engine: string;
  readonly addresses: readonly string[];
  readonly health: (worker: number) => Health;
}

/** Registers a metric that shows for each worker whether it accepts work. */
export function observeWorkers(metrics: Metrics, engines: readonly ObservedWorkers[]): void {
  metrics.gauge(
    "duet_synthesize_server_available",
    "1 if the speech server is in rotation, otherwise 0.",
    ["engine", "server"],
    (gauge) => {
      for (const { engine, addresses, health } of engines)
        for (const [worker, server] of addresses.entries())
          gauge.set({ engine, server }, health(worker) === "well" ? 1 : 0);
    },
  );
}
