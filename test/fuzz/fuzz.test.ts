/**
 * Requests drawn at random to every port and in every protocol, as they should be and spoilt in every part: nothing
 * crashes, nothing hangs, and whatever is refused is refused with a code and a reason of its own.
 *
 * The seed is printed; `FUZZ_SEED=7 FUZZ_REQUESTS=10000 npm test -- test/fuzz` draws the same requests again.
 */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { formatAddress } from "../../infra/net/address.ts";
import { createRandom } from "../../infra/random/random.ts";
import { freePort } from "../proxies/proxy.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { createDraw, type Draw, drawCall, drawGrpc, drawRaw } from "./draw.ts";
import { judgeEdge, judgeGrpc, judgeRaw } from "./judge.ts";
import { openHttp2, sendHttp1, sendHttp2, sendRaw } from "./send.ts";

const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
/** Of each target; there are eight. */
const count = Math.ceil(Number(process.env.FUZZ_REQUESTS ?? 400) / 8);
/** How many are sent at once. */
const atOnce = 8;
const timeout = 60_000 + count * 100;

let stack: Stack;
let admins: string[];
beforeAll(async () => {
  const ports = [await freePort(), await freePort()];
  stack = await startStack({
    timeScale: 0,
    edge: { adminListen: { host: "127.0.0.1", port: 0 }, maxTurnsPerPeer: 400 },
    settings: {
      DUET_GENERATE_ADMIN_LISTEN: `127.0.0.1:${ports[0]}`,
      DUET_SYNTHESIZE_ADMIN_LISTEN: `127.0.0.1:${ports[1]}`,
    },
  });
  assert.ok(stack.edge.adminAddress);
  admins = [formatAddress(stack.edge.adminAddress), ...ports.map((port) => `127.0.0.1:${port}`)].map(
    (at) => `http://${at}`,
  );
});
afterAll(() => stack.close());
afterEach(async () => {
  await until("no turn is left", () => stack.edge.turnCount === 0, 20_000);
  const { client, close } = createGrpcClient(stack.url);
  await readTurn(client.converse({ text: "hello" }));
  close();
});

/** Sends what `sendOne` draws and sends, some at once; what is wrong with each answer it says. */
async function fuzz(salt: number, sendOne: (draw: Draw) => Promise<string | undefined>): Promise<void> {
  const draw = createDraw(createRandom(seed + salt));
  const faults: string[] = [];
  let left = count;
  const work = async () => {
    while (left-- > 0) {
      const fault = await sendOne(draw).catch((error: unknown) => String(error));
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  assert.deepEqual([...new Set(faults)].slice(0, 10), [], `${faults.length} of ${count}`);
}

const generate = ["/duet.generate.v1.GenerateService/Generate", "/duet.generate.v1.GenerateService/GetEngine"];
const synthesize = ["Synthesize", "ListVoices", "GetEngine"].map(
  (name) => `/duet.synthesize.v1.SynthesizeService/${name}`,
);
const probes = ["/grpc.health.v1.Health/Check", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"];

describe(`${count * 8} requests with seed ${seed}`, () => {
  it("the edge over HTTP/1.1: Connect, gRPC-Web, in text too, and JSON", { timeout }, () =>
    fuzz(1, async (draw) => {
      const request = drawCall(draw, false);
      return describeFault(judgeEdge(await sendHttp1(stack.url, request), request.method), request);
    }),
  );

  it("the edge over HTTP/2: all of these and gRPC", { timeout }, async () => {
    const session = await openHttp2(stack.url);
    await fuzz(2, async (draw) => {
      const request = drawCall(draw, true);
      return describeFault(judgeEdge(await sendHttp2(session, request), request.method), request);
    });
    session.close();
  });

  it("health and reflection of the edge", { timeout }, async () => {
    const session = await openHttp2(stack.url);
    await fuzz(3, async (draw) => {
      const request = drawGrpc(draw, probes);
      const { "content-type": type } = request.headers;
      const answer = await sendHttp2(session, request);
      return describeFault(type === "application/grpc" ? judgeEdge(answer) : undefined, request);
    });
    session.close();
  });

  for (const [name, salt, paths] of [
    ["generate", 4, [...generate, ...probes]],
    ["synthesize", 5, [...synthesize, ...probes]],
  ] as const)
    it(`${name} over gRPC`, { timeout }, async () => {
      const session = await openHttp2(stack[name].url);
      await fuzz(salt, async (draw) => {
        const request = drawGrpc(draw, paths);
        return describeFault(judgeGrpc(await sendHttp2(session, request)), request);
      });
      session.close();
    });

  it("the edge, in bytes that are hardly HTTP", { timeout }, () =>
    fuzz(6, async (draw) => judgeRaw(await sendRaw(stack.url, drawRaw(draw)))),
  );

  it("the services, in bytes that are hardly HTTP", { timeout }, () =>
    fuzz(7, async (draw) =>
      judgeRaw(await sendRaw(draw.one([stack.generate.url, stack.synthesize.url]), drawRaw(draw))),
    ),
  );

  it("the admin ports", { timeout }, () =>
    fuzz(8, async (draw) => judgeRaw(await sendRaw(draw.one(admins), drawRaw(draw)))),
  );
});

function describeFault(fault: string | undefined, { method, path, headers, body }: ReturnType<typeof drawCall>) {
  if (fault === undefined) return undefined;
  return `${fault} ← ${method} ${path} ${JSON.stringify(headers)} ${body.toString("latin1").slice(0, 200)}`;
}
