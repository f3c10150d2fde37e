import type { CellRun } from "../record.ts";
import type { Cell } from "../scenarios/scenario.ts";
import { type Spread, spread } from "./summary.ts";

/** What the engines did for callers who had left. */
export interface Quiet {
  /** Callers who left. */
  readonly turns: number;
  /** Until the model wrote no more, in milliseconds. */
  readonly model: Spread;
  /** Until the voices spoke no more, in milliseconds: Fish-Speech ends what it has begun, whoever listens. */
  readonly voice: Spread;
  /** Requests to the voices that began only after the caller had left. */
  readonly begunAfter: number;
  /** Voices' work after the caller had left, in seconds for each turn. */
  readonly wastedSeconds: number;
}

/** For a single user: what an engine does between one turn's start and the next belongs to that turn. */
export function measureQuiet(
  { time }: Cell,
  { turns, engineWork, elapsedMs }: Pick<CellRun, "turns" | "engineWork" | "elapsedMs">,
): Quiet {
  const model: number[] = [];
  const voice: number[] = [];
  let begunAfter = 0;
  let wastedMs = 0;
  for (const [index, { intendedAtMs, startedAtMs, endedAtMs, end }] of turns.entries()) {
    if (end !== "cancelled" || intendedAtMs < time.warmMs || intendedAtMs >= time.untilMs) continue;
    const nextAtMs = turns[index + 1]?.startedAtMs ?? elapsedMs;
    const own = engineWork.filter(({ receivedAtMs }) => receivedAtMs >= startedAtMs && receivedAtMs < nextAtMs);
    const lastOf = (kind: "write" | "speak") =>
      Math.max(0, ...own.filter((work) => work.kind === kind).map((work) => work.endedAtMs - endedAtMs));
    model.push(lastOf("write"));
    voice.push(lastOf("speak"));
    for (const { kind, startedAtMs, endedAtMs: workEndedAtMs } of own) {
      if (kind !== "speak") continue;
      if (startedAtMs > endedAtMs) begunAfter++;
      wastedMs += Math.max(0, workEndedAtMs - Math.max(startedAtMs, endedAtMs));
    }
  }
  return {
    turns: model.length,
    model: spread(model),
    voice: spread(voice),
    begunAfter,
    wastedSeconds: model.length === 0 ? 0 : wastedMs / 1000 / model.length,
  };
}
