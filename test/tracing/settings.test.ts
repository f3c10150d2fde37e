/**
 * What an `OTEL_*` variable says and the SDK cannot follow is told in the log, with the variable's name, and stops
 * nothing.
 */
import assert from "node:assert/strict";
import { it, type TestContext } from "vitest";
import { startProgram } from "../support/processes.ts";

const anywhere = "127.0.0.1:0";

/** What Generate says of its variables as it starts. */
async function complaints(t: TestContext, otel: Record<string, string>) {
  const program = await startProgram("services/generate/main.ts", {
    ...otel,
    DUET_VLLM_URL: "http://127.0.0.1:1",
    DUET_GENERATE_LISTEN: anywhere,
    DUET_GENERATE_ADMIN_LISTEN: anywhere,
  });
  t.onTestFinished(() => program.stop());
  assert.doesNotMatch(program.written, /secret/);
  const lines = program.written.split("\n").filter((line) => line.includes("cannot be used"));
  const told = lines.map((line) => JSON.parse(line) as { cause: string; set: string[] });
  for (const { set } of told) assert.deepEqual(set.toSorted(), Object.keys(otel).sort());
  return told.map(({ cause }) => cause).join("\n");
}

it("values that are none of a variable's", async (t) => {
  const told = await complaints(t, {
    OTEL_EXPORTER_OTLP_ENDPOINT: "somebody secret",
    OTEL_EXPORTER_OTLP_PROTOCOL: "smoke",
    OTEL_TRACES_EXPORTER: "otlp,pigeon",
    OTEL_TRACES_SAMPLER: "traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "2",
    OTEL_BSP_SCHEDULE_DELAY: "soon",
    OTEL_PROPAGATORS: "carrier",
    OTEL_NODE_RESOURCE_DETECTORS: "weather",
  });
  assert.match(told, /'OTEL_EXPORTER_OTLP_ENDPOINT'/, "the name instead of what may hold a password");
  for (const value of ["smoke", "pigeon", "OTEL_TRACES_SAMPLER_ARG=2", "soon", "carrier", "weather"])
    assert.ok(told.includes(value), `${value} is not in ${told}`);
});

it("a sampler that is none", async (t) => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" };
  assert.match(await complaints(t, { ...endpoint, OTEL_TRACES_SAMPLER: "jaeger_remote" }), /jaeger_remote/);
});

it("an endpoint that gRPC cannot reach, with a password in it", async (t) => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://somebody:secret@:x" };
  assert.match(await complaints(t, { ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }), /Invalid URL/);
});
