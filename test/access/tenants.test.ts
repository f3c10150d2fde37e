import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { createGrpcClient } from "../support/callers.ts";
import { checkTurn, type Event, readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { bearer, createKeysFile, secret, signToken } from "./credentials.ts";

const file = createKeysFile();
const [acme, other] = file.write(["tenant: acme", "tenant: other"]).map(bearer) as [
  ReturnType<typeof bearer>,
  ReturnType<typeof bearer>,
];
let stack: Stack;
let customer: ReturnType<typeof createGrpcClient>;
beforeAll(async () => {
  stack = await startStack({
    timeScale: 0.02,
    edge: {
      access: "jwt",
      keys: { file: file.path },
      jwt: { secret, audience: "duet", tenantClaim: "tenant" },
    },
  });
  customer = createGrpcClient(stack.url);
});
afterAll(async () => {
  customer.close();
  await stack.close();
  file.remove();
});

const refused = (code: Code) => (error: ConnectError) => error.code === code;

it("nothing of a tenant can be read, changed or removed by another, nor told from what is not there", async () => {
  const { client } = customer;
  const turn = await readTurn(
    client.converse({ text: "[[say:A secret.]]", sessionId: "s", userId: "ada", resumeWindowMs: 1 }, acme),
  );
  const { turnId } = turn.started;

  await assert.rejects(client.getSession({ sessionId: "s" }, other), refused(Code.NotFound));
  assert.deepEqual((await client.listSessions({ userId: "ada" }, other)).sessions, []);
  await assert.rejects(client.reportPlayback({ turnId, played: { segment: 0 } }, other), refused(Code.NotFound));
  await assert.rejects(readTurn(client.resume({ turnId }, other) as AsyncIterable<Event>), refused(Code.NotFound));
  assert.ok((await readTurn(client.resume({ turnId }, acme) as AsyncIterable<Event>)).finished);
  await client.deleteSession({ sessionId: "s" }, other);
  // It may have a session of the same name, which is another one.
  await readTurn(client.converse({ text: "[[say:Mine.]]", sessionId: "s", userId: "ada" }, other));
  assert.deepEqual(
    (await client.getSession({ sessionId: "s" }, other)).messages.map(({ text }) => text),
    ["[[say:Mine.]]", "Mine."],
  );

  const { messages } = await client.getSession({ sessionId: "s" }, acme);
  assert.deepEqual(
    messages.map(({ text }) => text),
    ["[[say:A secret.]]", "A secret."],
  );
  assert.equal((await client.listSessions({ userId: "ada" }, acme)).sessions.length, 1);
});

for (const sessionId of ["", "running"])
  it(`a turn ${sessionId && "of a session "}is stopped by its own tenant alone`, async () => {
    const { client } = customer;
    const events: Event[] = [];
    for await (const event of client.converse({ text: "[[tokens:400]]", sessionId }, acme)) {
      events.push(event);
      if (event.event.case !== "started") continue;
      const { turnId } = event.event.value;
      await assert.rejects(client.interrupt({ turnId }, other), refused(Code.NotFound));
      assert.equal(stack.edge.turnCount, 1);
      await client.interrupt({ turnId }, acme);
    }
    assert.equal(checkTurn(events).finished.outcome, Outcome.INTERRUPTED);
    await until("no turn runs", () => stack.edge.turnCount === 0);
  });

it("a person of a tenant cannot read the sessions of another, whom a token names", async () => {
  const { client } = customer;
  const ada = bearer(await signToken({ sub: "ada" }));
  const bob = bearer(await signToken({ sub: "bob" }));
  await readTurn(client.converse({ text: "[[say:Hello.]]", sessionId: "hers" }, ada));
  assert.equal((await client.getSession({ sessionId: "hers" }, ada)).session?.userId, "ada");
  for (const call of [
    () => client.getSession({ sessionId: "hers" }, bob),
    () => client.deleteSession({ sessionId: "hers" }, bob),
    () => readTurn(client.converse({ text: "And?", sessionId: "hers" }, bob)),
  ])
    await assert.rejects(call(), refused(Code.PermissionDenied));
  // Whoever they say they are, the token tells.
  assert.deepEqual((await client.listSessions({ userId: "ada" }, bob)).sessions, []);
});
