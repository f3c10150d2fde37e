import assert from "node:assert/strict";
import { test } from "vitest";
import { asksForTraces } from "./tracing.ts";

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" };

const rows: [NodeJS.ProcessEnv, boolean][] = [
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: " " }, false],
  [{ OTEL_SERVICE_NAME: "my-voice" }, false],
  [endpoint, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:4318/v1/traces" }, true],
  [{ OTEL_TRACES_EXPORTER: "otlp" }, true],
  [{ OTEL_TRACES_EXPORTER: "console" }, true],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: "none" }, false],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: " " }, true],
  [{ ...endpoint, OTEL_SDK_DISABLED: "TRUE" }, false],
  [{ ...endpoint, OTEL_SDK_DISABLED: "false" }, true],
];
for (const [env, asks] of rows)
  test(`${JSON.stringify(env)} ${asks ? "asks" : "does not ask"} for traces`, () => {
    assert.equal(asksForTraces(env), asks);
  });
