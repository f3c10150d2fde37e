import type { FishPlan } from "../../../../infra/engines/fish/plan.ts";
import { compareRows, type Difference, type DriftRow } from "../../../common/engine/drift.ts";
import type { EngineWorker } from "../engine.ts";

/** What a config says of what can be seen of Fish-Speech. */
export type Expected = Pick<FishPlan, "version" | "gpus">;

/** What a server tells of itself. */
const ofWorker: readonly DriftRow<Expected, EngineWorker>[] = [
  {
    path: "version",
    severity: () => "severe",
    configured: ({ version }) => version,
    // How it answers tells a generation, not a release, and of some pairs not which of the two.
    live: ({ versions }, { version }) => {
      if (versions.length === 0) return undefined;
      const isMeant = versions.some((name) => version === name || version.startsWith(`${name}.`));
      return isMeant ? version : versions.join(" or ");
    },
  },
];

/** What all of them together show. */
const ofAll: readonly DriftRow<Expected, readonly EngineWorker[]>[] = [
  {
    path: "gpus",
    severity: () => "minor",
    configured: ({ gpus }) => `${gpus.length}`,
    live: ({ length }) => `${length}`,
  },
];

/** Compares a config with the servers that were found. One that was not reached says nothing. */
export function compareFish(plan: Expected, workers: readonly EngineWorker[]): Difference[] {
  const above = "engine.fish";
  return [
    ...workers.flatMap((seen) => compareRows(ofWorker, { above, plan, seen, server: seen.url })),
    ...compareRows(ofAll, { above, plan, seen: workers, server: "" }),
  ];
}
