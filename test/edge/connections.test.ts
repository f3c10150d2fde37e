import assert from "node:assert/strict";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { it } from "vitest";
import { startEdge } from "../../edge/edge.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog, type Log } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { until } from "../support/until.ts";

/** The options of an edge whose connections are all that counts. */
const options = {
  listen: { host: "127.0.0.1", port: 0 },
  generateUrl: "http://127.0.0.1:1",
  synthesizeUrl: "http://127.0.0.1:1",
  corsOrigins: [],
  instructions: "",
  scripted: true,
  maxTurns: 1,
  page: async () => false,
  log: createLog({ service: "edge", level: "silent" }),
  clock: systemClock,
};

/** An address of this machine that others reach, as a container has one. */
const outer = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === "IPv4" && !one.internal)?.address;

it("an address has its share of an edge's connections, a quarter unless told, and a trusted proxy has no share", async (t) => {
  if (outer === undefined) return t.skip("this machine has no address but its own");
  for (const [limits, wanted] of [
    [{ maxConnections: 22 }, 6],
    [{ maxConnections: 22, maxConnectionsPerPeer: 9 }, 9],
    [{ maxConnections: 22, trustedProxies: [outer] }, 22],
  ] as const) {
    const listen = { host: "0.0.0.0", port: 0 };
    const edge = await startEdge({ ...options, listen, ...limits, metrics: createMetrics({ runtime: false }) });
    t.onTestFinished(() => edge.drain(0));
    const sockets = Array.from({ length: 30 }, () => connect(edge.address.port, outer).on("error", () => {}));
    t.onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
    await until("those beyond are cut", () => sockets.filter(({ closed }) => closed).length === 30 - wanted);
    assert.equal(edge.connectionCount, wanted);
  }
});

it("an edge counts the connections that it cuts, and tells of them once with the setting", async (t) => {
  const warned: string[] = [];
  const log = {
    debug() {},
    info() {},
    error() {},
    warn: (_: object, told: string) => warned.push(told),
  } as never as Log;
  const metrics = createMetrics({ runtime: false });
  const edge = await startEdge({ ...options, maxConnections: 3, log, metrics });
  t.onTestFinished(() => edge.drain(0));
  const sockets = Array.from({ length: 10 }, () => connect(edge.address.port, "127.0.0.1").on("error", () => {}));
  t.onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
  await until("those beyond are cut", () => sockets.filter(({ closed }) => closed).length === 7);
  assert.equal(edge.connectionCount, 3);
  assert.match(await metrics.registry.metrics(), /duet_edge_connections_refused_total\{kind="all"\} 7/);
  const told = warned.filter((line) => line.includes("DUET_EDGE_MAX_CONNECTIONS"));
  assert.equal(told.length, 1);
});
