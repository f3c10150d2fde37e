import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, type TestContext, test } from "vitest";
import { listen } from "../../infra/net/address.ts";
import { toneSpeaker } from "../../infra/twins/sound/speaker.ts";
import { startSpeechTwin } from "../../infra/twins/speech/server.ts";
import { startVllmTwin } from "../../infra/twins/vllm/server.ts";
import { descendantsOf, stillRunning } from "../support/process-table.ts";
import { until } from "../support/until.ts";
import { type Launcher, startLauncher } from "./launcher.ts";

const quiet = { DUET_DISCOVER: "0", DUET_EDGE_LISTEN: "127.0.0.1:0" };

describe("npm start", () => {
  test("brings up the page within 15 s, says where it is, and Ctrl-C leaves nothing behind within 2 s", async (context) => {
    const startedAt = performance.now();
    const launcher = start(context, quiet);
    const page = await launcher.page;
    const response = await fetch(page);
    assert.equal(response.status, 200);
    assert.match(await response.text(), /<html/i);
    assert.ok(performance.now() - startedAt < 15_000);
    assert.ok(launcher.output().includes(`Duet is ready:  ${page}`), launcher.output());
    assert.match(launcher.output(), /scripted answers; for a real model set DUET_VLLM_URL/);
    // What would make a model faster is no news where none was described.
    const turn = await fetch(`${page}/duet.assistant.v1.AssistantService/Converse`, {
      method: "POST",
      headers: { "content-type": "application/connect+json" },
      body: envelope(JSON.stringify({ text: "Tell me a story." })),
    });
    await turn.arrayBuffer();
    assert.doesNotMatch(launcher.output(), /speculation/i);

    const family = descendantsOf(launcher.pid);
    assert.ok(family.length >= 5, `only ${family.length} processes were started`);
    process.kill(-launcher.pid, "SIGINT");
    await until("all processes ended", () => stillRunning([launcher.pid, ...family]).length === 0, 2_000);
    assert.deepEqual(await launcher.ended, { status: 0, signal: null });
  });

  test("ends all of it within 2 s in the middle of a turn too", async (context) => {
    const launcher = start(context, quiet);
    const page = await launcher.page;
    const response = await fetch(`${page}/duet.assistant.v1.AssistantService/Converse`, {
      method: "POST",
      headers: { "content-type": "application/connect+json" },
      body: envelope(JSON.stringify({ text: "讲一个长一点的故事" })),
    });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    assert.equal((await reader.read()).done, false);
    const family = descendantsOf(launcher.pid);
    process.kill(-launcher.pid, "SIGINT");
    await until("all processes ended", () => stillRunning([launcher.pid, ...family]).length === 0, 2_000);
    await reader.cancel().catch(() => {});
  });

  test("leaves nothing behind when it is killed without a chance to say so", async (context) => {
    const launcher = start(context, quiet);
    await launcher.page;
    const family = descendantsOf(launcher.pid);
    process.kill(launcher.pid, "SIGKILL");
    await until("all processes ended", () => stillRunning(family).length === 0, 20_000);
  });

  test("leaves nothing behind when it is stopped while it starts", async (context) => {
    const launcher = start(context, quiet);
    await until("a first process runs", () => descendantsOf(launcher.pid).length > 0, 5_000);
    const family = descendantsOf(launcher.pid);
    process.kill(-launcher.pid, "SIGINT");
    await until("all processes ended", () => stillRunning([launcher.pid, ...family]).length === 0, 2_000);
  });

  test("stops with one line that names who ended", async (context) => {
    const launcher = start(context, quiet);
    await launcher.page;
    const family = descendantsOf(launcher.pid);
    process.kill(family[0] as number, "SIGKILL");
    assert.equal((await launcher.ended).status, 1);
    assert.match(
      launcher.output().trimEnd().split("\n").at(-1) ?? "",
      /^\S+ stopped: process \d+ was ended by SIGKILL/,
    );
    assert.deepEqual(stillRunning(family), []);
  });

  test("moves to the next port where the usual one is taken", async (context) => {
    const server = createServer();
    context.onTestFinished(() => void server.close());
    await listen(server, { host: "127.0.0.1", port: 8080 }, "-").catch(() => {});
    const launcher = start(context, { DUET_DISCOVER: "0" });
    const page = new URL(await launcher.page);
    assert.ok(Number(page.port) > 8080 && Number(page.port) < 8180, page.href);
    assert.match(launcher.output(), /port 8080 is taken, so the page is served at port 80\d\d/);
    assert.equal((await fetch(page)).status, 200);
  });
});

describe("npm start with a speech server", () => {
  test("of which the address is told needs nothing else, and says which voice speaks", async (context) => {
    const { url } = await speech(context, 0);
    const launcher = start(context, { ...quiet, DUET_SPEECH_URL: url });
    await launcher.page;
    assert.match(launcher.output(), new RegExp(`Voice  speech/af_heart, on Kokoro-FastAPI at ${url}\n`));
  });

  test("on this host finds it", async (context) => {
    const { url } = await speech(context, 8880).catch(() => context.skip("port 8880 is taken"));
    const launcher = start(context, { DUET_EDGE_LISTEN: "127.0.0.1:0" });
    await launcher.page;
    assert.match(launcher.output(), new RegExp(`Voice  speech/af_heart, on Kokoro-FastAPI, found at ${url}\n`));
  });
});

describe("npm start refuses in one line that names the remedy:", () => {
  const refusals = async (launcher: Launcher) => {
    assert.equal((await launcher.ended).status, 1, launcher.output());
    return launcher.output().trimEnd().split("\n").at(-1) ?? "";
  };

  for (const setting of ["DUET_EDGE_LISTEN", "DUET_GENERATE_LISTEN", "DUET_SYNTHESIZE_ADMIN_LISTEN"])
    test(`a port that somebody asked for in ${setting} and that is taken, before anything runs`, async (context) => {
      const server = createServer();
      context.onTestFinished(() => void server.close());
      const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "-");
      const launcher = start(context, { ...quiet, [setting]: `127.0.0.1:${port}` });
      assert.equal(
        await refusals(launcher),
        `127.0.0.1:${port} is taken by another program: set ${setting} to a free port`,
      );
      assert.equal(launcher.output().trimEnd().split("\n").length, 1, launcher.output());
    });

  test("a setting that is wrong, before anything runs", async (context) => {
    const launcher = start(context, { DUET_GENERATE_MAX_TOKENS: "many" });
    assert.match(await refusals(launcher), /^DUET_GENERATE_MAX_TOKENS=many: must be a number from 1 to 32768/);
    assert.equal(launcher.output().trimEnd().split("\n").length, 1, launcher.output());
  });

  test("a setting that does not exist", async (context) => {
    const launcher = start(context, { DUET_VLM_URL: "http://127.0.0.1:1" });
    assert.equal(await refusals(launcher), "unknown setting DUET_VLM_URL: did you mean DUET_VLLM_URL?");
  });

  test("a setting of an edge that stands alone", async (context) => {
    const launcher = start(context, { DUET_EDGE_GENERATE_URL: "http://127.0.0.1:1" });
    assert.match(
      await refusals(launcher),
      /^unset DUET_EDGE_GENERATE_URL: npm start runs Generate and Synthesize itself/,
    );
  });

  test("a model server that is named as a voice", async (context) => {
    const twin = await startVllmTwin({ port: 0, modelName: "qwen" });
    context.onTestFinished(() => twin.close());
    const launcher = start(context, { ...quiet, DUET_SPEECH_URL: twin.url });
    assert.match(
      await refusals(launcher),
      /^DUET_SPEECH_URL=\S+ is a model server, which does not speak \(it lists qwen\): set DUET_VLLM_URL to it/,
    );
    assert.doesNotMatch(launcher.output(), /^ +at /m, "no stack");
  });

  test("an argument that it does not know", async (context) => {
    const launcher = start(context, quiet, ["--port", "9000"]);
    assert.match(await refusals(launcher), /does not understand --port 9000: settings are environment variables/);
  });
});

test("npm start -- --help lists every setting", async (context) => {
  const launcher = start(context, {}, ["--help"]);
  assert.equal((await launcher.ended).status, 0);
  for (const name of ["DUET_VLLM_URL", "DUET_FISH_URL", "DUET_EDGE_LISTEN=127.0.0.1:8080", "DUET_DISCOVER=1"])
    assert.ok(launcher.output().includes(name), name);
});

/** A stand-in of Kokoro-FastAPI. */
async function speech(context: TestContext, port: number): Promise<{ url: string }> {
  const twin = await startSpeechTwin({ port, kind: "kokoro-fastapi", speaker: toneSpeaker, timeScale: 0 });
  context.onTestFinished(() => twin.close());
  return twin;
}

/** A launcher of which nothing is left after the test, however it ends. */
function start(context: TestContext, settings: Record<string, string>, args: string[] = []): Launcher {
  const launcher = startLauncher(settings, args);
  context.onTestFinished(launcher.end);
  return launcher;
}

/** One message as Connect frames it. */
function envelope(text: string): Uint8Array<ArrayBuffer> {
  const body = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}
