/**
 * Every way in which a caller may leave, by every protocol: a second later nothing of his turn is left, here, at the
 * services or at the engines.
 */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { sayAdmin, untilIdle } from "../support/gauges.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { type Asked, type AskOptions, ask, rawProtocols } from "./leaving/ask.ts";

const limitMs = 1_000;
// Some minutes of speech, written over seconds: whatever happens in it happens in mid-answer.
const question = "[[tokens:2000]]";
const protocols = Object.entries(rawProtocols);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    timeScale: 0.1,
    fishWorkers: 3,
    settings: { ...sayAdmin, DUET_GENERATE_MAX_TOKENS: "8192" },
  });
  await untilIdle(stack);
});
afterAll(() => stack.close());
afterEach(async () => {
  await until("no turn, no connection", () => stack.edge.turnCount + stack.edge.connectionCount === 0, limitMs);
  await until("the model stops", () => stack.vllm.seen().every(({ state }) => state !== "running"), limitMs);
  await untilIdle(stack, limitMs);
});

const reads = (asked: Asked) => until("an answer", () => asked.received > 10_000);
const running = () => stack.vllm.seen().filter(({ state }) => state === "running").length;

/** How a caller asks, what he waits for, and how he leaves. */
const ways: Record<string, { how?: AskOptions; until?: (asked: Asked) => Promise<void>; leave(asked: Asked): void }> = {
  "closes in the middle of the request": { how: { half: true }, leave: ({ socket }) => socket.destroy() },
  "closes as soon as the question is asked": { leave: ({ socket }) => socket.destroy() },
  "closes while reading": { until: reads, leave: ({ socket }) => socket.destroy() },
  "closes its own side while reading": { until: reads, leave: ({ socket }) => socket.end() },
  "resets the connection while reading": { until: reads, leave: ({ socket }) => socket.resetAndDestroy() },
  "closes with an answer that it never took": {
    how: { stalls: true },
    until: () => until("the model writes", () => running() > 0),
    leave: ({ socket }) => socket.destroy(),
  },
};

for (const [way, { how, until: ready, leave }] of Object.entries(ways))
  describe(`a caller that ${way}`, () => {
    for (const [name, protocol] of protocols)
      it(`leaves nothing behind: ${name}`, async () => {
        const asked = await ask(stack.url, protocol, question, how);
        await ready?.(asked);
        leave(asked);
      });
  });

describe("a process that is killed", () => {
  for (const manner of ["reads", "stalls"])
    it(`while it ${manner}, with a call in each protocol, leaves nothing behind`, async () => {
      const program = fileURLToPath(new URL("leaving/crowd.ts", import.meta.url));
      const child = fork(program, [stack.url, question, manner]);
      const ended = once(child, "exit");
      await once(child, "message");
      await until("all turns run", () => stack.edge.turnCount === protocols.length);
      child.kill("SIGKILL");
      await ended;
    });
});

it("a connection that is closed before anything was asked is gone", async () => {
  const socket = connect(stack.edge.address.port, stack.edge.address.host);
  await once(socket, "connect");
  socket.destroy();
  assert.equal(stack.edge.turnCount, 0);
});
