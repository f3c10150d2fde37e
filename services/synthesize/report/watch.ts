import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { createDriftLog, type Difference, severeDrift } from "../../common/engine/drift.ts";
import { shareAnswer } from "../../common/engine/share-answer.ts";
import type { Caution, EngineWorker } from "../engines/engine.ts";
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
  /** Why it can speak nothing; see EngineWatch. */
  readonly reason: string | undefined;
}

/** Keeps an eye on the workers of an engine. */
export interface EngineWatch {
  /** How they differed from the config when they were looked at last. */
  readonly differences: readonly Difference[];
  /** Looks at them, and tells. */
  report(): Promise<EngineReport>;
  /** Why no text can be spoken, with the remedy; undefined if one can, by the engine that the config means. */
  notReady(): Promise<string | undefined>;
  /** Which workers take no work while others do, and why; undefined if all do. */
  degraded(): Promise<string | undefined>;
  /** Looks no more. */
  close(): void;
}

/** Options of createEngineWatch. */
export interface EngineWatchOptions {
  /** If no config describes it, its workers are looked at only when somebody asks. */
  readonly opened: OpenedEngine;
  /** Why a worker gets no work, by the work that it did; undefined if it is well. */
  readonly trouble: (worker: number) => string | undefined;
  readonly log: Log;
  readonly clock: Clock;
}

/** How often workers are compared with the config while nobody asks. */
const everyMs = 5000;
/** How long what was seen is taken for the present. */
const freshMs = 2000;

/** Makes a watch; it looks by itself as long as there is a config to compare with. */
export function createEngineWatch({ opened, trouble, log, clock }: EngineWatchOptions): EngineWatch {
  const { kind, engine, config, compare } = opened;
  const tellDrift = createDriftLog(log, opened);
  let differences: readonly Difference[] = [];
  let caution: Caution | undefined;
  let cancelNext = () => {};
  let closed = false;

  const look = shareAnswer(
    async () => {
      const workers = await engine.workers();
      differences = compare === undefined ? [] : compare(workers);
      tellDrift(differences);
      const before = caution?.reason;
      caution = await engine.caution();
      if (caution !== undefined && caution.reason !== before) log.warn({ engine: engine.name }, caution.reason);
      return workers;
    },
    freshMs,
    clock,
  );
  /** What was seen, and what the schedule knows at this moment. */
  const lookBoth = async () => {
    const workers = await look();
    return workers.map((worker, index) => ({ ...worker, reason: worker.reason ?? trouble(index) }));
  };
  const next = () => {
    cancelNext = clock.after(everyMs, async () => {
      await look().catch(() => {});
      if (!closed) next();
    });
  };
  if (compare !== undefined) next();
  // Once at the start, so that what an operator should know stands in the log before anybody asks.
  void look().catch(() => {});

  function whyNot(workers: readonly EngineWorker[]): string | undefined {
    const canSpeak = workers.some(({ reason }) => reason === undefined);
    if (canSpeak) return severeDrift(opened, differences) ?? (caution?.isReady === false ? caution.reason : undefined);
    return workers.map(({ reason }) => reason).join("; ");
  }

  return {
    get differences() {
      return differences;
    },
    async report() {
      const workers = await lookBoth();
      return { name: engine.name, kind, config, workers, differences, reason: whyNot(workers) };
    },
    notReady: async () => whyNot(await lookBoth()),
    async degraded() {
      const reasons = (await lookBoth()).flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
      return reasons.length === 0 ? undefined : reasons.join("; ");
    },
    close() {
      closed = true;
      cancelNext();
    },
  };
}
