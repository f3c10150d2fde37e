import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { createDriftLog, type Difference, severeDrift } from "../../common/engine/drift.ts";
import { shareAnswer } from "../../common/engine/share-answer.ts";
import type { EngineWorker } from "../engines/engine.ts";
import type { OpenedEngine } from "../engines/open.ts";

/** What is known of an engine now. */
export interface EngineReport {
  /** What this deployment calls it. */
  readonly name: string;
  /** What it is, as the settings have it. */
  readonly kind: string;
  /** Its part of the config: an `EngineConfig` in its bytes; undefined if no config describes it. */
  readonly config: Uint8Array | undefined;
  readonly workers: readonly EngineWorker[];
  /** Where they are not what the config says. */
  readonly differences: readonly Difference[];
}

/** Keeps an eye on the workers of an engine. */
export interface EngineWatch {
  /** How they differed from the config when they were looked at last. */
  readonly differences: readonly Difference[];
  /** Looks at them, and tells. */
  report(): Promise<EngineReport>;
  /** Why no text can be spoken, with the remedy; undefined if one can, by the engine that the config means. */
  notReady(): Promise<string | undefined>;
  /** Looks no more. */
  close(): void;
}

/** Options of createEngineWatch. */
export interface EngineWatchOptions {
  /** If no config describes it, its workers are looked at only when somebody asks. */
  readonly opened: OpenedEngine;
  readonly log: Log;
  readonly clock: Clock;
}

/** How often workers are compared with the config while nobody asks. */
const everyMs = 5000;
/** How long what was seen is taken for the present. */
const freshMs = 2000;

/** Makes a watch; it looks by itself as long as there is a config to compare with. */
export function createEngineWatch({ opened, log, clock }: EngineWatchOptions): EngineWatch {
  const { kind, engine, config, compare } = opened;
  const tellDrift = createDriftLog(log, opened);
  let differences: readonly Difference[] = [];
  let cancelNext = () => {};
  let closed = false;

  const look = shareAnswer(
    async () => {
      const workers = await engine.workers();
      differences = compare === undefined ? [] : compare(workers);
      tellDrift(differences);
      return workers;
    },
    freshMs,
    clock,
  );
  const next = () => {
    cancelNext = clock.after(everyMs, async () => {
      await look().catch(() => {});
      if (!closed) next();
    });
  };
  if (compare !== undefined) next();

  return {
    get differences() {
      return differences;
    },
    async report() {
      const workers = await look();
      return { name: engine.name, kind, config, workers, differences };
    },
    async notReady() {
      const workers = await look();
      const canSpeak = workers.some(({ reason }) => reason === undefined);
      return canSpeak ? severeDrift(opened, differences) : workers.map(({ reason }) => reason).join("; ");
    },
    close() {
      closed = true;
      cancelNext();
    },
  };
}
