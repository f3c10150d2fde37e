import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { until } from "../support/until.ts";
import type { Collector } from "./collector.ts";
import type { ReceivedSpan } from "./otlp.ts";

/** The calls of the edge to its services. */
export const generate = "duet.generate.v1.GenerateService/Generate";
export const synthesize = "duet.synthesize.v1.SynthesizeService/Synthesize";

/** A caller's place in a trace of its own. */
export function newTrace(flags = "01") {
  const traceId = randomBytes(16).toString("hex");
  const spanId = randomBytes(8).toString("hex");
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-${flags}` } };
}

/** What belongs to a whole trace. */
export interface WholeTrace {
  /** Each tells its side, and is told of. Default: both. */
  readonly services?: readonly string[];
  /** So many spans. */
  readonly least?: number;
}

/**
 * The spans of a trace once it is whole: from the first on each has its parent, each of `services` has told its side,
 * and there are at least so many. Fails if that takes too long.
 */
export async function wholeTrace(
  collector: Collector,
  { traceId, spanId }: { readonly traceId: string; readonly spanId: string },
  { services = [generate, synthesize], least = 1 }: WholeTrace = {},
): Promise<ReceivedSpan[]> {
  const mine = () => collector.spans.filter((span) => span.traceId === traceId);
  const needed = services.flatMap((name) => [`client ${name}`, `server ${name}`]);
  const whole = () => {
    const ids = new Set(mine().map((span) => span.spanId));
    const parents = mine().map((span) => span.parentId);
    const sides = mine().map(({ kind, name }) => `${kind} ${name}`);
    return (
      mine().length >= least &&
      parents.includes(spanId) &&
      parents.every((id) => id === spanId || ids.has(id)) &&
      needed.every((side) => sides.includes(side))
    );
  };
  await until("a whole trace", whole, 10_000);
  const spans = mine();
  assert.equal(new Set(spans.map((span) => span.spanId)).size, spans.length, "each span ends once");
  return spans;
}

/** The one span that fits. */
export function one(spans: readonly ReceivedSpan[], kind: ReceivedSpan["kind"], name: string | RegExp): ReceivedSpan {
  const found = spans.filter(
    (s) => s.kind === kind && (typeof name === "string" ? s.name === name : name.test(s.name)),
  );
  assert.equal(found.length, 1, `one ${kind} span ${name} of ${spans.map((s) => `${s.kind} ${s.name}`).join(", ")}`);
  return found[0] as ReceivedSpan;
}
