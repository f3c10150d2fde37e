import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { readTurn } from "../support/events.ts";
import { startProgram } from "../support/processes.ts";
import { until } from "../support/until.ts";
import { type Collector, startCollector } from "./collector.ts";
import { startHouse, type TracedHouse } from "./house.ts";

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const withoutOtel = { NODE_OPTIONS: `--import ${new URL("./refuse-otel.ts", import.meta.url).href}` };

async function turn({ customer }: TracedHouse): Promise<void> {
  const { finished } = await readTurn(
    customer.converse({ text: "[[say:Hello there, my friend.]]" }, { headers: { traceparent } }),
  );
  assert.equal(finished.outcome, Outcome.COMPLETED);
}

async function collect(t: TestContext): Promise<Collector> {
  const collector = await startCollector();
  t.onTestFinished(() => collector.close());
  return collector;
}

describe("tracing that nobody asked for", () => {
  const reasons: Record<string, (url: string) => Record<string, string>> = {
    "no variable asks for it": () => ({}),
    "it is switched off": (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SDK_DISABLED: "true" }),
    "the exporter is none": (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_EXPORTER: "none" }),
  };
  for (const [reason, otel] of Object.entries(reasons))
    it(`loads nothing and sends nothing; a caller's trace reaches the engine as it came: ${reason}`, async (t) => {
      const collector = await collect(t);
      const house = await startHouse({ ...otel(collector.url), ...withoutOtel });
      t.onTestFinished(() => house.close());
      await turn(house);
      assert.equal(house.vllm.seen().at(-1)?.headers.traceparent, traceparent);
      await house.close();
      assert.deepEqual(collector.requests, []);
    });

  it("which would be noticed: the SDK is loaded where traces are asked for", async () => {
    const asked = { OTEL_TRACES_EXPORTER: "otlp", DUET_VLLM_URL: "http://127.0.0.1:1", ...withoutOtel };
    await assert.rejects(startProgram("services/generate/run.ts", asked), /@opentelemetry\/\S+ was loaded/);
  });
});

describe("a collector", () => {
  it("gets binary OTLP over HTTP at its own path, what waits at the end too", async (t) => {
    const collector = await collect(t);
    // Long enough that nothing is sent before the processes end.
    const house = await startHouse({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: "600000" });
    t.onTestFinished(() => house.close());
    await turn(house);
    assert.deepEqual(collector.requests, []);
    await house.close();
    assert.deepEqual(new Set(collector.requests), new Set(["POST /v1/traces application/x-protobuf"]));
    assert.ok(collector.spans.length >= 6);
  });

  it("is told what the operator says of the process", async (t) => {
    const collector = await collect(t);
    const house = await startHouse({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/elsewhere`,
      OTEL_SERVICE_NAME: "my-voice",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test,team=a",
      OTEL_BSP_SCHEDULE_DELAY: "20",
    });
    t.onTestFinished(() => house.close());
    await turn(house);
    await house.close();
    assert.match(String(collector.requests[0]), /^POST \/elsewhere /);
    for (const { resource } of collector.spans)
      assert.deepEqual(
        [
          resource["service.name"],
          resource["service.namespace"],
          resource["deployment.environment.name"],
          resource.team,
        ],
        ["my-voice", "duet", "test", "a"],
      );
  });

  it("that is down disturbs no turn, and is told of in one line", async (t) => {
    const house = await startHouse({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1",
      OTEL_EXPORTER_OTLP_TIMEOUT: "100",
      OTEL_BSP_SCHEDULE_DELAY: "20",
    });
    t.onTestFinished(() => house.close());
    const programs = [house.edge, house.generate, house.synthesize];
    const lines = () => programs.map(({ written }) => written.split("some traces were not delivered").length - 1);
    await turn(house);
    await until("each process tells of it", () => lines().every((count) => count > 0));
    for (let i = 0; i < 3; i++) await turn(house);
    await house.close();
    assert.deepEqual(lines(), [1, 1, 1]);
    for (const { written } of programs) assert.match(written, /ECONNREFUSED/);
  });

  it("that never answers holds up no end", async (t) => {
    const server: Server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.onTestFinished(() => server.closeAllConnections());
    t.onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const house = await startHouse({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_SCHEDULE_DELAY: "20",
    });
    t.onTestFinished(() => house.close());
    await turn(house);
    const since = performance.now();
    await house.close();
    // The exporter's own limit is 10 s.
    assert.ok(performance.now() - since < 8_000);
  });
});
