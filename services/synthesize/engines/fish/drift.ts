import type { FishPlan } from "../../../../infra/engines/fish/plan.ts";
import { compareRows, type Difference, type DriftRow } from "../../../common/engine/drift.ts";
import type { EngineWorker } from "../engine.ts";

/** The config fields whose actual values a Fish-Speech server can reveal. */
export type Expected = Pick<FishPlan, "version" | "gpus">;

/** The config fields that are compared with each server separately. */
const ofWorker: readonly DriftRow<Expected, EngineWorker>[] = [
  {
    path: "version",
    severity: () => "severe",
    configured: ({ version }) => version,
    // A server's behavior shows only to which generations it may belong, so any release of these counts as a match.
    live: ({ versions }, { version }) => {
      if (versions.length === 0) return undefined;
      const isMeant = versions.some((name) => version === name || version.startsWith(`${name}.`));
      return isMeant ? version : versions.join(" or ");
    },
  },
];

/** The fields of the config that are compared once with all servers together, not with each server. */
const ofAll: readonly DriftRow<Expected, readonly EngineWorker[]>[] = [
  {
    path: "gpus",
    severity: () => "minor",
    configured: ({ gpus }) => `${gpus.length}`,
    live: ({ length }) => `${length}`,
  },
];

/** Compares a config with the observed servers. A server that was not reached does not differ. */
export function compareFish(plan: Expected, workers: readonly EngineWorker[]): Difference[] {
  const above = "engine.fish";
  return [
    ...workers.flatMap((seen) => compareRows(ofWorker, { above, plan, seen, server: seen.url })),
    ...compareRows(ofAll, { above, plan, seen: workers, server: "" }),
  ];
}
