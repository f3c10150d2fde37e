/** FunASR's WebSocket: what is sent, when an answer is whole, and how one ends that never is. */
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { skipFor } from "../support/skip.ts";
import { until } from "../support/until.ts";
import { asked, question, start, voice } from "./listening.ts";

const ears = { kind: "funasr-ws" };
const inPython = { kind: "funasr-ws-python" } as const;
/** Longer than such a server may be silent, shorter than it may take. */
const longMs = 8_000;

describe("FunASR's WebSocket", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  it("is told what comes, and sent the speech alone in pieces of 60 ms", async (context) => {
    const { listen, twin } = await start(context, {
      twin: { kind: "funasr-ws", apiKey: "key" },
      ears: { ...ears, apiKey: "key" },
    });
    await listen(asked, { terms: "Duet, 通义实验室；Fish Speech" });
    const { fields, file, wave } = twin.seen()[0] ?? {};
    assert.deepEqual(JSON.parse(fields?.hotwords ?? ""), { Duet: 20, 通义实验室: 20, "Fish Speech": 20 });
    assert.deepEqual(
      [fields?.mode, fields?.wav_format, fields?.audio_fs, fields?.itn, fields?.is_speaking, fields?.chunk_size],
      ["offline", "pcm", "16000", "true", "true", "5,10,5"],
    );
    assert.equal((file?.bytes ?? 1) % 1920, 0);
    assert.ok((wave?.seconds ?? 9) < 3);
  });

  it("takes no files but WAV, which is their sender's affair", async (context) => {
    const { listen, twin } = await start(context, { twin: { kind: "funasr-ws" }, ears });
    const file = { form: "file", format: "ogg", bytes: Buffer.from("OggS"), durationMs: 1_000 } as const;
    await expect(listen(file)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    assert.equal(twin.seen().length, 0);
  });

  it("has heard nothing, if it has no answer and nothing left to do", async (context) => {
    const clock = createVirtualClock();
    const { listen, twin } = await start(context, { twin: { ...inPython, fault: "WORDLESS" }, ears, clock });
    const heard = listen();
    await until("it has done its work", () => twin.seen()[0]?.state === "finished");
    await clock.advance(longMs);
    assert.equal((await heard).text, "");
  });

  for (const kind of ["funasr-ws", "funasr-ws-python"] as const)
    it(`is waited for while it works, whatever it says meanwhile: ${kind}`, async (context) => {
      const [clock, its] = [createVirtualClock(), createVirtualClock()];
      const twinOptions = { kind, timeScale: 1, delayMs: longMs, clock: its };
      const { listen, twin } = await start(context, { twin: twinOptions, ears, clock });
      const heard = listen();
      await until("it works", () => twin.seen()[0]?.state === "running");
      for (let ms = 0; ms < longMs; ms += 1_000) {
        await clock.advance(1_000);
        await new Promise(setImmediate);
      }
      await its.advance(longMs);
      assert.equal((await heard).text, question);
    });

  // A ping that comes with the last samples is answered before they are written down.
  it("is not taken at a pong that came before its words", async (context) => {
    const clock = createVirtualClock();
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0, autoPong: false });
    context.onTestFinished(() => server.close());
    let [pings, isSent] = [0, false];
    server.on("connection", (socket) =>
      socket
        .on("message", (data) => (isSent ||= String(data).includes("false")))
        .on("ping", () => {
          if (++pings === 2) socket.send(JSON.stringify({ text: question, is_final: false }));
          socket.pong();
        }),
    );
    await until("it listens", () => server.address() !== null);
    const { port } = server.address() as AddressInfo;
    const { listen } = await start(context, { ears: { ...ears, url: [`http://127.0.0.1:${port}`] }, clock });
    const heard = listen();
    await until("it has the recording", () => isSent);
    await clock.advance(longMs);
    assert.equal((await heard).text, question);
  });

  it("in Python closes a connection for another: that is told, and one at a time is well", async (context) => {
    const { listen, lines, twin } = await start(context, { twin: { ...inPython, fault: "HANG" }, ears });
    const first = listen().catch((error) => error);
    await until("it has the first", () => twin.seen()[0]?.file !== undefined);
    twin.change({ fault: undefined });
    assert.equal((await listen()).text, question);
    assert.equal((await first).reason, "RECOGNIZER_BROKEN");
    assert.match(lines.join(), /one client at a time.*DUET_TRANSCRIBE_MAX_AT_ONCE/);
    const { listen: listenInTurn } = await start(context, { twin: inPython, ears: { ...ears, maxAtOnce: 1 } });
    const heard = await Promise.all([listenInTurn(), listenInTurn()]);
    assert.deepEqual(
      heard.map(({ text }) => text),
      [question, question],
    );
  });

  for (const [word, code, reason] of [
    ["BUSY", "RESOURCE_EXHAUSTED", "RECOGNIZER_OVERLOADED"],
    ["FAIL", "UNAVAILABLE", "RECOGNIZER_BROKEN"],
    ["REFUSED", "INTERNAL", "RECOGNIZER_REJECTED"],
    ["QUOTE", "INTERNAL", "RECOGNIZER_REJECTED"],
  ] as const)
    it(`says by a code why it closes: ${word}`, async (context) => {
      const { listen, lines } = await start(context, { twin: { kind: "funasr-ws" }, ears });
      await expect(listen(asked, { terms: word })).rejects.toMatchObject({ code, reason });
      assert.doesNotMatch(lines.join(), new RegExp(`${word}|capital`));
    });

  it("stops when its caller leaves", async (context) => {
    const { listen, twin } = await start(context, { twin: { ...inPython, fault: "FREEZE" }, ears });
    const leaving = new AbortController();
    const heard = listen(asked, {}, leaving.signal);
    await until("it works", () => twin.seen()[0]?.state === "running");
    leaving.abort();
    await expect(heard).rejects.toThrow(/abort/i);
    await until("it has stopped", () => twin.seen()[0]?.state === "stopped");
  });

  it("leaves no connection behind", async (context) => {
    const { ears: made, listen, twin } = await start(context, { twin: { kind: "funasr-ws", fault: "HANG" }, ears });
    const heard = listen().catch((error) => error);
    await until("it has the file", () => twin.seen()[0]?.file !== undefined);
    await made.close();
    await until("it has stopped", () => twin.seen()[0]?.state === "stopped");
    assert.match((await heard).reason, /RECOGNIZER_/);
    assert.equal(twin.seen().length, 1, "and opens none");
  });
});
