import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { describe, type TestContext, test } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { type ChooseOptions, chooseModelServer, type NamedEngine, scriptedModel } from "../../infra/launch/engines.ts";
import { listen } from "../../infra/net/address.ts";
import { toneSpeaker } from "../../infra/twins/sound/speaker.ts";
import { startSpeechTwin } from "../../infra/twins/speech/server.ts";
import { startVllmTwin } from "../../infra/twins/vllm/server.ts";

const nobody = "http://127.0.0.1:9";

describe("the model server", () => {
  test("is found at the first place that serves a model", async (context) => {
    const twin = await startVllmTwin({ port: 0, modelName: "qwen" });
    context.onTestFinished(() => twin.close());
    const other = await serve(context, json({ object: "list", data: [{ id: "other" }] }));
    const choice = await chooseModelServer(
      options({ candidates: [place("silent", nobody), place("vLLM", twin.url), place("Ollama", other)] }),
    );
    assert.deepEqual(choice, {
      kind: "present",
      env: { DUET_VLLM_URL: twin.url, DUET_VLLM_MODEL: "qwen" },
      about: `qwen on vLLM, found at ${twin.url}`,
    });
  });

  test("is not what only speaks, though it lists models at the usual place", async (context) => {
    for (const kind of ["sglang-omni", "speaches", "openedai-speech", "openai"] as const) {
      const twin = await startSpeechTwin({ port: 0, kind, speaker: toneSpeaker, models: ["openbmb/VoxCPM2"] });
      context.onTestFinished(() => twin.close());
      assert.equal((await chooseModelServer(options({ candidates: [place("vLLM", twin.url)] }))).kind, "stand-in");
    }
  });

  test("is a stand-in where nobody is looked for", async () => {
    assert.equal((await chooseModelServer(options({ candidates: [] }))).kind, "stand-in");
  });

  test("is not a page, an edge or a list of something else", async (context) => {
    const places = await Promise.all([
      serve(context, (_request, response) => response.writeHead(404).end("not found")),
      serve(context, (_request, response) => response.end("<html></html>")),
      serve(context, json({ object: "list", data: [{ name: "a file" }] })),
      serve(context, json([])),
      serve(context, (_request, response) => response.destroy()),
    ]);
    const candidates = places.map((url) => place("impostor", url));
    assert.equal((await chooseModelServer(options({ candidates }))).kind, "stand-in");
  });

  test("is not one that has no model, and people are told so", async (context) => {
    const url = await serve(context, json({ object: "list", data: null }));
    const said: string[] = [];
    const choice = await chooseModelServer(
      options({ candidates: [place("Ollama", url)], say: (text) => said.push(text) }),
    );
    assert.equal(choice.kind, "stand-in");
    assert.deepEqual(said, [
      `Ollama runs at ${url} but has no model, so it is not used: load a model into it, then start Duet again`,
    ]);
  });

  test("answers questions with a model that can, or with the one that was asked for", async (context) => {
    const url = await serve(context, json({ object: "list", data: [{ id: "nomic-embed-text" }, { id: "llama" }] }));
    const candidates = [place("Ollama", url)];
    assert.match((await chooseModelServer(options({ candidates }))).about, /^llama on Ollama/);
    assert.match((await chooseModelServer(options({ candidates, modelName: "mine" }))).about, /^mine on Ollama/);
  });

  test("is known for scripted where it is our own stand-in, found or named", async (context) => {
    const twin = await startVllmTwin({ port: 0 });
    context.onTestFinished(() => twin.close());
    for (const given of [{ candidates: [place("vLLM", twin.url)] }, { model: modelServer([twin.url]) }]) {
      const choice = await chooseModelServer(options(given));
      assert.equal(choice.kind === "present" && choice.env.DUET_EDGE_SCRIPTED, "1");
      assert.ok(choice.about.startsWith(scriptedModel));
    }
  });

  test("that was named may come up a little later", async (context) => {
    const server = createServer(json({ object: "list", data: [{ id: "slow" }] }));
    const reserved = await listen(server, { host: "127.0.0.1", port: 0 }, "-");
    await new Promise((resolve) => server.close(resolve));
    const url = `http://127.0.0.1:${reserved.port}`;
    const choice = await chooseModelServer(
      options({
        model: modelServer([url]),
        clock: systemClock,
        say: (text) => {
          assert.equal(text, `waiting for the server at DUET_VLLM_URL=${url} to answer`);
          server.listen(reserved.port, "127.0.0.1");
          context.onTestFinished(() => void server.close());
        },
      }),
    );
    assert.equal(choice.about, `slow at ${url}`);
  });

  test("that was named and is still loading is waited for", async (context) => {
    let asked = 0;
    const ready = json({ object: "list", data: [{ id: "large" }] });
    const vllmUrl = await serve(context, (request, response) => {
      asked += 1;
      if (asked < 3) response.writeHead(503).end(`{"error":{"message":"Loading model","code":503}}`);
      else ready(request, response);
    });
    assert.equal((await chooseModelServer(options({ model: modelServer([vllmUrl]) }))).about, `large at ${vllmUrl}`);
    assert.equal(asked, 3);
  });

  test("that was named with its model needs no list of models", async (context) => {
    const answers: RequestListener[] = [
      (_request, response) => response.writeHead(404).end("404 page not found"),
      (_request, response) => response.writeHead(405).end(),
      json({ object: "list", data: [] }),
      json({ models: ["mine"] }),
    ];
    for (const answer of answers) {
      const url = await serve(context, answer);
      const choice = await chooseModelServer(options({ model: modelServer([url]), modelName: "mine" }));
      assert.equal(choice.about, `mine at ${url}`);
    }
  });

  test("that was named and lists what embeds first is asked for what answers", async (context) => {
    // Not all say `object`.
    const url = await serve(context, json({ data: [{ id: "nomic-embed-text:latest" }, { id: "qwen2.5:7b" }] }));
    assert.equal((await chooseModelServer(options({ model: modelServer([url]) }))).about, `qwen2.5:7b at ${url}`);
  });

  const moved: RequestListener = (request, response) =>
    response.writeHead(308, { location: `https://models.example${request.url}` }).end();
  const elsewhere: [what: string, listener: RequestListener, below: string, message: RegExp][] = [
    ["redirects", moved, "", /redirects to https:\/\/models\.example: set DUET_VLLM_URL to that/],
    ["shows a web page", (_request, response) => response.end("<html></html>"), "", /with a web page/],
    ["ends in /v1", json({ object: "list", data: [{ id: "mine" }] }), "/v1", /leave out the \/v1/],
    ["fails", (_request, response) => response.writeHead(500).end(), "", /is not an OpenAI-compatible/],
  ];
  for (const [what, listener, below, message] of elsewhere)
    for (const modelName of [undefined, "mine"])
      test(`that was named and ${what} is told${modelName ? ", its model named or not" : ""}`, async (context) => {
        const url = `${await serve(context, listener)}${below}`;
        await assert.rejects(chooseModelServer(options({ model: modelServer([url]), modelName })), message);
      });

  const refusals: [what: string, listener: RequestListener, message: RegExp][] = [
    [
      "asks for a key",
      (_request, response) => response.writeHead(401).end(),
      /requires an API key: set DUET_VLLM_API_KEY/,
    ],
    ["has no model", json({ object: "list", data: [] }), /has no model: load one/],
    [
      "lists none that answers questions",
      json({ object: "list", data: [{ id: "nomic-embed-text" }] }),
      /lists no chat model: .*DUET_VLLM_MODEL/,
    ],
    [
      "is something else",
      (_request, response) => response.writeHead(404).end(),
      /is not an OpenAI-compatible .* without \/v1/,
    ],
  ];
  for (const [what, listener, message] of refusals)
    test(`that was named and ${what} is refused`, async (context) => {
      const vllmUrl = await serve(context, listener);
      await assert.rejects(chooseModelServer(options({ model: modelServer([vllmUrl]) })), message);
    });

  test("that was named gets the key", async (context) => {
    const twin = await startVllmTwin({ port: 0, apiKey: "k", modelName: "qwen" });
    context.onTestFinished(() => twin.close());
    const choice = await chooseModelServer(options({ model: modelServer([twin.url], "k") }));
    assert.equal(choice.about, `qwen at ${twin.url}`);
  });

  test("that was named and stays away is refused in one line", async () => {
    const clock = createVirtualClock();
    const choice = chooseModelServer(options({ model: modelServer([nobody]), clock }));
    const refused = assert.rejects(choice, {
      message: `DUET_VLLM_URL=${nobody} does not answer: start that server first, or correct or unset DUET_VLLM_URL`,
    });
    await elapse(clock, refused);
  });
});

function options(given: Partial<ChooseOptions>): ChooseOptions {
  return {
    modelFile: undefined,
    model: undefined,
    modelName: undefined,
    candidates: [],
    waitMs: 5_000,
    clock: systemClock,
    say: () => {},
    signal: new AbortController().signal,
    ...given,
  };
}

function modelServer(urls: string[], apiKey?: string): NamedEngine {
  return { name: "vllm", title: "vLLM", variable: "DUET_VLLM_URL", urls, apiKey };
}

function place(name: string, url: string): { name: string; url: string } {
  return { name, url };
}

function json(body: unknown): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
}

async function serve(context: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  context.onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "-");
  return `http://127.0.0.1:${port}`;
}

/** Lets virtual time pass until the promise settles. */
async function elapse(clock: ReturnType<typeof createVirtualClock>, promise: Promise<void>): Promise<void> {
  let settled = false;
  const done = promise.finally(() => {
    settled = true;
  });
  while (!settled) await clock.advance(50);
  await done;
}
