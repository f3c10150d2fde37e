import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, it } from "vitest";
import { AssistantService, OutputEncoding } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { formatAddress, listen } from "../../infra/net/address.ts";
import { assistants } from "../../infra/settings/profiles.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { playMp3, playOgg, playWav } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "duet-chat-"));
const record = join(folder, "record");
let now = Date.now();
let stack: Stack;
/** A program that marks speech: it turns each sample's last bit to 1, or does what it is told. */
let answerWith: (wav: Buffer) => Buffer | number = (wav) => wav;
const marker = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on("data", (piece: Buffer) => pieces.push(piece));
  request.on("end", () => {
    const answer = answerWith(Buffer.concat(pieces));
    if (typeof answer === "number") response.writeHead(answer).end();
    else response.end(answer);
  });
});
let watermarked: Stack;

beforeAll(async () => {
  const stored = { form: "wav", urlTtlMs: 60_000, retentionMs: 86_400_000, maxBytes: 100_000_000 } as const;
  const read = assistants.profiles.kind.fromYaml({
    shop: { notice: "A machine is speaking." },
    plain: { language: "en" },
  });
  assert.ok("value" in read);
  const profiles = read.value;
  stack = await startStack({
    timeScale: 0,
    edge: {
      stored: { ...stored, folder: join(folder, "audio") },
      marking: { on: true, producer: "Acme 语音", recordFolder: record, recordDays: 2 },
      profiles,
      unixNow: () => now,
    },
  });
  const watermarkUrl = `http://${formatAddress(await listen(marker, { host: "127.0.0.1", port: 0 }, "none"))}`;
  watermarked = await startStack({
    timeScale: 0,
    edge: {
      stored: { ...stored, maxBytes: 200_000, folder: join(folder, "marked") },
      marking: { on: true, watermarkUrl, recordDays: 1 },
    },
  });
});
afterAll(async () => {
  await Promise.all([stack.close(), watermarked.close()]);
  marker.closeAllConnections();
  await new Promise((resolve) => marker.close(resolve));
  rmSync(folder, { recursive: true });
});

const text = "[[say:The answer is forty-two. That is all there is to it.]]";
const post = (body: object, url = stack.url, path = "/chat") =>
  fetch(url + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const clientOf = (baseUrl: string) =>
  createClient(AssistantService, createConnectTransport({ baseUrl, httpVersion: "1.1" }));
const fileAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

describe("POST /chat", () => {
  it("answers three fields by four, and its URL plays", async () => {
    const response = await post({ text, user_id: "ada", voice_style: "default" });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("ai-disclosure"), "mode=machine-generated");
    const { user_id, text_reply, audio_url, duration_ms, ...more } = (await response.json()) as Record<
      string,
      string
    > & { audio_url: string };
    assert.deepEqual(more, {});
    assert.equal(user_id, "ada");
    assert.equal(text_reply, "The answer is forty-two. That is all there is to it.");
    assert.ok(audio_url?.startsWith(`${stack.url}/audio/default/`), audio_url);
    const { seconds } = playWav(await fileAt(audio_url));
    assert.ok(Math.abs(seconds * 1000 - Number(duration_ms)) <= 1 && seconds > 1, `${seconds} ${duration_ms}`);
    const part = await fetch(audio_url, { headers: { range: "bytes=0-3" } });
    assert.equal(part.status, 206);
    assert.equal(await part.text(), "RIFF");
    const head = await fetch(audio_url, { method: "HEAD" });
    assert.equal(head.headers.get("accept-ranges"), "bytes");
    assert.equal(head.headers.get("referrer-policy"), "no-referrer");
    const wrong = `${audio_url.slice(0, -1)}${audio_url.endsWith("A") ? "E" : "A"}`;
    const refused = await fetch(wrong);
    assert.equal(refused.status, 404);
    assert.match(await refused.text(), /AUDIO_NOT_FOUND/);
    now += 60_001;
    assert.equal((await fetch(audio_url)).status, 404, "it has expired");
  });

  it("says which field is wrong, and what is right", async () => {
    const table: readonly (readonly [body: object, status: number, says: RegExp])[] = [
      [{ text: "…" }, 400, /text: must hold at least one letter or digit/],
      [{ user_id: "ada" }, 400, /text: is required/],
      [{ text, voice: "emma" }, 400, /voice: is not a field of this request/],
      [{ text, format: "flac" }, 400, /format: must be wav, mp3 or ogg/],
      [{ text, user_id: "a b" }, 400, /user_id: must be 1 to 128/],
      [{ text, voice_style: "nobody" }, 404, /voice_style/],
      [[], 400, /must be a JSON object/],
    ];
    for (const [body, status, says] of table) {
      const response = await post(body);
      assert.equal(response.status, status, String(says));
      assert.match(await response.text(), says);
    }
    const form = await fetch(`${stack.url}/chat`, { method: "POST", body: new URLSearchParams({ text }) });
    assert.equal(form.status, 415);
    assert.match(await form.text(), /content-type: application\/json/);
    const read = await fetch(`${stack.url}/chat`);
    assert.equal(read.status, 405);
    assert.match(await read.text(), /supports only POST/);
  });

  it("keeps nothing of an answer that fails, and of one without a sound", async () => {
    const files = () => readdirSync(join(folder, "audio"), { recursive: true }).length;
    const before = files();
    assert.equal((await post({ text: "[[fault:error-mid]] [[tokens:200]]" })).status, 503);
    const silent = await post({ text: "[[say:```\ncode\n```]]" });
    assert.equal(silent.status, 400);
    assert.match(await silent.text(), /NOTHING_TO_SPEAK/);
    assert.equal(files(), before);
  });
});

describe("files of stored speech", () => {
  const players = { WAV: playWav, MP3: playMp3, OGG_OPUS: playOgg } as const;
  for (const [name, play] of Object.entries(players) as [keyof typeof players, typeof playWav][])
    it(`${name}: are as long as they say, and say what made them`, async () => {
      const encoding = OutputEncoding[name];
      const { audio, turnId } = await clientOf(stack.url).chat({ text, output: { encoding } });
      assert.ok(audio);
      assert.equal(audio.encoding, encoding);
      assert.deepEqual(
        { ...audio.marked, $typeName: undefined },
        {
          $typeName: undefined,
          producer: "Acme 语音",
          notice: false,
          watermark: false,
        },
      );
      const file = await fileAt(audio.url);
      assert.equal(file.length, audio.byteCount);
      const { seconds, tags } = play(file);
      assert.ok(Math.abs(seconds * 1000 - audio.durationMs) <= 1, `${seconds} s, and it says ${audio.durationMs} ms`);
      const aigc = JSON.parse(tags.AIGC ?? "{}");
      assert.equal(aigc.Label, "1");
      assert.equal(aigc.ContentProducer, "Acme 语音");
      assert.equal(aigc.ProduceID, turnId);
      assert.match(Object.values(tags).join("\n"), /made by a machine/i);
      assert.match(Object.values(tags).join("\n"), /trainedAlgorithmicMedia/);
    });
});

describe("marked as made by a machine", () => {
  it("a turn says so in started, a live file in its metadata and header", async () => {
    const response = await fetch(`${stack.url}/v1/audio/speech`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "tts-1", voice: "alloy", input: "Good morning.", response_format: "mp3" }),
    });
    assert.equal(response.headers.get("ai-disclosure"), "mode=machine-generated");
    assert.match(playMp3(Buffer.from(await response.arrayBuffer())).tags.AIGC ?? "", /"Label":"1"/);
    const playable = await fetch(`${stack.url}/duet.assistant.v1.AssistantService/Speak`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "audio/ogg" },
      body: JSON.stringify({ text: "Good morning." }),
    });
    assert.equal(playable.headers.get("ai-disclosure"), "mode=machine-generated");
    assert.match(playOgg(Buffer.from(await playable.arrayBuffer())).tags.AIGC ?? "", /"Label":"1"/);
    for await (const { event } of clientOf(stack.url).speak({ text: "Yes." }))
      if (event.case === "started") assert.equal(event.value.marked?.producer, "Acme 语音");
  });

  it("a conversation's first answer begins with its profile's notice, which is no text of it", async () => {
    const client = clientOf(stack.url);
    const hear = async (request: Parameters<typeof client.converse>[0]) => {
      let written = "";
      let spoken = "";
      let notice = false;
      let end = 0;
      for await (const { event } of client.converse(request)) {
        if (event.case === "started") notice = event.value.marked?.notice ?? false;
        if (event.case === "textDelta") written += event.value.text;
        if (event.case === "segment") {
          spoken += event.value.spoken;
          end = event.value.end;
          const spans = event.value.spans.map((span) => written.slice(span.start, span.end)).join("");
          const words = (text: string) => text.replaceAll(" ", "");
          assert.equal(words(spans), words(written.slice(event.value.start, event.value.end)));
        }
      }
      return { written, spoken, notice, end };
    };
    const first = await hear({ text: "[[say:Yes, it is.]]", profile: "shop", sessionId: "s1" });
    assert.equal(first.written, "Yes, it is.");
    assert.equal(first.end, first.written.length);
    assert.match(first.spoken, /^A machine is speaking\.\s*Yes,\s*it is\.$/);
    assert.ok(first.notice);
    const second = await hear({ text: "[[say:Again.]]", profile: "shop", sessionId: "s1" });
    assert.deepEqual([second.spoken, second.notice], ["Again.", false], "not in the same conversation again");
    const other = await hear({ text: "[[say:Hello.]]", profile: "plain" });
    assert.deepEqual([other.spoken, other.notice], ["Hello.", false]);
    const { messages } = await client.getSession({ sessionId: "s1" });
    assert.deepEqual(
      messages.filter((_, i) => i % 2 === 1).map((message) => message.text),
      ["Yes, it is.", "Again."],
    );
  });

  it("what was marked is on record, without a word of what was said", async () => {
    const { turnId } = await clientOf(stack.url).chat({ text, userId: "ada" });
    const lines = () =>
      readdirSync(record).flatMap((name) =>
        readFileSync(join(record, name), "utf8")
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line)),
      );
    let mine: Record<string, unknown> | undefined;
    for (let tries = 0; mine === undefined && tries < 1_000; tries++) {
      mine = lines().find(({ turn }) => turn === turnId);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert.ok(mine);
    assert.deepEqual(
      [mine.tenant, mine.producer, mine.outcome, mine.rpc],
      ["default", "Acme 语音", "completed", "Converse"],
    );
    assert.ok(Number(mine.seconds) > 1);
    assert.ok(!JSON.stringify(lines()).includes("forty-two"));
  });

  it("stored speech passes the program that puts a watermark in, or is not given away", async () => {
    const client = clientOf(watermarked.url);
    const size = 44;
    answerWith = (wav) => {
      const samples = Buffer.from(wav);
      for (let at = size; at < samples.length; at += 2) samples[at] = (samples[at] as number) | 1;
      return samples;
    };
    const { audio } = await client.chat({ text });
    assert.ok(audio?.marked?.watermark);
    const file = await fileAt(audio.url);
    const data = file.subarray(file.indexOf("data") + 8);
    assert.ok(data.length > 10_000 && data.every((byte, i) => i % 2 === 1 || (byte & 1) === 1));
    for (const [what, answer] of [
      ["a refusal", () => 500],
      ["a shorter file", (wav: Buffer) => wav.subarray(0, -2)],
      ["no file", () => Buffer.from("hello")],
    ] as const) {
      answerWith = answer;
      await assert.rejects(client.chat({ text }), /could not be marked|DUET_EDGE_MARKING_WATERMARK_URL/, what);
    }
    answerWith = (wav) => wav;
  });

  it("no engine works for what there is no room to store", async () => {
    const client = clientOf(watermarked.url);
    const asked = () => watermarked.vllm.seen().length;
    let refused: unknown;
    let before = 0;
    for (let tries = 0; refused === undefined && tries < 10; tries++) {
      before = asked();
      await client.chat({ text }).catch((error: unknown) => {
        refused = error;
      });
    }
    assert.match(String(refused), /DUET_EDGE_STORED_MAX_BYTES/);
    assert.equal(asked(), before);
  });
});
