import { percentile } from "../../support/load.ts";
import type { CellRun, TurnRecord } from "../record.ts";
import type { CellTime } from "../scenarios/scenario.ts";
import { type BufferMs, buffersMs, measureTurn, type TurnFigures } from "./turn.ts";

/** Percentiles in milliseconds; undefined where so many never came to it, or there are none at all. */
export interface Spread {
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
}

/** The first sound within which a turn is good, in milliseconds: prompt, good, acceptable. */
export const goalsMs = [300, 500, 800] as const;

/** What one cell came to. All turns that were meant to begin within its time are in every denominator. */
export interface Summary {
  readonly turns: number;
  /** How many ended in each way. */
  readonly ends: Readonly<Record<TurnRecord["end"], number>>;
  /** Turns a second that were meant to begin. */
  readonly offeredPerSecond: number;
  /** Turns that finished, 0 to 1. */
  readonly success: number;
  /** Latencies of the turns that were not refused; one that was never heard counts as infinitely late. */
  readonly ttft: Spread;
  readonly ttfa: Spread;
  readonly ttfi: Spread;
  readonly endToEnd: Spread;
  /** Until callers were told that they are refused. `afterQueue`: those that were let wait first. */
  readonly refusals: { readonly atOnce: Spread; readonly afterQueue: Spread; readonly queued: number };
  /**
   * For players that wait so long after the first sound: turns that ran dry, and silence as a share of all listening, 0
   * to 1.
   */
  readonly players: Readonly<Record<BufferMs, { readonly underrunTurns: number; readonly stallRatio: number }>>;
  /** Turns a second, by goal, that finished, were heard within it, and never ran dry with a player of 100 ms. */
  readonly goodput: Readonly<Record<(typeof goalsMs)[number], number>>;
  readonly soundSeconds: number;
  /** The 99th percentile of how late turns were begun: the client's own fault. */
  readonly lateP99Ms: number;
}

/** A refusal that took longer had been let wait. A round trip to the services and back takes less. */
const queuedFromMs = 50;
/** The player that goodput is counted with: as much as browsers buffer. */
const goodputBufferMs = 100;

/** Counts what users saw. Turns that belong to warm-up or drain are left out, by when they were meant to begin. */
export function summarize({ turns: all }: Pick<CellRun, "turns">, time: CellTime): Summary {
  const turns = all.filter(({ intendedAtMs }) => intendedAtMs >= time.warmMs && intendedAtMs < time.untilMs);
  const seconds = (time.untilMs - time.warmMs) / 1000;
  const measured = turns.map((turn) => ({ turn, figures: measureTurn(turn) }));
  const taken = measured.filter(({ turn }) => turn.end !== "refused");
  const of = (figure: (figures: TurnFigures) => number) => spread(taken.map(({ figures }) => figure(figures)));
  const count = (end: TurnRecord["end"]) => turns.filter((turn) => turn.end === end).length;
  const refusalsMs = turns
    .filter(({ end }) => end === "refused")
    .map(({ endedAtMs, intendedAtMs }) => endedAtMs - intendedAtMs);
  const sum = (figure: (figures: TurnFigures) => number) =>
    measured.reduce((total, { figures }) => total + figure(figures), 0);
  const soundSeconds = sum((figures) => figures.soundSeconds);
  const finished = count("finished");
  return {
    turns: turns.length,
    ends: {
      finished,
      refused: count("refused"),
      failed: count("failed"),
      unfinished: count("unfinished"),
      cancelled: count("cancelled"),
    },
    offeredPerSecond: turns.length / seconds,
    success: turns.length === 0 ? 0 : finished / turns.length,
    ttft: of((figures) => figures.ttftMs),
    ttfa: of((figures) => figures.ttfaMs),
    ttfi: of((figures) => figures.ttfiMs),
    endToEnd: of((figures) => figures.endToEndMs),
    refusals: {
      atOnce: spread(refusalsMs.filter((ms) => ms < queuedFromMs)),
      afterQueue: spread(refusalsMs.filter((ms) => ms >= queuedFromMs)),
      queued: refusalsMs.filter((ms) => ms >= queuedFromMs).length,
    },
    players: keyed(buffersMs, (bufferMs) => {
      const stalledSeconds = sum((figures) => figures.stalls[bufferMs].stallMs) / 1000;
      return {
        underrunTurns: measured.filter(({ figures }) => figures.stalls[bufferMs].underruns > 0).length,
        stallRatio: stalledSeconds === 0 ? 0 : stalledSeconds / (soundSeconds + stalledSeconds),
      };
    }),
    goodput: keyed(goalsMs, (goalMs) => {
      const good = measured.filter(
        ({ turn, figures }) =>
          turn.end === "finished" && figures.ttfaMs <= goalMs && figures.stalls[goodputBufferMs].underruns === 0,
      );
      return good.length / seconds;
    }),
    soundSeconds,
    lateP99Ms:
      turns.length === 0
        ? 0
        : percentile(
            turns.map((turn) => turn.startedAtMs - turn.intendedAtMs),
            0.99,
          ),
  };
}

/** Percentiles of values of which some may be infinite. */
export function spread(values: readonly number[]): Spread {
  const at = (share: number) => {
    const value = percentile(values, share);
    return Number.isFinite(value) ? value : undefined;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function keyed<K extends number, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
