import { compareRows, type Difference, type DriftRow } from "../../../common/engine/drift.ts";
import type { EngineWorker } from "../engine.ts";

/** The only config field that can be checked against the running servers: one server per entry of `gpus`. */
interface Expected {
  readonly gpus: readonly number[];
}

/** The fields to compare: the number of servers only, since such servers reveal nothing about how they run. */
const ofAll: readonly DriftRow<Expected, readonly EngineWorker[]>[] = [
  {
    path: "gpus",
    severity: () => "minor",
    configured: ({ gpus }) => `${gpus.length}`,
    live: ({ length }) => `${length}`,
  },
];

/** Compares a config with the observed servers; `above` is the path of the compared fields in the config. */
export function compareServers(above: string, plan: Expected, workers: readonly EngineWorker[]): Difference[] {
  return compareRows(ofAll, { above, plan, seen: workers, server: "" });
}
