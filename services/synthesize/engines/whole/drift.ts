import { compareRows, type Difference, type DriftRow } from "../../../common/engine/drift.ts";
import type { EngineWorker } from "../engine.ts";

/** The config fields whose actual values these servers can reveal. */
interface Expected {
  readonly gpus: readonly number[];
}

/** These servers reveal nothing about how they run, except their number. */
const ofAll: readonly DriftRow<Expected, readonly EngineWorker[]>[] = [
  {
    path: "gpus",
    severity: () => "minor",
    configured: ({ gpus }) => `${gpus.length}`,
    live: ({ length }) => `${length}`,
  },
];

/** Compares a config with the observed servers; `above` is the path of the config. */
export function compareServers(above: string, plan: Expected, workers: readonly EngineWorker[]): Difference[] {
  return compareRows(ofAll, { above, plan, seen: workers, server: "" });
}
