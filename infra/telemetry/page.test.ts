import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createMetrics } from "./metrics.ts";
import { prefersOpenMetrics, printMetrics } from "./page.ts";

const openMetrics = "application/openmetrics-text; version=1.0.0";
const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const within = (flags: string) => ({ traceparent: `00-${trace}-00f067aa0ba902b7-${flags}` });

/** A page's values, by name and labels: without comments and exemplars. */
const valuesOf = (body: string) =>
  body
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.replace(/ # .*/, ""));

describe("the page of metrics", () => {
  for (const [accept, prefers] of [
    // Prometheus 2.42, 3.x, and one that is told to scrape plain text.
    [
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
      true,
    ],
    [
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
      true,
    ],
    ["text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1", false],
    ["Application/OpenMetrics-Text ; Q=0.5", true],
    ["application/openmetrics-text;q=0", false],
    ["application/openmetrics-text;q=much", false],
    ["text/plain", false],
    ["*/*", false],
    ["", false],
  ] as const)
    it(`is ${prefers ? "OpenMetrics" : "plain"} for: ${accept}`, () => {
      assert.equal(prefersOpenMetrics(accept), prefers);
    });

  it("says the same in both formats, whichever was asked for before", async () => {
    const metrics = createMetrics({ runtime: false });
    metrics.counter("duet_edge_odd_total", "Odd.", ["kind"]).inc({ kind: "all" }, 2);
    metrics.counter("duet_edge_told_total", "Told.", [], (counter) => {
      counter.reset();
      counter.inc(7);
    });
    metrics.gauge("duet_edge_odd_limit", "Odd.").set(3);
    metrics.histogram("duet_edge_odd_seconds", "Odd.", ["kind"]).observe({ kind: "all" }, 0.05, within("01"));
    const plain = await printMetrics(metrics.registry);
    const open = await printMetrics(metrics.registry, openMetrics);
    assert.match(plain.contentType, /^text\/plain; version=0\.0\.4/);
    assert.match(open.contentType, /^application\/openmetrics-text; version=1\.0\.0/);
    assert.deepEqual(valuesOf(open.body), valuesOf(plain.body));
    assert.ok(valuesOf(plain.body).includes("duet_edge_told_total 7"));
    assert.match(open.body, /^# TYPE duet_edge_told counter$/m);
    assert.match(open.body, /\n# EOF\n$/);
    assert.deepEqual(await printMetrics(metrics.registry), plain);
  });

  it("is told of all that Node counts too", async () => {
    const { registry } = createMetrics();
    const names = (body: string) => new Set(valuesOf(body).map((line) => line.split(/[ {]/)[0]));
    const plain = names((await printMetrics(registry)).body);
    assert.deepEqual(names((await printMetrics(registry, openMetrics)).body), plain);
    assert.ok(plain.has("duet_log_lines_dropped_total"));
  });

  it("has an exemplar of each bucket's newest trace that is recorded, for whoever reads OpenMetrics", async () => {
    const metrics = createMetrics({ runtime: false });
    const odd = metrics.histogram("duet_edge_odd_seconds", "Odd.", [], [1, 2]);
    odd.observe({}, 0.5, within("01"));
    odd.observe({}, 0.25, within("00"));
    odd.observe({}, 1.5, within("00"));
    odd.observe({}, 1.5);
    odd.observe({}, 7, within("03"));
    odd.observe({}, Number.NaN, within("01"));
    odd.observe({}, 8, { traceparent: "no trace at all 01" });
    const { body } = await printMetrics(metrics.registry, openMetrics);
    const exemplars = body.split("\n").filter((line) => line.includes(" # "));
    assert.deepEqual(
      exemplars.map((line) => line.replace(/ [\d.]+$/, "")),
      [
        `duet_edge_odd_seconds_bucket{le="1"} 2 # {trace_id="${trace}"} 0.5`,
        `duet_edge_odd_seconds_bucket{le="+Inf"} 6 # {trace_id="${trace}"} 7`,
      ],
    );
    assert.doesNotMatch((await printMetrics(metrics.registry)).body, / # /);
  });
});
