import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { readOtelEnv } from "./otel-env.ts";

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" };

describe("where spans go", () => {
  const rows: [NodeJS.ProcessEnv, "otlp" | "console" | undefined][] = [
    [{}, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: " " }, undefined],
    [endpoint, "otlp"],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:4318/v1/traces" }, "otlp"],
    [{ OTEL_TRACES_EXPORTER: "otlp" }, "otlp"],
    [{ OTEL_TRACES_EXPORTER: "console" }, "console"],
    [{ ...endpoint, OTEL_TRACES_EXPORTER: "none" }, undefined],
    [{ ...endpoint, OTEL_SDK_DISABLED: "TRUE" }, undefined],
    [{ ...endpoint, OTEL_SDK_DISABLED: "false" }, "otlp"],
  ];
  for (const [env, exporter] of rows)
    test(`${JSON.stringify(env)}: ${exporter ?? "nowhere"}`, () => {
      assert.equal(readOtelEnv(env).exporter, exporter);
      assert.deepEqual(readOtelEnv(env).complaints, []);
    });
});

test("samplers and batches are those of the standard, by its defaults", () => {
  assert.deepEqual(readOtelEnv(endpoint), {
    exporter: "otlp",
    sampler: "parentbased_always_on",
    ratio: 1,
    batch: { scheduledDelayMillis: 5000, maxQueueSize: 2048, maxExportBatchSize: 512, exportTimeoutMillis: 30_000 },
    complaints: [],
  });
  const { sampler, ratio, batch } = readOtelEnv({
    ...endpoint,
    OTEL_TRACES_SAMPLER: "traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0.1",
    OTEL_BSP_MAX_QUEUE_SIZE: "100",
  });
  assert.deepEqual([sampler, ratio, batch.maxExportBatchSize], ["traceidratio", 0.1, 100]);
});

describe("what cannot be had is told, and passed over", () => {
  const rows: [NodeJS.ProcessEnv, RegExp][] = [
    [{ OTEL_TRACES_EXPORTER: "zipkin" }, /^OTEL_TRACES_EXPORTER=zipkin: must be otlp, console or none/],
    [{ OTEL_TRACES_EXPORTER: "otlp", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, /http\/protobuf.*4318/],
    [{ OTEL_TRACES_SAMPLER: "jaeger_remote" }, /must be one of always_on, /],
    [{ OTEL_TRACES_SAMPLER_ARG: "2" }, /must be a number from 0 to 1; 1 is taken/],
    [{ OTEL_BSP_SCHEDULE_DELAY: "soon" }, /^OTEL_BSP_SCHEDULE_DELAY=soon: /],
  ];
  for (const [env, complaint] of rows)
    test(JSON.stringify(env), () => {
      const { complaints } = readOtelEnv(env);
      assert.equal(complaints.length, 1);
      assert.match(String(complaints[0]), complaint);
    });
});
