import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, it } from "vitest";
import { type Stack, startStack } from "../support/stack.ts";
import { bearer, createKeysFile, secret, signToken } from "./credentials.ts";
import { startOne, told } from "./edges.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.02 });
});
afterAll(() => stack.close());

it("an address that sends too much that is wrong is not listened to for a while, and no other one", async (context) => {
  const file = createKeysFile();
  context.onTestFinished(() => file.remove());
  const [key = "", old = ""] = file.write(["tenant: acme", "tenant: acme, expires: 2020-01-01"]);
  const { client } = await startOne(context, stack, {
    access: "jwt",
    jwt: { secret, audience: "duet", tenantClaim: "tenant" },
    keys: { file: file.path },
    trustedProxies: ["127.0.0.1"],
    maxFailedTriesPerPeer: 4,
    unixNow: Date.now,
  });
  const ask = (credential: string | undefined, address: string) => {
    const headers = { ...(credential && bearer(credential).headers), "x-forwarded-for": address };
    return client.getStatus({}, { headers }).then(
      () => "let in",
      (error: ConnectError) => told(error),
    );
  };
  const wrongKey = key.replace(/.{5}$/, "aaaaa");
  const wrongToken = await signToken({}, "another secret of more than 32 characters");
  const [attacker, other] = ["203.0.113.7", "203.0.113.8"];
  for (const harmless of [undefined, old, key]) await ask(harmless, attacker);
  const tries = [wrongKey, wrongToken, "nonsense", wrongKey];
  for (const wrong of tries)
    assert.equal(((await ask(wrong, attacker)) as { reason: string }).reason, "CREDENTIALS_WRONG");
  for (const credential of [wrongKey, wrongToken, key, undefined]) {
    const refusal = (await ask(credential, attacker)) as ReturnType<typeof told>;
    assert.equal(refusal.reason, "TOO_MANY_FAILED_TRIES");
    assert.ok(Number(refusal.retryAfter) > 50 && Number(refusal.retryAfter) <= 60, `${refusal.retryAfter}`);
  }
  assert.deepEqual([await ask(key, other), await ask(key, "2001:db8::1")], ["let in", "let in"]);
  for (let index = 0; index < 5; index++) await ask(wrongKey, `2001:db8::${index + 1}`);
  assert.equal(
    ((await ask(key, "2001:db8::ffff")) as { reason: string }).reason,
    "TOO_MANY_FAILED_TRIES",
    "a /64 is one address",
  );
  await assert.rejects(client.getStatus({}, { headers: { "x-forwarded-for": attacker } }), {
    code: Code.ResourceExhausted,
  });
});
