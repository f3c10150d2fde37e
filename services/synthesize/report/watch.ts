import type { Clock } from "../../../infra/clock/clock.ts";
import type { FishPlan } from "../../../infra/engines/fish/plan.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import { fresh } from "../../common/engine/fresh.ts";
import type { Engine, EngineWorker } from "../engines/engine.ts";

/** Where the servers that speak are not what the config says. */
export interface Difference {
  /** The field of the config. */
  readonly path: string;
  readonly configured: string;
  readonly live: string;
  /** `severe`: another engine than was meant. `minor`: it speaks right, but not as much as was meant. */
  readonly severity: "minor" | "severe";
  /** Its address; empty if it is about all of them. */
  readonly server: string;
}

/** Compares a config with the workers that were found. One that was not reached says nothing. */
export function compare(
  { version, gpus }: Pick<FishPlan, "version" | "gpus">,
  workers: readonly EngineWorker[],
): Difference[] {
  const differences: Difference[] = workers.flatMap(({ url, generations }) =>
    generations.length === 0 || generations.some((name) => version === name || version.startsWith(`${name}.`))
      ? []
      : [
          {
            path: "engine.fish.version",
            configured: version,
            live: generations.join(" or "),
            severity: "severe",
            server: url,
          },
        ],
  );
  if (workers.length !== gpus.length)
    differences.push({
      path: "engine.fish.gpus",
      configured: `${gpus.length}`,
      live: `${workers.length}`,
      severity: "minor",
      server: "",
    });
  return differences;
}

/** Keeps an eye on the workers. */
export interface EngineWatch {
  /** The workers and how they differ from the config, now. */
  report(): Promise<{ workers: readonly EngineWorker[]; differences: readonly Difference[] }>;
  /** Why no text can be spoken, with the remedy; undefined if one can, by the engine that the config means. */
  notReady(): Promise<string | undefined>;
  /** Looks no more. */
  close(): void;
}

/** Options of createEngineWatch. */
export interface EngineWatchOptions {
  readonly engine: Engine;
  /** What the config says; undefined if it says nothing: then workers are looked at only when somebody asks. */
  readonly plan: FishPlan | undefined;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: Clock;
}

/** How often workers are compared with the config while nobody asks. */
const everyMs = 5000;
/** How long what was seen is taken for the present. */
const freshMs = 2000;

/** Makes a watch; it looks by itself as long as there is a config to compare with. */
export function createEngineWatch({ engine, plan, metrics, log, clock }: EngineWatchOptions): EngineWatch {
  let differences: readonly Difference[] = [];
  let cancelNext = () => {};
  let closed = false;

  const look = fresh(
    async () => {
      const workers = await engine.workers();
      const before = JSON.stringify(differences);
      differences = plan === undefined ? [] : compare(plan, workers);
      if (JSON.stringify(differences) !== before) {
        if (differences.length > 0)
          log.warn(
            { differences: differences.length },
            `Fish-Speech is not what the config says: ${tell(differences)}`,
          );
        else log.info({ differences: 0 }, "Fish-Speech is what the config says again");
      }
      return workers;
    },
    freshMs,
    clock,
  );
  metrics.gauge(
    "duet_synthesize_drift",
    "Fields of the config that the voice's servers differ from.",
    ["severity"],
    (gauge) => {
      for (const severity of ["minor", "severe"] as const)
        gauge.set({ severity }, differences.filter((one) => one.severity === severity).length);
    },
  );
  const next = () => {
    cancelNext = clock.after(everyMs, async () => {
      await look().catch(() => {});
      if (!closed) next();
    });
  };
  if (plan !== undefined) next();

  return {
    async report() {
      const workers = await look();
      return { workers, differences };
    },
    async notReady() {
      const workers = await look();
      if (!workers.some(({ reason }) => reason === undefined)) return workers.map(({ reason }) => reason).join("; ");
      const severe = differences.filter(({ severity }) => severity === "severe");
      return severe.length === 0
        ? undefined
        : `Fish-Speech is not what the config says: ${tell(severe)}. Start it as \`duet render fish\` says, or correct the config`;
    },
    close() {
      closed = true;
      cancelNext();
    },
  };
}

function tell(differences: readonly Difference[]): string {
  return differences
    .map(({ path, configured, live, server }) => `${path} is ${live}, not ${configured}${server && ` (${server})`}`)
    .join("; ");
}
