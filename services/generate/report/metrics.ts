import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import { type Difference, observeDrift } from "../../common/engine/drift.ts";
import type { AdmissionLoad } from "../layers/admission.ts";
import type { Member } from "../pool/member.ts";

/** The parts of an engine that metrics are taken from. */
export interface Observed {
  readonly members: readonly Member[];
  readonly admission: () => AdmissionLoad;
  readonly differences: () => readonly Difference[];
}

/** Registers an engine's metrics: its admission, what servers report, and where servers differ from the config. */
export function observeEngine(metrics: Metrics, { members, admission, differences }: Observed): void {
  const gate: [name: string, help: string, value: (load: AdmissionLoad) => number][] = [
    ["in_flight", "Answers that model servers are writing for Duet.", ({ inFlight }) => inFlight],
    ["queued", "Requests in Generate's admission queue.", ({ queued }) => queued],
    ["limit", "The current limit on answers written at once.", ({ limit }) => limit],
  ];
  for (const [name, help, value] of gate)
    metrics.gauge(`duet_generate_admission_${name}`, help, [], (gauge) => gauge.set(value(admission())));
  metrics.counter(
    "duet_generate_admission_refused_total",
    "Requests refused since Generate started.",
    [],
    (counter) => {
      counter.reset();
      counter.inc(admission().refused);
    },
  );

  const server: [name: string, help: string, value: (member: Member) => number | undefined][] = [
    ["available", "1 if the model server is in rotation, otherwise 0.", ({ reason }) => (reason === undefined ? 1 : 0)],
    ["in_flight", "Answers that the model server is writing for Duet.", ({ inFlight }) => inFlight],
    ["running", "Requests in the model server's batch, by its own count.", ({ watch }) => watch.seen?.counts?.running],
    ["waiting", "Requests in the model server's own queue.", ({ watch }) => watch.seen?.counts?.waiting],
    [
      "kv_cache_usage_ratio",
      "The share of the model server's KV cache in use.",
      ({ watch }) => watch.seen?.counts?.kvCacheUsage,
    ],
    [
      "prefix_cache_hit_ratio",
      "Of the prompt tokens of the last 20 s, the share found in the model server's prefix cache.",
      ({ watch }) => watch.rates?.prefixCacheHitRate,
    ],
    [
      "acceptance_ratio",
      "The share of the draft tokens of the last 20 s that the model accepted (speculative decoding).",
      ({ watch }) => watch.rates?.acceptanceRate,
    ],
    [
      "acceptance_length",
      "Tokens that each step of speculative decoding added to an answer, on average over the last 20 s.",
      ({ watch }) => watch.rates?.meanAcceptanceLength,
    ],
  ];
  for (const [name, help, value] of server)
    metrics.gauge(`duet_generate_server_${name}`, help, ["server"], async (gauge) => {
      // All servers are checked first, so that the metrics are current. A server that does not respond delays the
      // metrics by the time limit of one check.
      await Promise.all(members.map(({ watch }) => watch.ask().catch(() => {})));
      gauge.reset();
      for (const member of members) {
        const now = value(member);
        if (now !== undefined) gauge.set({ server: member.server.url }, now);
      }
    });

  const help = "Fields of the config that do not match the running model server.";
  observeDrift(metrics, { name: "duet_generate_drift", help }, differences);
}
