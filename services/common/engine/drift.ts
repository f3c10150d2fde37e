import type { Log } from "../../../infra/log/log.ts";
import type { CountingProcess, Metrics } from "../../../infra/telemetry/metrics.ts";

// Drift is where an engine that runs is not what the config says. Each kind of engine has rows: a field of its part of the config,
// and what can be seen of a server that tells about this field. All else is here: how a difference is told, logged, counted, and
// when it keeps a service from being ready.

/** `severe`: another engine than was meant. `minor`: what it makes is right, but not as fast or as much as was meant. */
export type Severity = "minor" | "severe";

/** Where an engine that runs is not what the config says. */
export interface Difference {
  /** The field of the config: `engine.vllm.context.maxModelLen`. */
  readonly path: string;
  readonly configured: string;
  readonly live: string;
  readonly severity: Severity;
  /** The server's address; empty if it is about all of them. */
  readonly server: string;
}

/** A field of an engine's part of the config that can be seen. It counts where both sides say something. */
export interface DriftRow<Plan, Seen> {
  /** The field below the engine's part: `cache.dtype`. */
  readonly path: string;
  readonly severity: (plan: Plan) => Severity;
  readonly configured: (plan: Plan) => string | undefined;
  /** What is seen; where more than one value is as good as what was configured, it says that one. */
  readonly live: (seen: Seen, plan: Plan) => string | undefined;
}

/** What is compared. */
export interface Compared<Plan, Seen> {
  /** The engine's part of the config: `engine.vllm`. */
  readonly above: string;
  readonly plan: Plan;
  readonly seen: Seen;
  /** The address of the server that was seen; empty if all were. */
  readonly server: string;
}

/** Compares a config with what was seen. What an engine does not tell is no difference. */
export function compareRows<Plan, Seen>(
  rows: readonly DriftRow<Plan, Seen>[],
  { above, plan, seen, server }: Compared<Plan, Seen>,
): Difference[] {
  return rows.flatMap((row) => {
    const [configured, live] = [row.configured(plan), row.live(seen, plan)];
    if (configured === undefined || live === undefined || configured === live) return [];
    return [{ path: `${above}.${row.path}`, configured, live, severity: row.severity(plan), server }];
  });
}

/** The differences in a sentence, for people. */
export function tell(differences: readonly Difference[]): string {
  return differences
    .map(({ path, configured, live, server }) => `${path} is ${live}, not ${configured}${server && ` (${server})`}`)
    .join("; ");
}

/** An engine as people know it. */
export interface Named {
  /** In sentences: `Fish-Speech`, `the model server`. */
  readonly title: string;
  /** What `duet render` calls it. */
  readonly kind: string;
}

/** Logs differences when they are others than those before. */
export function createDriftLog(
  log: Log,
  { title }: Pick<Named, "title">,
): (differences: readonly Difference[]) => void {
  let told = "";
  return (differences) => {
    const text = tell(differences);
    if (text === told) return;
    told = text;
    const fields = { differences: differences.length };
    if (text === "") log.info(fields, `${title} is what the config says again`);
    else log.warn(fields, `${title} is not what the config says: ${text}`);
  };
}

/** Why an engine should be given no work, with the remedy: it is another than was meant. Undefined if it is not. */
export function severeDrift({ title, kind }: Named, differences: readonly Difference[]): string | undefined {
  const severe = differences.filter(({ severity }) => severity === "severe");
  return severe.length === 0
    ? undefined
    : `${title} is not what the config says: ${tell(severe)}. Start it as \`duet render ${kind}\` says, or correct the config`;
}

/** Registers a gauge of how many differences there are of each severity; `differences` is asked when somebody reads it. */
export function observeDrift(
  metrics: Metrics,
  { name, help }: { readonly name: `duet_${CountingProcess}_drift`; readonly help: string },
  differences: () => readonly Difference[],
): void {
  metrics.gauge(name, help, ["severity"], (gauge) => {
    const all = differences();
    for (const severity of ["minor", "severe"] as const)
      gauge.set({ severity }, all.filter((difference) => difference.severity === severity).length);
  });
}
