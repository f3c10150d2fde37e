import { compareRows, type Difference, type DriftRow } from "../../../common/engine/drift.ts";
import type { EngineWorker } from "../engine.ts";

/** What a config says of what can be seen of such servers. */
interface Expected {
  readonly gpus: readonly number[];
}

/** They tell nothing of how they run: what shows is how many there are. */
const ofAll: readonly DriftRow<Expected, readonly EngineWorker[]>[] = [
  {
    path: "gpus",
    severity: () => "minor",
    configured: ({ gpus }) => `${gpus.length}`,
    live: ({ length }) => `${length}`,
  },
];

/** Compares a config with the servers that were found; `above` is its path. */
export function compareServers(above: string, plan: Expected, workers: readonly EngineWorker[]): Difference[] {
  return compareRows(ofAll, { above, plan, seen: workers, server: "" });
}
