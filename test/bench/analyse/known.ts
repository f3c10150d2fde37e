import type { CellRun, Sound, TurnRecord } from "../record.ts";

/** Sound of a second each, that came at the given moments; nothing of it silent. */
export function sounds(...atMs: number[]): Sound[] {
  return atMs.map((at) => ({ atMs: at, segment: 0, seconds: 1, silentSeconds: 0 }));
}

/** A turn that was meant to begin at 1000, did, and finished; but for what is said otherwise. */
export function turn(differs: Partial<TurnRecord> = {}): TurnRecord {
  return {
    user: 0,
    nth: 0,
    reply: "r",
    intendedAtMs: 1000,
    startedAtMs: 1000,
    textsAtMs: [1050],
    segments: [{ text: "今天晴天。" }],
    sounds: sounds(1400),
    end: "finished",
    endedAtMs: 1500,
    reason: undefined,
    ...differs,
  };
}

/** A run of ten seconds in which nobody was in the way, but for what is said otherwise. */
export function run(differs: Partial<CellRun> = {}): CellRun {
  const quiet = { cpuMs: 1000, gcMs: 10, gcCount: 1, loopDelayP99Ms: 2, loopDelayMaxMs: 5, residentBytes: 1 };
  return {
    time: "real",
    elapsedMs: 10_000,
    turns: [],
    processes: [
      { name: "client", role: "client", ...quiet },
      { name: "fish", role: "engine", ...quiet },
      { name: "fifo", role: "side", ...quiet },
    ],
    machine: { cores: 2, busy: 0.2, ours: 0.19, stolen: 0 },
    engineWork: [],
    probes: {},
    ...differs,
  };
}
