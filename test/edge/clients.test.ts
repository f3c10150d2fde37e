import assert from "node:assert/strict";
import { it, vi } from "vitest";
import { createServices } from "../../edge/hosts/clients.ts";
import { noCredentials } from "../../infra/net/credentials.ts";
import { startStack } from "../support/stack.ts";

it("pings no connection that was cut while calls ran on it", async (t) => {
  const stack = await startStack();
  t.onTestFinished(() => stack.close());
  const urls = { generateUrl: stack.generate.url, synthesizeUrl: stack.synthesize.url };
  const services = createServices(urls, noCredentials);
  const open = Promise.withResolvers<void>();
  async function* requests() {
    yield { part: { case: "config" as const, value: {} } };
    await open.promise;
  }
  const call = services.synthesize.client.synthesize(requests(), { signal: t.signal })[Symbol.asyncIterator]();
  await call.next();

  // From here on time stands still for whoever sets a timer, until it is moved by more than an idle connection's ping.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  t.onTestFinished(() => void vi.useRealTimers());
  const ended = assert.rejects(call.next());
  services.synthesize.close();
  services.generate.close();
  await ended;
  // The sockets close in a few turns of the event loop.
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  open.resolve();
});
