import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createChannel, createClient } from "nice-grpc";
import { type TestContext, test } from "vitest";
import { startFishTwin } from "../../infra/twins/fish/server.ts";
import { EngineConfig } from "../../services/gen/duet/config/v1/engine.ts";
import { SynthesizeServiceDefinition } from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { environment } from "../support/environment.ts";

const main = new URL("../../services/synthesize/main.ts", import.meta.url);

/** The service as a process of its own, on ports that the system chooses, with a config file. */
function run(context: TestContext, config: string, settings: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "duet.yaml");
  writeFileSync(file, config);
  const env = environment({
    DUET_CONFIG: file,
    DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
    DUET_SYNTHESIZE_ADMIN_LISTEN: "127.0.0.1:0",
    ...settings,
  });
  const child = fork(main, { env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  context.onTestFinished(() => void child.kill("SIGKILL"));
  const written = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : "")));
  const exit = Promise.all([once(child, "exit"), written]);
  return { child, exit: exit.then(([[code], [, errors = ""]]) => ({ code, errors })) };
}

test("the process speaks, tells of its engine what the file says and no more, and ends in good order", async (context) => {
  const twin = await startFishTwin({ timeScale: 0, mode: "1.5.1" });
  context.onTestFinished(() => twin.close());
  const config = `engine:
  host: { gpuName: RTX 4090 D, gpuCount: 4, gpuMemoryGib: 24 }
  vllm:
    version: 0.28.0
    model: { name: Qwen/Qwen2.5-7B-Instruct }
  fish:
    version: 1.5.1
    gpus: [1]
`;
  const { child, exit } = run(context, config, { DUET_FISH_URL: twin.url, DUET_FISH_MODE: "1.5.1" });
  const [message] = await once(child, "message");
  assert.equal(message.type, "listening");
  const channel = createChannel(new URL(message.url).host);
  const client = createClient(SynthesizeServiceDefinition, channel);
  const { engines: told, sessions, sessionLimit } = await client.getEngine({});
  const engines = told.map(({ capacity: _, ...engine }) => engine);
  const known = EngineConfig.fromPartial({ fish: { version: "1.5.1", gpus: [1] } });
  const server = { url: twin.url, versions: engines[0]?.servers[0]?.versions ?? [], reason: "" };
  const { reason = "" } = engines[0] ?? {};
  assert.match(reason, /no reference/);
  assert.deepEqual(engines, [
    { name: "fish", kind: "fish", config: known, servers: [server], differences: [], reason },
  ]);
  assert.ok(server.versions.includes("1.5.1"));
  assert.deepEqual([sessions, sessionLimit, told[0]?.capacity?.sessionLimit], [0, 7, 7]);
  channel.close();
  child.kill("SIGTERM");
  assert.deepEqual(await exit, { code: 0, errors: "" });
});

test("the process says which address is missing", async (context) => {
  const { exit } = run(context, "", {});
  const { code, errors } = await exit;
  assert.equal(code, 1);
  assert.match(errors, /DUET_FISH_URL/);
});

test("the process speaks by its lexicon, as the file is when a text begins", async (context) => {
  const twin = await startFishTwin({ timeScale: 0 });
  context.onTestFinished(() => twin.close());
  const lexicon = join(mkdtempSync(join(tmpdir(), "duet-")), "words.yaml");
  context.onTestFinished(() => rmSync(join(lexicon, ".."), { recursive: true }));
  writeFileSync(lexicon, "zh: { 重庆: chong2 qing4 }\n");
  const { child, exit } = run(context, `synthesize: { lexicon: ${lexicon} }\n`, { DUET_FISH_URL: twin.url });
  const [message] = await once(child, "message");
  const channel = createChannel(new URL(message.url).host);
  const client = createClient(SynthesizeServiceDefinition, channel);
  const hear = async (): Promise<string> => {
    async function* requests() {
      yield { part: { $case: "config" as const, value: { language: "zh" } } };
      yield { part: { $case: "text" as const, value: "我们今天要从重庆出发去旅行。" } };
    }
    let spoken = "";
    for await (const { event } of client.synthesize(requests()))
      if (event?.$case === "segment") spoken += event.value.spoken;
    return spoken;
  };
  assert.equal(await hear(), "我们今天要从虫庆出发去旅行。");
  writeFileSync(lexicon, "zh: { 重庆: 山城 }\n");
  assert.equal(await hear(), "我们今天要从山城出发去旅行。");
  writeFileSync(lexicon, "zh: { 重庆: }\n");
  assert.equal(await hear(), "我们今天要从山城出发去旅行。");
  channel.close();
  child.kill("SIGTERM");
  assert.deepEqual(await exit, { code: 0, errors: "" });
});

test("the process says where its lexicon is wrong, and does not start", async (context) => {
  const lexicon = join(mkdtempSync(join(tmpdir(), "duet-")), "words.yaml");
  context.onTestFinished(() => rmSync(join(lexicon, ".."), { recursive: true }));
  writeFileSync(lexicon, "zh:\n  重庆:\n");
  const { exit } = run(context, "", { DUET_FISH_URL: "http://127.0.0.1:1", DUET_SYNTHESIZE_LEXICON: lexicon });
  const { code, errors } = await exit;
  assert.equal(code, 1);
  assert.equal(
    errors,
    `DUET_SYNTHESIZE_LEXICON: ${lexicon}: line 2: the pronunciation of a word must be a string with a letter or digit\n`,
  );
});
