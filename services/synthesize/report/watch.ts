import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { createDriftLog, type Difference, severeDrift } from "../../common/engine/drift.ts";
import { shareAnswer } from "../../common/engine/share-answer.ts";
import type { Caution, EngineWorker } from "../engines/engine.ts";
import type { OpenedEngine } from "../engines/open.ts";

/** An engine's state when the report is made: its workers, how they differ from the config, and why it is not ready. */
export interface EngineReport {
  /** The engine's name in this deployment. */
  readonly name: string;
  /** The kind of the engine, according to the settings. */
  readonly kind: string;
  /** The engine's part of the config: a serialized `EngineConfig`; undefined if no config describes the engine. */
  readonly config: Uint8Array | undefined;
  readonly workers: readonly EngineWorker[];
  /** Where the engine's workers differ from the config. */
  readonly differences: readonly Difference[];
  /** Why the engine is not ready, as `EngineWatch.notReady` tells it; undefined if all is well. */
  readonly reason: string | undefined;
}

/** Observes the workers of an engine. */
export interface EngineWatch {
  /** How the workers differed from the config when last observed. */
  readonly differences: readonly Difference[];
  /** Observes the engine's workers, and reports the engine's state. */
  report(): Promise<EngineReport>;
  /** Why no text can be spoken or how the engine contradicts its config, and what to do; undefined if all is well. */
  notReady(): Promise<string | undefined>;
  /** Which workers accept no work while others do, and why; undefined if all workers accept work. */
  degraded(): Promise<string | undefined>;
  /** Stops observing. */
  close(): void;
}

/** Options of createEngineWatch. */
export interface EngineWatchOptions {
  /** The engine. If no config describes it, its workers are observed only on request. */
  readonly opened: OpenedEngine;
  /** Why a worker gets no work, judging by its past work; undefined if it is well. */
  readonly trouble: (worker: number) => string | undefined;
  readonly log: Log;
  readonly clock: Clock;
}

/** How often workers are compared with the config even if nobody asks for a report, in milliseconds. */
const everyMs = 5000;
/** How long an observation counts as current, in milliseconds. */
const freshMs = 2000;

/** Makes an EngineWatch; if a config describes the engine, its workers are observed regularly. */
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
  /** Observes the workers. If no reason was observed why a worker gets no work, `reason` comes from `trouble`. */
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
  // The engine is also observed at the start, so that what an operator should know is logged before anybody asks.
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
