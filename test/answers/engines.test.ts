import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { type TestContext, test } from "vitest";
import { GenerateService } from "../../edge/gen/duet/generate/v1/generate_pb.ts";
import { SynthesizeService } from "../../edge/gen/duet/synthesize/v1/synthesize_pb.ts";
import { createServices } from "../../edge/hosts/clients.ts";
import { createReadEngines } from "../../edge/hosts/engines.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { noCredentials } from "../../infra/net/credentials.ts";
import { until } from "../support/until.ts";

/** Both services on one port, of which the model's side can be held up. */
async function startServices(context: TestContext) {
  const peer = { model: "one", asked: 0, free: Promise.resolve() };
  const server = createServer(
    connectNodeAdapter({
      routes(router) {
        router.service(GenerateService, {
          async getEngine() {
            peer.asked++;
            await peer.free;
            return { servers: [{ model: peer.model }] };
          },
        });
        router.service(SynthesizeService, { getEngine: () => ({}), listVoices: () => ({}) });
      },
    }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const services = createServices({ generateUrl: url, synthesizeUrl: url }, noCredentials);
  context.onTestFinished(() => {
    services.generate.close();
    services.synthesize.close();
    server.close();
  });
  return { peer, services };
}

test("what answers is asked for again before it is too old, and nobody waits for that who asks often", async (context) => {
  const { peer, services } = await startServices(context);
  const clock = createVirtualClock();
  const read = createReadEngines(services, clock);
  const first = await read();
  assert.match(`${first}`, /one/);
  await clock.advance(499);
  assert.equal(await read(), first);
  assert.equal(peer.asked, 1);

  let free = () => {};
  peer.free = new Promise((resolve) => {
    free = resolve;
  });
  peer.model = "two";
  await clock.advance(1);
  for (const _ of [1, 2]) assert.equal(await read(), first);
  await until("it is asked again, once", () => peer.asked === 2);
  await clock.advance(500);
  const late = read();
  free();
  assert.match(`${await late}`, /two/, "what is a second old is not told");
  assert.match(`${await read()}`, /two/);
});

test("where a service is away nothing is told, until it is asked again", async (context) => {
  const { peer, services } = await startServices(context);
  const clock = createVirtualClock();
  const read = createReadEngines(services, clock);
  peer.free = Promise.reject(new Error("away"));
  peer.free.catch(() => {});
  assert.equal(await read(), undefined);
  peer.free = Promise.resolve();
  await clock.advance(1_000);
  assert.match(`${await read()}`, /one/);
});
