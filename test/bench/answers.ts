/**
 * How soon the first sound of a kept answer comes, and what equal questions at once cost: two edges, each a process of
 * its own, on one real Redis, stand-ins behind them.
 *
 *     node test/bench/answers.ts
 *
 * Prints the first audio from the request, by the edge's own clock and by the customer's, p50 and p99 of 500 questions
 * one after the other, a moment apart, then how often the model was asked for 200 equal questions at once. Ends with 1
 * where that is not once.
 */
import type { TestContext } from "vitest";
import { collectByWhatIsHeld } from "../../infra/process/collect.ts";
import { startEdgeProgram } from "../sessions/edges.ts";
import { readTurn } from "../support/events.ts";
import { percentile } from "../support/load.ts";
import { startRedis } from "../support/redis.ts";
import { startStack } from "../support/stack.ts";

// Services and customers in here, as they do in processes of their own.
collectByWhatIsHeld();
const write = (line: string) => process.stdout.write(`${line}\n`);
const ends: (() => unknown)[] = [];
const context = { onTestFinished: (end: () => unknown) => ends.push(end) } as unknown as TestContext;

const { url } = await startRedis(context);
const stack = await startStack({ timeScale: 0.2 });
ends.unshift(() => stack.close());
const settings = { DUET_EDGE_ANSWERS_KEEP: "1" };
const edges = [await startEdgeProgram(stack, url, settings), await startEdgeProgram(stack, url, settings)] as const;
for (const edge of edges)
  ends.unshift(async () => {
    edge.leave();
    await edge.stop();
  });
const text = "[[say:We open at nine. Come and see us.]]";

await readTurn(edges[0].client.converse({ text }));
const [inside, outside]: [number[], number[]] = [[], []];
for (let turn = 0; turn < 600; turn++) {
  // As one asks who has heard the answer before, not while its last sound is still being taken.
  await new Promise((resolve) => setTimeout(resolve, 30));
  const begun = performance.now();
  let heardMs: number | undefined;
  for await (const { event } of (edges[turn % 2] as (typeof edges)[0]).client.converse({ text })) {
    if (event.case === "audio") heardMs ??= performance.now() - begun;
    if (event.case !== "finished" || turn < 100) continue;
    inside.push(event.value.timings?.firstAudioMs ?? Number.NaN);
    outside.push(heardMs ?? Number.NaN);
  }
}
for (const [where, figures] of Object.entries({ "in the edge": inside, "at the customer": outside }))
  write(
    `first audio ${where}: p50 ${percentile(figures, 0.5).toFixed(1)} ms, p99 ${percentile(figures, 0.99).toFixed(1)} ms`,
  );

const before = stack.vllm.seen().length;
const many = Array.from({ length: 200 }, (_, index) =>
  Array.fromAsync((edges[index % 2] as (typeof edges)[0]).client.converse({ text: `${text} at once` })),
);
for (const turn of await Promise.all(many))
  if (turn.at(-1)?.event.case !== "finished") throw new Error("a turn was cut");
const asked = stack.vllm.seen().length - before;
write(`200 equal questions at once: the model was asked ${asked} time${asked === 1 ? "" : "s"}`);
if (asked !== 1) process.exitCode = 1;
for (const end of ends.reverse()) await end();
