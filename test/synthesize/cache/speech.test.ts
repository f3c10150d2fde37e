import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { toSamples } from "../../../infra/audio/pcm.ts";
import { createLoudness } from "../../../services/synthesize/audio/loudness.ts";
import { startProgram } from "../../support/processes.ts";
import { until } from "../../support/until.ts";
import { start } from "./fixture.ts";

function loudnessOf(pcm: Buffer): number {
  const loudness = createLoudness(44_100);
  loudness.look(toSamples(pcm));
  return loudness.dbfs ?? Number.NaN;
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

test("as loud as what is said now, though it was said softly, or nearer to the microphone", async (context) => {
  const { speak, asked } = await start(context);
  const soft = "QUIET ONCE 您好很高兴为您服务。";
  await speak(soft);
  // By then the voice has said much else.
  for (const what of ["天气", "时间", "路线", "价格", "消息", "菜单", "地址", "电话", "天窗", "音乐", "车票", "空调"])
    await speak(`下面我们来看一看${what}。`);
  const { sources, segments } = await speak([soft, "请问还有什么需要？"], { alone: true });
  assert.deepEqual(sources, ["cache", "engine"]);
  assert.equal(asked().filter((text) => text.includes("QUIET")).length, 1);
  const [kept, fresh] = segments.map(loudnessOf) as [number, number];
  assert.ok(Math.abs(kept - fresh) < 1.5, `${kept} dBFS, ${fresh} dBFS`);
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

test("the speech of prepared texts is in the cache before anybody asks, for every tenant", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "greetings.txt");
  writeFileSync(file, `# What is said most\n\n${greeting}\n请稍等，我帮您查一下。\n`);
  const { service, speak, asked } = await start(context, { settings: { DUET_SYNTHESIZE_CACHE_PREWARM: file } });
  await until("the texts are made", () => service.written.includes("the speech of the prepared texts is in the cache"));
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
