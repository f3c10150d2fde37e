import assert from "node:assert/strict";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Outcome, Role } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { checkTurn, readTurn } from "../support/events.ts";
import { startRedis } from "../support/redis.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { type Client, type EdgeProgram, follow, shownOf, startEdgeProgram } from "./edges.ts";

// A turn takes some seconds here, most of them the start of a process: all forty are for whoever has the time.
const turns = Number(process.env.SESSION_TURNS ?? 6);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ fishWorkers: 2, timeScale: 0.05 });
});
afterAll(() => stack.close());

/**
 * Holds a session to what its caller has seen of it: every turn in its place, once, and of each answer what it was
 * sent.
 */
async function assertKept(client: Client, asked: readonly { question: string; seen: string; spoken: string }[]) {
  const { messages } = await client.getSession({ sessionId: "s" });
  const of = (role: Role) => messages.filter((message) => message.role === role).map(({ text }) => text);
  assert.deepEqual(
    of(Role.USER),
    asked.map(({ question }) => question),
  );
  for (const [index, text] of of(Role.ASSISTANT).entries()) {
    const { seen = "", spoken = "" } = asked[index] ?? {};
    // What was on its way to the caller when the process ended may be in one of them and not yet in the other.
    assert.ok(seen.startsWith(text) || text.startsWith(seen), `${index}: ${text} and ${seen}`);
    assert.ok(text.startsWith(spoken), `${index}: all that was being spoken is kept`);
  }
  assert.equal(messages.length, 2 * asked.length);
}

it(`a conversation of ${turns} turns goes on over edges that are killed, and a Redis that is restarted`, {
  timeout: 60_000 + turns * 15_000,
}, async (context) => {
  const redis = await startRedis(context, "--appendonly", "yes");
  const edges: EdgeProgram[] = [];
  const start = async (index: number) => {
    edges[index] = await startEdgeProgram(stack, redis.url);
  };
  const kill = async (index: number) => {
    process.kill(edges[index]?.pid as number, "SIGKILL");
    edges[index]?.leave();
    await edges[index]?.stop();
  };
  context.onTestFinished(async () => {
    for (const [index] of edges.entries()) await kill(index).catch(() => {});
  });
  await Promise.all([start(0), start(1)]);
  const asked: { question: string; seen: string; spoken: string }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const [here, there] = [turn % 2, (turn + 1) % 2];
    const question = `${turn}? [[tokens:${60 + ((turn * 37) % 90)}]]`;
    const running = follow((edges[here] as EdgeProgram).client.converse({ text: question, sessionId: "s" }));
    await running.has("segment", 1 + (turn % 3));
    const isKilled = turn % 4 !== 3;
    if (isKilled) await kill(here);
    const error = await running.ended;
    const segments = running.events.flatMap(({ event }) => (event.case === "segment" ? [event.value] : []));
    assert.equal(error === undefined, !isKilled, `turn ${turn}`);
    // The last one may not have been noted when the process ended.
    const spokenTo = segments.at(isKilled ? -2 : -1)?.end ?? 0;
    const spoken = isKilled && segments.length < 2 ? "" : [...running.text].slice(0, spokenTo).join("");
    asked.push({ question, seen: running.text, spoken });
    await assertKept((edges[there] as EdgeProgram).client, asked);
    if (turn === Math.floor(turns / 3) || turn === Math.floor((2 * turns) / 3)) await redis.restart();
    if (isKilled && turn % 5 === 2) {
      // No edge at all.
      await kill(there);
      await start(there);
    }
    if (isKilled) await start(here);
    await expect
      .poll(
        () =>
          shownOf((edges[there] as EdgeProgram).client, "s").then(
            () => true,
            () => false,
          ),
        { timeout: 5_000 },
      )
      .toBe(true);
    await assertKept((edges[there] as EdgeProgram).client, asked);
  }
  const prompt = stack.vllm.seen().at(-1)?.body as { messages: { role: string; content: string }[] };
  const questions = prompt.messages
    .filter(({ role }) => role === "user")
    .map(({ content }) => content)
    .join("\n");
  for (const { question } of asked)
    assert.equal(questions.split(question).length, 2, `the model is given ${question} once`);
});

it("a turn whose edge answers nobody is outlived, and tells what was heard when it comes back", async (context) => {
  const redis = await startRedis(context);
  const edges = [await startEdgeProgram(stack, redis.url), await startEdgeProgram(stack, redis.url)] as const;
  context.onTestFinished(async () => {
    for (const edge of edges) {
      process.kill(edge.pid, "SIGCONT");
      edge.leave();
      await edge.stop();
    }
  });
  const [frozen, other] = edges;
  const first = follow(frozen.client.converse({ text: "One? [[tokens:2000]]", sessionId: "s" }));
  await first.has("segmentDone", 2);
  process.kill(frozen.pid, "SIGSTOP");
  const second = await readTurn(other.client.converse({ text: "Two? [[say:Two.]]", sessionId: "s" }));
  const lines = await shownOf(other.client, "s");
  assert.match(lines[1] ?? "", /^assistant: .+\| interrupted \| estimated$/s);
  assert.deepEqual(lines.slice(2), ["user: Two? [[say:Two.]]", `assistant: ${second.text} | estimated`]);
  process.kill(frozen.pid, "SIGCONT");
  assert.equal(await first.ended, undefined);
  assert.equal(checkTurn(first.events).finished.outcome, Outcome.INTERRUPTED);
  const after = await shownOf(frozen.client, "s");
  assert.deepEqual(after.slice(2), lines.slice(2));
});
