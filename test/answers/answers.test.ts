import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { afterAll, beforeAll, it, type TestContext } from "vitest";
import {
  type ConverseRequestSchema,
  Outcome,
  Role,
  SegmentSource,
} from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { eventually } from "../resume/eventually.ts";
import { follow, openEdge } from "../sessions/edges.ts";
import { checkTurn, readTurn } from "../support/events.ts";
import { startRedis } from "../support/redis.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { isWide } from "../support/wide.ts";

const answers = { keep: true, ttlMs: 3_600_000, maxCount: 100 };
// On a busy machine Redis may be slow.
const resume = { maxTurnBytes: 32 << 20, patienceMs: 10_000 };

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.05, fishWorkers: 2 });
});
afterAll(() => stack.close());

const asked = () => stack.vllm.seen().length;

async function openPair(context: TestContext) {
  const { url } = await startRedis(context);
  const options = { answers, resume };
  return [await openEdge(context, stack, url, options), await openEdge(context, stack, url, options)] as const;
}

it("an answer is given again on any edge, as it was, and told to be", async (context) => {
  const [one, other] = await openPair(context);
  const text = "[[say:We open at nine. Come and see us.]]";
  const before = asked();
  const first = await readTurn(one.client.converse({ text, resumeWindowMs: 1 }));
  assert.equal(first.started.fromCache, false);
  for (const { client } of [one, other]) {
    const again = await readTurn(client.converse({ text: `  ${text} ` }));
    assert.equal(again.started.fromCache, true);
    assert.notEqual(again.started.turnId, first.started.turnId);
    assert.deepEqual([again.text, again.pcm.equals(first.pcm)], [first.text, true]);
    const toSegments = ({ events }: typeof first) =>
      events.flatMap(({ event }) => (event.case === "segment" ? [{ ...event.value, source: 0 }] : []));
    assert.deepEqual(toSegments(again), toSegments(first));
    for (const { event } of again.events)
      if (event.case === "segment") assert.equal(event.value.source, SegmentSource.CACHE);
    assert.deepEqual([again.finished.outcome, again.finished.usage], [Outcome.COMPLETED, undefined]);
  }
  assert.equal(asked() - before, 1);
});

it("what an answer depends on is not passed over, nor who wants a new one", async (context) => {
  const { client } = await openEdge(context, stack, undefined, { answers });
  const text = "[[say:Yes.]]";
  const before = asked();
  const requests: MessageInitShape<typeof ConverseRequestSchema>[] = [
    { text },
    { text, instructions: "Be kind." },
    { text, language: "en" },
    { text, generation: { temperature: 0.5 } },
    { text, skipAnswerCache: true },
    { text, history: [{ role: Role.USER, content: "Hello." }] },
    { text, sessionId: "s" },
    { text, stop: ["x"] },
    { text: "[[say:Yes.]] today" },
    { text: "[[say:Yes.]] today" },
  ];
  for (const request of requests) assert.equal((await readTurn(client.converse(request))).started.fromCache, false);
  assert.equal(asked() - before, requests.length);
});

it("equal questions at once are one for the model, and whoever stops his own stops no other", async (context) => {
  const pair = await openPair(context);
  const count = isWide ? 200 : 40;
  const text = "[[say:We open at nine. Come and see us. We are looking forward to it.]] at once";
  const before = asked();
  const stopped = follow(pair[0].client.converse({ text }));
  const turns = Array.from({ length: count }, (_, index) =>
    readTurn((pair[index % 2] as (typeof pair)[0]).client.converse({ text })),
  );
  await stopped.has("started");
  await pair[1].client.interrupt({ turnId: stopped.turnId });
  assert.equal(await stopped.ended, undefined);
  const { outcome } = checkTurn(stopped.events).finished;
  assert.ok(outcome === Outcome.INTERRUPTED || outcome === Outcome.COMPLETED);
  const read = await Promise.all(turns);
  for (const turn of read) {
    assert.deepEqual([turn.finished.outcome, turn.finished.error?.reason], [Outcome.COMPLETED, undefined]);
    assert.ok(turn.pcm.equals(read[0]?.pcm as Buffer));
  }
  assert.equal(new Set(read.map(({ started }) => started.turnId)).size, count);
  assert.equal(asked() - before, 1);
});

it("an answer that came to no good end is not kept", async (context) => {
  const { client } = await openEdge(context, stack, undefined, { answers });
  const text = "[[fault:error-mid]] [[tokens:200]]";
  for (let time = 0; time < 2; time++) {
    const turn = await readTurn(client.converse({ text }));
    assert.deepEqual([turn.finished.outcome, turn.started.fromCache], [Outcome.FAILED, false]);
  }
});

it("what stands in the file is answered in its words, whichever way it is asked, and made before it is", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "faq.yaml");
  writeFileSync(
    file,
    "- questions: [What are your opening hours?, 你们几点开门？]\n  answer: From nine to six, every day.\n",
  );
  const before = asked();
  const { client, metrics } = await openEdge(context, stack, undefined, { answers: { ...answers, keep: false, file } });
  await eventually("it is made", async () =>
    /duet_edge_turns_total\{rpc="Answer",outcome="completed",code="OK"\} 1\n/.test(await metrics.registry.metrics()),
  );
  for (const text of ["what are your opening hours", "你们几点开门"]) {
    const turn = await readTurn(client.converse({ text }));
    assert.deepEqual([turn.started.fromCache, turn.text], [true, "From nine to six, every day."]);
  }
  assert.equal(asked(), before);
  await readTurn(client.converse({ text: "What are your opening hours?", instructions: "Say no." }));
  assert.equal(asked(), before + 1);
});
