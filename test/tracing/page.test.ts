/** From the click on a question to both engines, by a real browser: one trace, in which each span has its parent. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { noBrowser } from "../e2e/browser.ts";
import { skipFor } from "../support/skip.ts";
import { until } from "../support/until.ts";
import { clickAndListen } from "./click.ts";
import { startCollector } from "./collector.ts";
import { startHouse } from "./house.ts";
import { generate, one, synthesize, wholeTrace } from "./spans.ts";

it(
  "a click on the page begins the trace of its turn, which is whole down to both engines",
  skipFor(noBrowser),
  async (context) => {
    const collector = await startCollector();
    context.onTestFinished(() => collector.close());
    const house = await startHouse({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: "20" });
    context.onTestFinished(() => house.close());
    await clickAndListen(house.url);

    const heard = () => collector.spans.filter(({ name }) => name === "first sound");
    await until("the page's span", () => heard().length > 0, 10_000);
    assert.equal(heard().length, 1);
    const [page] = heard();
    assert.ok(page);
    assert.deepEqual([page.service, page.kind, page.parentId, page.failed], ["duet-listener", "client", "", false]);

    const spans = await wholeTrace(collector, { traceId: page.traceId, spanId: "" });
    const agent = one(spans, "server", "invoke_agent duet");
    assert.deepEqual([agent.parentId, agent.parentIsRemote, agent.service], [page.spanId, true, "duet-edge"]);
    assert.ok(
      page.durationMs >= 1000 * Number(agent.attributes["duet.turn.time_to_first_audio"]),
      "it was heard later",
    );
    for (const name of [generate, synthesize]) {
      const asked = one(spans, "client", name);
      assert.equal(asked.parentId, agent.spanId);
      assert.equal(one(spans, "server", name).parentId, asked.spanId);
    }
    const chat = one(spans, "client", /^chat /);
    assert.equal(chat.parentId, one(spans, "server", generate).spanId);
    assert.equal(house.vllm.seen().at(-1)?.headers.traceparent, `00-${page.traceId}-${chat.spanId}-01`);
    const segments = spans.filter(({ name }) => name === "text_to_speech fish");
    assert.ok(segments.length > 0);
    for (const { parentId } of segments) assert.equal(parentId, one(spans, "server", synthesize).spanId);
    const reports = spans.filter(({ name }) => name.endsWith("/ReportPlayback"));
    assert.ok(reports.length > 0);
    for (const { parentId } of reports) assert.equal(parentId, page.spanId);
  },
);
