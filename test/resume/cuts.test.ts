import assert from "node:assert/strict";
import { afterAll, beforeAll, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { createRandom } from "../../infra/random/random.ts";
import { openEdge } from "../sessions/edges.ts";
import { startRedis } from "../support/redis.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { readCut } from "./cuts.ts";

const mostCuts = Number(process.env.RESUME_CUTS ?? 40);
const seed = Number(process.env.RESUME_SEED ?? Date.now() % 1_000_000);
const sentence = "This is a sentence of some length, which is heard for a few seconds in all. ";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.02, fishWorkers: 4 });
});
afterAll(() => stack.close());

it(`turns are whole over two edges after ${mostCuts} random cuts (RESUME_SEED=${seed})`, {
  timeout: 60_000 + mostCuts * 500,
}, async (context) => {
  const { url } = await startRedis(context);
  // On a busy machine Redis may be slow: what comes of that is another test.
  const options = { resume: { maxTurnBytes: 32 << 20, patienceMs: 10_000 } };
  const edges = [await openEdge(context, stack, url, options), await openEdge(context, stack, url, options)];
  const random = createRandom(seed);
  let cuts = 0;
  for (let turn = 0; cuts < mostCuts; turn++) {
    const said = `${turn}. ${sentence.repeat(1 + Math.floor(random() * 3))}`.trim();
    const few = Math.min(mostCuts - cuts, 1 + Math.floor(random() * 12));
    const read = await readCut(
      edges.map(({ client }) => client),
      `[[say:${said}]]`,
      few,
      random,
    );
    assert.equal(read.finished.outcome, Outcome.COMPLETED);
    assert.equal(read.text.trim(), said);
    assert.ok(read.pcm.length > 44_100);
    cuts += read.cuts;
  }
});
