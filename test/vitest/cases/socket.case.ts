import { once } from "node:events";
import { connect, createServer } from "node:net";
import { test } from "vitest";

test("leaves both ends of a connection", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect(server.address() as { port: number });
  await once(client, "connect");
  server.close();
});
