/**
 * A click on the page, in a real Chromium, comes to a real Jaeger as one trace down to both engines, and Jaeger finds
 * nothing wrong with it. Go builds Jaeger once, for some minutes; it stays in .cache/jaeger. Run by .ci/full:
 *
 *   npx node test/tracing/jaeger/main.ts
 */
import assert from "node:assert/strict";
import { lacksGo } from "../../support/go.ts";
import { clickAndListen } from "../click.ts";
import { startHouse } from "../house.ts";
import { type JaegerSpan, type JaegerTrace, startJaeger } from "./server.ts";

/** Each span of a turn with its parent; how often one is there is for the turn to say. */
const expected = [
  "duet-listener: first sound",
  "duet-edge: invoke_agent duet < first sound",
  "duet-edge: duet.assistant.v1.AssistantService/ReportPlayback < first sound",
  "duet-edge: duet.generate.v1.GenerateService/Generate < invoke_agent duet",
  "duet-edge: duet.synthesize.v1.SynthesizeService/Synthesize < invoke_agent duet",
  "duet-generate: duet.generate.v1.GenerateService/Generate < duet.generate.v1.GenerateService/Generate",
  "duet-generate: chat duet-script < duet.generate.v1.GenerateService/Generate",
  "duet-synthesize: duet.synthesize.v1.SynthesizeService/Synthesize < duet.synthesize.v1.SynthesizeService/Synthesize",
  "duet-synthesize: text_to_speech fish < duet.synthesize.v1.SynthesizeService/Synthesize",
];

const reason = lacksGo();
if (reason === false) await check();
else process.stdout.write(`not run: a trace in Jaeger, since ${reason}\n`);

async function check(): Promise<void> {
  const jaeger = await startJaeger();
  try {
    const house = await startHouse({ OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpUrl });
    // What waits is sent before the processes end.
    await clickAndListen(house.url).finally(() => house.close());
    const traces = await jaeger.tracesOf("duet-listener");
    assert.equal(traces.length, 1, "one trace");
    const lines = describe(traces[0] as JaegerTrace);
    process.stdout.write(`Jaeger has one trace of a click:\n${lines.map((line) => `  ${line}\n`).join("")}`);
    assert.deepEqual(new Set(lines), new Set(expected));
  } finally {
    await jaeger.stop();
  }
}

/**
 * A line for each span: its service, its name, its parent's. Throws where Jaeger warns, or has no such parent. Of
 * clocks it warns too: spans begin at whole milliseconds, and the first one is told of over the network.
 */
function describe({ spans, processes }: JaegerTrace): string[] {
  const byId = new Map(spans.map((span) => [span.spanID, span]));
  return spans
    .toSorted((a, b) => a.startTime - b.startTime)
    .map((span) => {
      const { operationName, processID, references, warnings } = span;
      assert.deepEqual(warnings?.filter((warning) => !/^clock skew/.test(warning)) ?? [], [], operationName);
      const parents = references.map(({ refType, spanID }) => {
        assert.equal(refType, "CHILD_OF");
        return ` < ${(byId.get(spanID) as JaegerSpan).operationName}`;
      });
      return `${processes[processID]?.serviceName}: ${operationName}${parents.join("")}`;
    });
}
