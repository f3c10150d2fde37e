import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, it } from "vitest";
import { toALaw, toMuLaw } from "../../edge/audio/g711.ts";
import { freePort, untilOpen } from "../proxies/proxy.ts";
import { skipFor } from "../support/skip.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { post } from "./ask.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const frameMs = 20;
const spoken = "Hello, how can I help you?";

async function speak(more: object): Promise<Buffer> {
  const response = await post(`${stack.url}/v1/audio/speech`, {
    model: "tts-1",
    voice: "alloy",
    input: spoken,
    ...more,
  });
  assert.equal(response.status, 200);
  return Buffer.from(await response.arrayBuffer());
}

it("PCM, µ-law and A-law at 8 kHz are one sound, at once and in real time", async () => {
  const pcm = await speak({ response_format: "pcm", sample_rate: 8_000 });
  const samples = new Int16Array(Uint8Array.from(pcm).buffer);
  assert.ok(samples.length > 8_000);
  for (const [form, encode] of [
    ["ulaw", toMuLaw],
    ["alaw", toALaw],
  ] as const) {
    const bytes = await speak({ response_format: form });
    assert.ok(bytes.equals(encode(samples)), form);
    const paced = await speak({ response_format: form, pacing: "real_time" });
    assert.equal(paced.length % 160, 0);
    assert.ok(paced.subarray(0, bytes.length).equals(bytes), `${form} in real time`);
    assert.ok(
      paced.subarray(bytes.length).every((byte) => byte === encode(Int16Array.of(0))[0]),
      "silence fills it up",
    );
  }
});

const noPython = spawnSync("python3", ["--version"]).status !== 0 && "python3 is not on the path: install it";

describe("the recipe for Asterisk, as docs/telephony.md has it", skipFor(noPython), () => {
  let server: ChildProcess;
  let port: number;
  const complaints: string[] = [];
  beforeAll(async () => {
    port = await freePort();
    const recipe = /```python\n(.*?)```/s.exec(readFileSync("docs/telephony.md", "utf8"))?.[1] ?? "";
    const here = recipe.replace("http://127.0.0.1:8080", stack.url).replace("9092", String(port));
    assert.ok(here.includes(stack.url) && here.includes(`, ${port})`));
    server = spawn("python3", ["-c", here], { stdio: ["ignore", "ignore", "pipe"] });
    server.stderr?.on("data", (said) => complaints.push(String(said)));
    await untilOpen(port);
    await until("the turn has ended", () => stack.edge.turnCount === 0);
  });
  afterAll(async () => {
    server.kill();
    await once(server, "exit");
  });

  /** A call as Asterisk makes it: it says which it is, then what it hears, every 20 ms. */
  function call(): {
    socket: Socket;
    messages: { kind: number; bytes: Buffer; at: number }[];
    ended: Promise<unknown>;
  } {
    const socket = connect(port, "127.0.0.1");
    const messages: { kind: number; bytes: Buffer; at: number }[] = [];
    const hears = setInterval(
      () => socket.writable && socket.write(Buffer.from([0x10, 1, 64, ...Buffer.alloc(320)])),
      frameMs,
    );
    socket.write(Buffer.from([0x01, 0, 16, ...Buffer.alloc(16, 7)]));
    let come = Buffer.alloc(0);
    socket.on("data", (bytes: Buffer) => {
      come = Buffer.concat([come, bytes]);
      for (;;) {
        const length = come.length < 3 ? Number.POSITIVE_INFINITY : come.readUInt16BE(1);
        if (come.length < 3 + length) return;
        messages.push({ kind: come[0] as number, bytes: come.subarray(3, 3 + length), at: performance.now() });
        come = come.subarray(3 + length);
      }
    });
    socket.on("error", () => {});
    const ended = once(socket, "close").finally(() => clearInterval(hears));
    return { socket, messages, ended };
  }

  it("speaks into a call in frames of 20 ms, as fast as they sound, and hangs up", async () => {
    const { messages, ended } = call();
    await ended;
    assert.deepEqual([messages.at(-1)?.kind, messages.at(-1)?.bytes.length], [0x00, 0]);
    const frames = messages.slice(0, -1);
    for (const { kind, bytes } of frames) assert.deepEqual([kind, bytes.length], [0x10, 320]);
    const tookMs = (frames.at(-1)?.at as number) - (frames[0]?.at as number);
    // A busy machine may hold up the first one.
    assert.ok(tookMs > (frames.length - 1) * frameMs - 250, `${frames.length} frames came in ${tookMs} ms`);
    const sound = Buffer.concat(frames.map(({ bytes }) => bytes));
    assert.ok(
      sound
        .subarray(0, -320)
        .equals((await speak({ response_format: "pcm", sample_rate: 8_000 })).subarray(0, sound.length - 320)),
    );
    assert.deepEqual(complaints, []);
  });

  it("a call that takes nothing for a while loses nothing", async () => {
    const { socket, messages, ended } = call();
    await until("some frames came", () => messages.length > 3);
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 400));
    socket.resume();
    await ended;
    const sound = await speak({ response_format: "pcm", sample_rate: 8_000 });
    assert.equal(messages.length - 1, Math.ceil(sound.length / 320));
  });

  it("ends its turn when the caller hangs up, and takes the next call", async () => {
    const { socket, messages, ended } = call();
    await until("some frames came", () => messages.length > 3);
    assert.equal(stack.edge.turnCount, 1);
    socket.destroy();
    await ended;
    await until("the turn has ended", () => stack.edge.turnCount === 0);
    const next = call();
    await until("the next call is spoken to", () => next.messages.length > 0);
    next.socket.destroy();
    await next.ended;
    assert.deepEqual(complaints, []);
  });
});
