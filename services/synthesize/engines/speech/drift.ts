import type { SpeechPlan } from "../../../../infra/engines/speech/plan.ts";
import { compareRows, type Difference, type DriftRow } from "../../../common/engine/drift.ts";
import type { EngineWorker } from "../engine.ts";

/** What a config says of what can be seen of these servers. */
export type Expected = Pick<SpeechPlan, "server" | "gpus">;

/** What a server tells of itself. */
const ofWorker: readonly DriftRow<Expected, EngineWorker>[] = [
  {
    path: "server",
    severity: () => "severe",
    configured: ({ server }) => server,
    // Some answer alike: whatever it may be is as good.
    live({ versions }, { server }) {
      if (versions.length === 0 || versions.includes(server)) return versions.length === 0 ? undefined : server;
      return versions.join(" or ");
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
export function compareSpeech(plan: Expected, workers: readonly EngineWorker[]): Difference[] {
  const above = "engine.speech";
  return [
    ...workers.flatMap((seen) => compareRows(ofWorker, { above, plan, seen, server: seen.url })),
    ...compareRows(ofAll, { above, plan, seen: workers, server: "" }),
  ];
}
