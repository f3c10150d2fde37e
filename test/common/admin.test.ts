import assert from "node:assert/strict";
import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { it } from "vitest";
import { listen } from "../../infra/net/address.ts";
import { createAdminServer } from "../../infra/net/admin.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";

it("what an admin port tells is of the moment, and stored by nobody", async (t) => {
  let reason: string | undefined;
  const server = createAdminServer({ metrics: createMetrics({ runtime: false }), notReady: async () => reason });
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "a setting");
  t.onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  for (const [path, headers, status] of [
    ["/metrics", {}, 200],
    ["/healthz", {}, 200],
    ["/readyz", {}, 200],
    ["/readyz", {}, 503],
    ["/nothing", {}, 404],
    ["/metrics", { origin: "https://evil.example" }, 403],
  ] as const) {
    reason = status === 503 ? "the model is away" : undefined;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close", ...headers } });
    await response.text();
    assert.deepEqual([response.status, response.headers.get("cache-control")], [status, "no-store"], path);
  }
});

it("an admin port that others reach serves no name that a page could have pointed here", async (t) => {
  const server = createAdminServer({ metrics: createMetrics({ runtime: false }), notReady: async () => undefined });
  const { port } = await listen(server, { host: "0.0.0.0", port: 0 }, "a setting");
  t.onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const ask = (address: string, host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request({ host: address, port, path: "/metrics", agent: false, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on("error", reject).end();
    });
  for (const { address } of own.filter(({ family }) => family === "IPv4")) {
    assert.equal(await ask(address, `evil.example:${port}`), 403, address);
    for (const host of [`${address}:${port}`, `net:${port}`]) assert.equal(await ask(address, host), 200);
  }
});
