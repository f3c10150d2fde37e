import { once } from "node:events";
import { connect, createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { test } from "vitest";

/** As a pool keeps its sessions. */
const kept: unknown[] = [];

test("leaves a session that lies idle and keeps nothing running", async () => {
  const server = createServer((_, response) => void response.end()).listen(0, "127.0.0.1");
  server.unref().on("session", (session) => session.unref());
  await once(server, "listening");
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(session, "remoteSettings");
  session.unref();
  kept.push(session);
});
