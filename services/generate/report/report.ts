import type { Clock } from "../../../infra/clock/clock.ts";
import type { VllmPlan } from "../../../infra/engines/vllm/plan.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { Metrics } from "../../../infra/telemetry/metrics.ts";
import { createDriftLog, type Difference, severeDrift } from "../../common/engine/drift.ts";
import type { AdmissionLoad } from "../layers/admission.ts";
import type { Member } from "../pool/member.ts";
import { createComingsLog } from "./comings.ts";
import { compare } from "./drift.ts";
import { observeEngine } from "./metrics.ts";
import { advise, type SpeculationAdvice } from "./speculation-advice.ts";

/** The current state of an engine, how it differs from its config, and advice. */
export interface EngineReport {
  readonly members: readonly Member[];
  readonly admission: AdmissionLoad;
  readonly differences: readonly Difference[];
  /** Advice on speculative decoding; undefined while nothing has been measured. */
  readonly advice: SpeculationAdvice | undefined;
}

/** Reports on an engine, from its servers, its admission controller and its config. */
export interface Report {
  /** Observes every server, and reports what was found. */
  read(): Promise<EngineReport>;
  /** On a new observation, logs what has changed: drift from the config, advice, and servers that come or go. */
  onSighting(): void;
  /** A severe difference between the servers, as last observed, and the config, and what to do; undefined if none. */
  severeDrift(): string | undefined;
  /** Whether the servers use speculative decoding, according to the config or to what was observed. */
  guesses(): boolean;
}

/** Options of createReport. */
export interface ReportOptions {
  readonly members: readonly Member[];
  readonly admission: () => AdmissionLoad;
  /** The config that the servers should have; undefined if there is none, so that nothing can differ. */
  readonly plan: VllmPlan | undefined;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: Clock;
}

/** Makes the report of an engine, and registers its metrics. */
export function createReport({ members, admission, plan, metrics, log, clock }: ReportOptions): Report {
  const named = { title: "the model server", kind: "vllm" };
  const logDrift = createDriftLog(log, named);
  const logComings = createComingsLog(log, clock);
  let advised: SpeculationAdvice["action"] | undefined;

  function differences(): Difference[] {
    if (plan === undefined) return [];
    return members.flatMap(({ server, watch: { seen } }) =>
      seen === undefined || seen.unwell !== undefined ? [] : compare(plan, seen, server.url),
    );
  }

  function guesses(): boolean {
    return (
      plan?.speculation !== undefined || members.some(({ watch }) => watch.seen?.counts?.speculation !== undefined)
    );
  }

  function advice(): SpeculationAdvice | undefined {
    const busiest = members.toSorted((a, b) => (b.watch.meanBatch ?? -1) - (a.watch.meanBatch ?? -1))[0];
    return advise({
      speculation:
        plan?.speculation ?? (guesses() ? { method: "unknown", numSpeculativeTokens: undefined } : undefined),
      tensor: plan?.parallelism.tensor ?? 1,
      quantization: plan?.quantization,
      meanAcceptanceLength: busiest?.watch.rates?.meanAcceptanceLength,
      meanBatch: busiest?.watch.meanBatch,
    });
  }

  /** Whether a config describes the servers, and the servers run the model that it names: advice is given only then. */
  function isDescribed(): boolean {
    return (
      plan !== undefined &&
      members.every(({ watch: { seen } }) => seen?.model === undefined || seen.model === plan.model.servedName)
    );
  }

  function logAdvice(): void {
    const now = isDescribed() ? advice() : undefined;
    if (now === undefined || now.action === advised) return;
    if (advised !== undefined || now.action !== "keep") log.info({ action: now.action }, now.text);
    advised = now.action;
  }

  observeEngine(metrics, { members, admission, differences });

  return {
    guesses,
    onSighting() {
      // A server that is down reveals nothing about its config, so differences are logged only while all are up.
      if (members.every(({ watch: { seen } }) => seen?.unwell === undefined)) logDrift(differences());
      logAdvice();
      logComings(members.map(({ server: { url }, reason }) => ({ url, reason })));
    },
    async read() {
      await Promise.all(members.map(({ watch }) => watch.ask()));
      return { members, admission: admission(), differences: differences(), advice: advice() };
    },
    severeDrift: () => severeDrift(named, differences()),
  };
}
