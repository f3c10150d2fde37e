import type { Log } from "../../../infra/log/log.ts";
import type { CountingProcess, Metrics } from "../../../infra/telemetry/metrics.ts";

// Drift means that a running engine differs from what the config says. Each kind of engine has a table of rows: a field
// of its config, and how a server reveals its actual value. Everything else is shared here: how a difference is
// described, logged and counted, and when it makes a service unready.

/**
 * How serious a difference is. `severe`: the running engine is not the one that the config means. `minor`: its output
 * is right, but its speed or capacity is not as configured.
 */
export type Severity = "minor" | "severe";

/** A difference between a running engine and the config. */
export interface Difference {
  /** The path of the config field: `engine.vllm.context.maxModelLen`. */
  readonly path: string;
  readonly configured: string;
  readonly live: string;
  readonly severity: Severity;
  /** The server's URL; empty if the difference concerns all servers. */
  readonly server: string;
}

/** A field of an engine's config that a running server may reveal. Unknown values are not compared. */
export interface DriftRow<Plan, Seen> {
  /** The field, relative to the engine's config: `cache.dtype`. */
  readonly path: string;
  readonly severity: (plan: Plan) => Severity;
  readonly configured: (plan: Plan) => string | undefined;
  /** Returns the observed value, or the configured value if the observed one is just as good. */
  readonly live: (seen: Seen, plan: Plan) => string | undefined;
}

/** What is compared: an engine's config, and the values observed of a running server of that engine. */
export interface Compared<Plan, Seen> {
  /** The path of the engine's config: `engine.vllm`. */
  readonly above: string;
  readonly plan: Plan;
  readonly seen: Seen;
  /** The URL of the observed server; empty if the values concern all servers. */
  readonly server: string;
}

/** Compares a config with the observed values. Values that an engine does not reveal do not count as differences. */
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

/** Describes all given differences in one line. */
export function tell(differences: readonly Difference[]): string {
  return differences
    .map(({ path, configured, live, server }) => `${path} is ${live}, not ${configured}${server && ` (${server})`}`)
    .join("; ");
}

/** The names of an engine that occur in messages. */
export interface Named {
  /** The engine's name in sentences, such as `Fish-Speech` or `the model server`. */
  readonly title: string;
  /** The engine's name in the command `duet render`. */
  readonly kind: string;
}

/** Returns a function that logs the given differences if they are not the same as at the last call. */
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
    if (text === "") log.info(fields, `${title} matches the config again`);
    else log.warn(fields, `${title} does not match the config: ${text}`);
  };
}

/**
 * Returns a message if any difference is severe, that is, if the running engine is not the one that the config means.
 * Such an engine should get no work; the message says what differs, and what to do.
 */
export function severeDrift({ title, kind }: Named, differences: readonly Difference[]): string | undefined {
  const severe = differences.filter(({ severity }) => severity === "severe");
  return severe.length === 0
    ? undefined
    : `${title} does not match the config: ${tell(severe)}. Start it with the command that \`duet render ${kind}\` prints, or correct the config`;
}

/** Registers a gauge of the number of differences by severity; `differences` is called when the gauge is read. */
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
