import assert from "node:assert/strict";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { Status } from "nice-grpc";
import { test } from "vitest";
import { formatAddress, listen } from "../../infra/net/address.ts";
import { toServerError } from "../../services/common/errors/classify.ts";

async function codeOf(work: () => Promise<unknown>) {
  const error = await work().then(
    () => assert.fail("it did not fail"),
    (thrown: unknown) => thrown,
  );
  return Status[toServerError(error).code];
}

test("what Node itself throws is classified", async (context) => {
  const silent = createServer(() => {});
  const address = await listen(silent, { host: "127.0.0.1", port: 0 }, "DUET_LISTEN");
  const url = `http://${formatAddress(address)}`;
  context.onTestFinished(() => silent.close().closeAllConnections());

  assert.equal(await codeOf(() => wait(60_000, undefined, { signal: AbortSignal.timeout(1) })), "DEADLINE_EXCEEDED");
  assert.equal(await codeOf(() => fetch(url, { signal: AbortSignal.timeout(1) })), "DEADLINE_EXCEEDED");
  assert.equal(await codeOf(() => fetch(url, { signal: AbortSignal.abort() })), "CANCELLED");
  assert.equal(await codeOf(() => wait(60_000, undefined, { signal: AbortSignal.abort() })), "CANCELLED");
});

test("nobody at the other end is UNAVAILABLE", async () => {
  const server = createServer();
  const address = await listen(server, { host: "127.0.0.1", port: 0 }, "DUET_LISTEN");
  await new Promise((resolve) => server.close(resolve));
  assert.equal(await codeOf(() => fetch(`http://${formatAddress(address)}`)), "UNAVAILABLE");
});
