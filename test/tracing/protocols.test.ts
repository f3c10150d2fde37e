/** The SDK speaks each protocol of OTLP, and reads a caller's trace as each propagator writes it. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { readTurn } from "../support/events.ts";
import { startCollector, startGrpcCollector } from "./collector.ts";
import { startHouse, type TracedHouse } from "./house.ts";
import type { ReceivedSpan } from "./otlp.ts";

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

async function turn({ customer }: TracedHouse, headers: Record<string, string>): Promise<void> {
  const { finished } = await readTurn(customer.converse({ text: "[[say:Hello there, my friend.]]" }, { headers }));
  assert.equal(finished.outcome, Outcome.COMPLETED);
}

it("gets the same trace over HTTP, binary and as JSON, and over gRPC", async (t) => {
  const ask = async (protocol: string, start = startCollector) => {
    const collector = await start();
    t.onTestFinished(() => collector.close());
    const house = await startHouse({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    });
    t.onTestFinished(() => house.close());
    await turn(house, { traceparent });
    await house.close();
    return collector;
  };
  const binary = await ask("http/protobuf");
  const json = await ask("http/json");
  const grpc = await ask("grpc", startGrpcCollector);
  assert.ok(binary.spans.length >= 6);
  assert.deepEqual(grpc.spans.map(toShape(grpc.spans)).sort(), binary.spans.map(toShape(binary.spans)).sort());
  const names = [...json.bytes.toString().matchAll(/"parentSpanId":"\w+","name":"([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(names.sort(), binary.spans.map(({ name }) => name).sort());
  assert.match(String(json.requests[0]), /^POST \/v1\/traces application\/json$/);
  assert.match(String(grpc.requests[0]), /^POST \S+TraceService\/Export$/);
});

it("gets the trace that a caller names as OTEL_PROPAGATORS has it, and no other", async (t) => {
  const collector = await startCollector();
  t.onTestFinished(() => collector.close());
  const house = await startHouse({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_PROPAGATORS: "b3multi",
  });
  t.onTestFinished(() => house.close());
  const [traceId, spanId] = ["463ac35c9f6413ad48485a3953bb6124", "a2fb4a1d1a96d312"];
  await turn(house, { traceparent, "x-b3-traceid": traceId, "x-b3-spanid": spanId, "x-b3-sampled": "1" });
  const [, told] = String(house.vllm.seen().at(-1)?.headers.traceparent).split("-");
  await house.close();
  assert.equal(told, traceId);
  assert.deepEqual(new Set(collector.spans.map((span) => span.traceId)), new Set([traceId]));
  assert.equal(collector.spans.find(({ name }) => name === "invoke_agent duet")?.parentId, spanId);
});

/** What two traces of the same turn have in common: whose work a span is, within which, and what is said of it. */
function toShape(spans: readonly ReceivedSpan[]): (span: ReceivedSpan) => string {
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return ({ resource, kind, name, parentId, parentIsRemote, attributes, failed }) =>
    JSON.stringify([
      [resource["service.name"], Object.keys(resource).sort()],
      [kind, name, failed],
      [names.get(parentId) ?? parentId, parentIsRemote],
      Object.keys(attributes).sort(),
    ]);
}
