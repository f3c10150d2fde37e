import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type TestContext, test } from "vitest";
import { habits, triggers } from "../../infra/twins/fish/faults.ts";
import { faults } from "../../infra/twins/vllm/faults.ts";
import { skipFor } from "../support/skip.ts";

const root = new URL("../../", import.meta.url);
const scenarios = { vllm: Object.keys(faults), fish: [...Object.keys(triggers), ...Object.keys(habits)] };
const mains = { vllm: "infra/twins/vllm/main.ts", fish: "infra/twins/fish/main.ts" };

/** Starts a twin as a process of its own; gives where it listens and what it wrote, and stops it with the test. */
async function start(t: TestContext, main: string, ...options: string[]) {
  const child = spawn(process.execPath, [main, "--port", "0", "--time-scale", "0", ...options], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  let written = "";
  child.stdout?.on("data", (part) => {
    written += part;
  });
  const exit = once(child, "exit");
  t.onTestFinished(async () => {
    child.kill("SIGKILL");
    await exit;
  });
  const [{ type, url }] = (await once(child, "message")) as [{ type: string; url: string }];
  assert.equal(type, "listening");
  return { child, url, exit, written: () => written };
}

for (const [name, main] of Object.entries(mains)) {
  test(`${name}: runs alone, says where, and ends when it is told to`, async (t) => {
    const { child, url, exit, written } = await start(t, main, ...(name === "fish" ? ["--speaker", "tone"] : []));
    assert.match(written(), new RegExp(`stand-in listens on ${url}\n`));
    assert.equal((await fetch(`${url}/_twin/requests`)).status, 200);
    child.kill("SIGTERM");
    assert.deepEqual(await exit, [0, null]);
  });

  test(`${name}: explains itself, and what is wrong with its options`, () => {
    const run = (...options: string[]) =>
      spawnSync(process.execPath, [main, ...options], { cwd: root, encoding: "utf8" });
    const help = run("--help");
    assert.equal(help.status, 0);
    assert.match(help.stdout, /--port PORT/);
    for (const scenario of scenarios[name as keyof typeof scenarios])
      assert.ok(help.stdout.includes(`\n  ${scenario} `), scenario);
    for (const [option, value] of [
      ["--cost", "free"],
      ["--port", "x"],
      ["--law", "hidden"],
      ["--fault", "none"],
      ["--faults", "maybe"],
      ["--nonsense", "1"],
    ] as const) {
      const wrong = run(option, value);
      assert.equal(wrong.status, 1);
      assert.match(wrong.stderr, new RegExp(option));
    }
  });
}

test("a newcomer's words ask for no fault, unless faults are on", async (t) => {
  const post = async (url: string, path: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    await response.arrayBuffer();
    return response.status;
  };
  const question = { messages: [{ role: "user", content: "[[say:hi]][[fault:overload]]" }] };
  for (const [faults, refused] of [
    ["off", 200],
    ["on", 500],
  ] as const) {
    const options = faults === "on" ? ["--faults", "on"] : [];
    const fish = await start(t, mains.fish, "--speaker", "tone", "--law", "hidden:1", ...options);
    assert.equal(await post(fish.url, "/v1/tts", { text: "Do not FAIL me." }), refused);
    const vllm = await start(t, mains.vllm, "--law", "hidden:1", ...options);
    assert.equal(await post(vllm.url, "/v1/chat/completions", question), faults === "on" ? 503 : 200);
    for (const twin of [fish, vllm]) assert.equal((await fetch(`${twin.url}/_twin/faults`)).status, 200);
  }
});

/** Where espeak-ng is not installed its tests are skipped; on a machine that is meant to have all, they fail. */
const espeakMissing =
  !existsSync(new URL("node_modules/@echogarden/espeak-ng-emscripten", root)) && process.env.CI !== "true"
    ? "@echogarden/espeak-ng-emscripten is not installed"
    : false;

test(
  "fish: speaks Chinese and English with every voice, at a sane pace and level",
  skipFor(espeakMissing),
  async (t) => {
    const { url, written } = await start(t, mains.fish);
    assert.doesNotMatch(written(), /not installed/);
    const texts = [
      { text: "今天天气很好，适合出去走走。", least: 2, most: 5 },
      { text: "The weather is lovely today, let us go for a walk.", least: 2, most: 5 },
      { text: "我用 GitHub 写代码，一共 3 年了。", least: 2.2, most: 6 },
    ];
    for (const reference_id of ["emma", "haoran", "oliver", "xiaolin"])
      for (const { text, least, most } of texts) {
        const response = await fetch(`${url}/v1/tts`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ text, reference_id }),
        });
        const samples = new Int16Array(await response.arrayBuffer(), 44);
        const seconds = samples.length / 44_100;
        const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0) / 32_768;
        const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length) / 32_768;
        const what = `${reference_id}: ${seconds.toFixed(2)} s, peak ${peak.toFixed(2)}, level ${level.toFixed(3)}`;
        assert.ok(seconds > least && seconds < most, what);
        assert.ok(peak > 0.3 && peak < 0.72, what);
        assert.ok(level > 0.03, what);
      }
  },
);

test("fish: a text without end is spoken to the limit only", skipFor(espeakMissing), async (t) => {
  const { url } = await start(t, mains.fish);
  const response = await fetch(`${url}/v1/tts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: "很长的话。".repeat(20_000), reference_id: "xiaolin", max_new_tokens: 100 }),
  });
  assert.equal((await response.arrayBuffer()).byteLength, 44 + 100 * 4096);
});
