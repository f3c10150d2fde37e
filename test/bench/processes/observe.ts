/**
 * Loaded into every process of a run before its own code (`node --import`): tells the one that spawned it what it has
 * used up, when asked. It costs a timer 50 times a second, the same on every side.
 */
import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { UseAnswer, UseQuestion } from "./use.ts";

const resolutionMs = 20;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();

let gc = { ms: 0, count: 0 };
const collections = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) gc = { ms: gc.ms + duration, count: gc.count + 1 };
});
collections.observe({ entryTypes: ["gc"] });
let cpu = process.cpuUsage();

process.on("message", (message: UseQuestion) => {
  if (message.type !== "use") return;
  if (message.collect) collectGarbage();
  const { user, system } = process.cpuUsage(cpu);
  const late = (nanos: number) => Math.max(0, nanos / 1e6 - resolutionMs);
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({
    type: "use",
    cpuMs: (user + system) / 1000,
    gcMs: gc.ms,
    gcCount: gc.count,
    loopDelayP99Ms: late(delay.percentile(99)),
    loopDelayMaxMs: late(delay.max),
    residentBytes: rss,
    heapBytes: heapUsed + external,
  } satisfies UseAnswer);
  cpu = process.cpuUsage();
  gc = { ms: 0, count: 0 };
  delay.reset();
});
// Being asked is no reason to go on running.
process.channel?.unref();

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
}
