import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChannelCredentials, createChannel, createClient, Metadata } from "nice-grpc";
import { type TestContext, test } from "vitest";
import { type FishTwinOptions, startFishTwin } from "../../../infra/twins/fish/server.ts";
import {
  SegmentSource,
  type SynthesizeResponse,
  SynthesizeServiceDefinition,
} from "../../../services/gen/duet/synthesize/v1/synthesize.ts";
import { startProgram } from "../../support/processes.ts";
import { until } from "../../support/until.ts";

/** By which the service knows the edge, and believes it whose text it is. */
const token = "0123456789abcdef0123456789abcdef";

interface Setup {
  twin?: Partial<FishTwinOptions>;
  settings?: NodeJS.ProcessEnv;
}

/** The service as a process, before a voice that tells what it was asked for. */
async function start(context: TestContext, { twin = {}, settings = {} }: Setup = {}) {
  const voice = await startFishTwin({ timeScale: 0, ...twin });
  context.onTestFinished(() => voice.close());
  const service = await startProgram("services/synthesize/main.ts", {
    DUET_FISH_URL: voice.url,
    DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
    DUET_SYNTHESIZE_ADMIN_LISTEN: "127.0.0.1:0",
    DUET_SYNTHESIZE_MAX_SESSIONS: "500",
    DUET_LOG_LEVEL: "info",
    DUET_SERVICE_TOKEN: token,
    ...settings,
  });
  context.onTestFinished(() => service.stop());
  const channel = createChannel(new URL(service.url).host, ChannelCredentials.createInsecure());
  context.onTestFinished(() => channel.close());
  const client = createClient(SynthesizeServiceDefinition, channel);
  const speak = async (text: string, { voice: name = "xiaolin", tenant = "acme" } = {}) => {
    const claims = { "duet-tenant": tenant, "duet-caller": "edge" };
    const metadata = new Metadata({ ...claims, authorization: `Bearer ${token}` });
    return summarize(await Array.fromAsync(client.synthesize(requests(text, name), { metadata })));
  };
  /** The texts that the voice was to speak; Synthesize asks it for other things too, to see what it is. */
  const asked = () => voice.seen().flatMap(({ body }) => (body as { text?: string }).text ?? []);
  return { service, speak, asked };
}

async function* requests(text: string, voice: string) {
  yield { part: { $case: "config" as const, value: { voice, language: "zh" } } };
  yield { part: { $case: "text" as const, value: text } };
  yield { part: { $case: "end" as const, value: {} } };
}

/** Which words were spoken, from where, and how they sound. */
function summarize(events: readonly SynthesizeResponse[]) {
  const words: string[] = [];
  const sources: string[] = [];
  const sound: Uint8Array[] = [];
  for (const { event } of events) {
    if (event?.$case === "segment") words.push(event.value.spoken);
    if (event?.$case === "segment") sources.push(event.value.source === SegmentSource.CACHE ? "cache" : "engine");
    if (event?.$case === "audio") sound.push(event.value.pcm);
  }
  return { words, sources, sound: Buffer.concat(sound) };
}

const greeting = "您好，很高兴为您服务。";

test("a clause that comes again is heard again, to the sample, and asks nothing of the engine", async (context) => {
  const { speak, asked } = await start(context);
  const first = await speak(greeting);
  const again = await speak(greeting);
  assert.deepEqual([first.sources, again.sources], [["engine"], ["cache"]]);
  assert.ok(first.sound.length > 0 && first.sound.equals(again.sound));
  assert.deepEqual(again.words, first.words);
  assert.equal(asked().length, 1);
});

test("inside another answer too", async (context) => {
  const { speak, asked } = await start(context);
  await speak(greeting);
  const { words, sources } = await speak(`这是一个新的回答。${greeting}请问还有什么需要吗？`);
  assert.deepEqual(sources, ["engine", "cache", "engine"]);
  assert.equal(words.join(""), `这是一个新的回答。${greeting}请问还有什么需要吗？`);
  assert.equal(asked().filter((text) => text.includes("很高兴")).length, 1);
});

test("two hundred equal clauses at once cost one request", async (context) => {
  const { speak, asked } = await start(context, { twin: { timeScale: 0.2 } });
  const spoken = await Promise.all(Array.from({ length: 200 }, () => speak(greeting)));
  assert.equal(asked().length, 1);
  assert.equal(spoken.filter(({ sources }) => sources[0] === "cache").length, 199);
  const [one] = spoken;
  assert.ok(one !== undefined && spoken.every(({ sound }) => sound.equals(one.sound)));
});

test("not in another voice, and not for another tenant", async (context) => {
  const { speak } = await start(context);
  await speak(greeting);
  assert.deepEqual((await speak(greeting, { voice: "emma" })).sources, ["engine"]);
  assert.deepEqual((await speak(greeting, { tenant: "other" })).sources, ["engine"]);
  assert.deepEqual((await speak(greeting)).sources, ["cache"]);
});

test("not where each request sounds as another voice, and not where nothing is kept", async (context) => {
  const settings = { DUET_FISH_WITHOUT_REFERENCE: "random" };
  const random = await start(context, { twin: { voices: [] }, settings });
  for (const _ of [1, 2]) assert.deepEqual((await random.speak(greeting, { voice: "" })).sources, ["engine"]);
  const off = await start(context, { settings: { DUET_SYNTHESIZE_CACHE_MAX_BYTES: "0" } });
  for (const _ of [1, 2]) assert.deepEqual((await off.speak(greeting)).sources, ["engine"]);
});

test("what sounded wrong is not kept", async (context) => {
  const { speak } = await start(context, { twin: { fault: "SHORT" } });
  for (const _ of [1, 2]) assert.deepEqual((await speak(greeting)).sources, ["engine"]);
});

test("prepared texts are at hand before anybody asks, for every tenant", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "greetings.txt");
  writeFileSync(file, `# What is said most\n\n${greeting}\n请稍等，我帮您查一下。\n`);
  const { service, speak, asked } = await start(context, { settings: { DUET_SYNTHESIZE_CACHE_PREWARM: file } });
  await until("the texts are made", () => service.written.includes("the prepared texts are at hand"));
  const before = asked().length;
  assert.deepEqual((await speak(greeting, { voice: "" })).sources, ["cache"]);
  assert.equal(asked().length, before);
});

test("a file of prepared texts that is not there ends the start with its name", async () => {
  const settings = { DUET_FISH_URL: "http://127.0.0.1:9", DUET_SYNTHESIZE_CACHE_PREWARM: "/nowhere/greetings.txt" };
  await assert.rejects(
    startProgram("services/synthesize/main.ts", { ...settings, DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0" }),
    /DUET_SYNTHESIZE_CACHE_PREWARM: \/nowhere\/greetings\.txt: ENOENT/,
  );
});
