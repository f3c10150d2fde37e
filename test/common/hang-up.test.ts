/**
 * Every way in which a caller of a service may leave: a second later nothing of the call is left there or at its
 * engine.
 */
import { type ClientHttp2Stream, connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { GenerateRequest, Role } from "../../services/gen/duet/generate/v1/generate.ts";
import { SynthesizeRequest } from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { sayAdmin, untilIdle } from "../support/gauges.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";

const limitMs = 1_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.1, settings: { ...sayAdmin, DUET_GENERATE_MAX_TOKENS: "8192" } });
  await untilIdle(stack);
});
afterAll(() => stack.close());
afterEach(async () => {
  await untilIdle(stack, limitMs);
  await until("the model stops", () => stack.vllm.seen().every(({ state }) => state !== "running"), limitMs);
});

const messages = [{ role: Role.USER, content: "[[tokens:6000]]" }];
const calls: Record<string, () => { url: string; path: string; parts: Uint8Array[] }> = {
  Generate: () => ({
    url: stack.generate.url,
    path: "/duet.generate.v1.GenerateService/Generate",
    parts: [GenerateRequest.encode(GenerateRequest.fromPartial({ messages })).finish()],
  }),
  Synthesize: () => ({
    url: stack.synthesize.url,
    path: "/duet.synthesize.v1.SynthesizeService/Synthesize",
    parts: [
      { $case: "config" as const, value: {} },
      { $case: "text" as const, value: "This is a sentence of some length, to be spoken. ".repeat(100) },
    ].map((part) => SynthesizeRequest.encode(SynthesizeRequest.fromPartial({ part })).finish()),
  }),
};

const ways: Record<string, (socket: Socket, stream: ClientHttp2Stream) => unknown> = {
  "closes its connection": (socket) => socket.destroy(),
  "closes its own side": (socket) => socket.end(),
  "resets its connection": (socket) => socket.resetAndDestroy(),
  "cancels its call": (_, stream) => stream.close(8),
};

for (const [name, make] of Object.entries(calls))
  for (const stalls of [false, true])
    describe(`a caller of ${name} that ${stalls ? "reads nothing" : "reads"}`, () => {
      for (const [way, leave] of Object.entries(ways))
        it(`and ${way} leaves nothing behind`, async () => {
          const { url, path, parts } = make();
          const { hostname, port } = new URL(url);
          const socket = connect(Number(port), hostname).on("error", () => {});
          const settings = stalls ? { initialWindowSize: 100 } : {};
          const session = connectHttp2(url, { createConnection: () => socket, settings }).on("error", () => {});
          const stream = session.request({
            ":method": "POST",
            ":path": path,
            "content-type": "application/grpc",
            te: "trailers",
          });
          let received = 0;
          stream.on("error", () => {});
          stream.on("response", () => received++);
          if (!stalls)
            stream.on("data", (part: Buffer) => {
              received += part.length;
            });
          for (const part of parts) stream.write(encodeEnvelope(0, part as Uint8Array<ArrayBuffer>));
          // A text to be spoken goes on being written.
          if (name === "Generate") stream.end();
          await until("the call is under way", () => received > (stalls ? 0 : 200));
          leave(socket, stream);
          await until("the connection is gone", () => socket.closed || way === "cancels its call", limitMs);
          socket.destroy();
        });
    });
