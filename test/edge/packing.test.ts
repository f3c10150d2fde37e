import assert from "node:assert/strict";
import { request } from "node:http";
import { connect, type IncomingHttpHeaders } from "node:http2";
import { create, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, it } from "vitest";
import { SpeakRequestSchema } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { SynthesizeRequestSchema } from "../../edge/gen/duet/synthesize/v1/synthesize_pb.ts";
import { type Stack, startStack } from "../support/stack.ts";

// Sound hardly shrinks, and to pack it would cost more CPU than all else that is done for it.
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const service = "duet.assistant.v1.AssistantService";
const spoken = "Here is a sentence that is long enough to be worth packing, if it were not sound.";

/** A message as it goes over the wire. */
function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The flags and lengths of the messages of an answer. */
function readFrames(answer: Buffer): { readonly flags: number; readonly bytes: number }[] {
  const frames: { flags: number; bytes: number }[] = [];
  for (let at = 0; at < answer.length; ) {
    const bytes = answer.readUInt32BE(at + 1);
    frames.push({ flags: answer.readUInt8(at), bytes });
    at += 5 + bytes;
  }
  return frames;
}

/** Asks as no library does: fetch would unpack what it gets. */
async function ask(rpc: string, headers: Record<string, string>, body: Buffer) {
  const asked = request(`${stack.url}/${service}/${rpc}`, { method: "POST", headers });
  asked.end(body);
  const [answer] = await new Promise<[import("node:http").IncomingMessage]>((resolve, reject) => {
    asked.once("response", (answer) => resolve([answer]));
    asked.once("error", reject);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
}

/** The same over HTTP/2, as gRPC does. */
async function askHttp2(url: string, path: string, headers: Record<string, string>, body: Buffer) {
  const session = connect(url);
  try {
    const stream = session.request({ ":method": "POST", ":path": path, ...headers });
    stream.end(body);
    const answered = new Promise<IncomingHttpHeaders>((resolve) => stream.once("response", resolve));
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return { headers: await answered, body: Buffer.concat(chunks) };
  } finally {
    session.close();
  }
}

const spokenByEdge = toBinary(SpeakRequestSchema, create(SpeakRequestSchema, { text: spoken }));
const toSpeak = (
  [
    { case: "config", value: {} },
    { case: "text", value: spoken },
    { case: "end", value: {} },
  ] as const
).map((part) => toBinary(SynthesizeRequestSchema, create(SynthesizeRequestSchema, { part })));

const asJson = Buffer.from(JSON.stringify({ text: spoken }));

describe("speech is never packed, whatever its caller takes", () => {
  const accepted = {
    "accept-encoding": "gzip, br",
    "connect-accept-encoding": "gzip, br",
    "grpc-accept-encoding": "gzip, br",
  };
  for (const type of ["application/connect+json", "application/grpc-web+json"])
    it(type, async () => {
      const { status, headers, body } = await ask("Speak", { ...accepted, "content-type": type }, frame(asJson));
      assert.equal(status, 200);
      for (const name of ["content-encoding", "connect-content-encoding", "grpc-encoding"])
        assert.ok([undefined, "identity"].includes(headers[name] as string | undefined), name);
      const frames = readFrames(body);
      assert.ok(frames.some(({ bytes }) => bytes > 2_000));
      assert.ok(frames.every(({ flags }) => (flags & 1) === 0));
    });

  for (const [what, url, path, messages] of [
    ["gRPC, by the edge", () => stack.url, "duet.assistant.v1.AssistantService/Speak", [spokenByEdge]],
    ["gRPC, by Synthesize", () => stack.synthesize.url, "duet.synthesize.v1.SynthesizeService/Synthesize", toSpeak],
  ] as const)
    it(what, async () => {
      const body = Buffer.concat(messages.map(frame));
      const { headers, body: answer } = await askHttp2(
        url(),
        `/${path}`,
        {
          ...accepted,
          "content-type": "application/grpc",
          te: "trailers",
        },
        body,
      );
      assert.ok([undefined, "identity"].includes(headers["grpc-encoding"] as string | undefined));
      const frames = readFrames(answer);
      assert.ok(frames.some(({ bytes }) => bytes > 2_000));
      assert.ok(frames.every(({ flags }) => flags === 0));
    });

  it("application/json", async () => {
    const { status, headers, body } = await ask("Speak", { ...accepted, "content-type": "application/json" }, asJson);
    assert.equal(status, 200);
    assert.equal(headers["content-encoding"], undefined);
    assert.match(body.toString(), /"pcm":"[A-Za-z0-9+/]{2000}/);
  });
});
