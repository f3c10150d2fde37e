import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { describe, type TestContext, test } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { enginesOf } from "../../infra/engines/registry.ts";
import type { NamedEngine } from "../../infra/launch/engines.ts";
import { chooseVoice, type VoiceOptions } from "../../infra/launch/voice/choose.ts";
import { discoverSpeech, type SpeechPlace, speechPlaces } from "../../infra/launch/voice/servers.ts";
import { listen } from "../../infra/net/address.ts";
import { startPiperTwin } from "../../infra/twins/piper/server.ts";
import { toneSpeaker } from "../../infra/twins/sound/speaker.ts";
import { type SpeechTwinOptions, startSpeechTwin } from "../../infra/twins/speech/server.ts";
import { startVitsTwin } from "../../infra/twins/vits/server.ts";
import { startVllmTwin } from "../../infra/twins/vllm/server.ts";

const nobody = "http://127.0.0.1:9";
const timeoutMs = 2_000;

describe("a server that speaks", () => {
  const titles = [
    ["kokoro-fastapi", "Kokoro-FastAPI"],
    ["vllm-omni", "vLLM-Omni"],
    ["sglang-omni", "SGLang-Omni"],
    ["sglang-omni-wav-events", "SGLang-Omni"],
    ["speaches", "speaches"],
    ["localai", "LocalAI"],
    ["openedai-speech", "openedai-speech"],
    ["openai", "a server of /v1/audio/speech"],
  ] as const;
  for (const [kind, title] of titles)
    test(`is found and called by its name: ${kind}`, async (context) => {
      const url = await speech(context, { kind });
      const found = await discoverSpeech([place("speech", nobody), place("speech", url)], timeoutMs);
      assert.deepEqual(found, { engine: "speech", url, title });
    });

  test("is found where its own engine speaks with it: Piper and VITS", async (context) => {
    const [piper, vits] = await Promise.all([startPiperTwin({ port: 0 }), startVitsTwin({ port: 0 })]);
    context.onTestFinished(async () => void (await Promise.all([piper.close(), vits.close()])));
    const both = [
      place("piper", vits.url),
      place("vits", piper.url),
      place("vits", vits.url),
      place("piper", piper.url),
    ];
    assert.equal((await discoverSpeech(both, timeoutMs))?.url, vits.url);
    const choice = await chooseVoice(options({ speechPlaces: [place("piper", piper.url)] }));
    assert.deepEqual(choice, {
      kind: "present",
      env: { DUET_PIPER_URL: piper.url },
      about: `Piper, found at ${piper.url}`,
    });
  });

  test("is looked for at the ports that they have by default", () => {
    const ports = speechPlaces.map(({ engine, url }) => `${engine} ${new URL(url).port}`);
    assert.deepEqual(ports, [
      ...["speech 8880", "speech 8091", "speech 8000", "speech 8080", "vits 23456", "piper 5000"],
    ]);
  });

  const chat = { object: "list", data: [{ id: "gpt-4", object: "model" }] };
  const both = { object: "list", data: [...chat.data, { id: "voice-en-us-amy-low", object: "model" }] };
  const impostors: [what: string, listener: RequestListener, isFound: boolean][] = [
    ["a page", (_request, response) => response.end("<html></html>"), false],
    ["whoever answers everything", (_request, response) => response.end(JSON.stringify(chat)), false],
    ["whoever fails at everything", (_request, response) => response.writeHead(500).end(), false],
    ["what asks for a key", (_request, response) => response.writeHead(401).end(), false],
    ["what is still loading", (_request, response) => response.writeHead(503).end(), false],
    ["what redirects", (_request, response) => response.writeHead(302, { location: "/login" }).end(), false],
    ["what hangs up", (_request, response) => response.destroy(), false],
    ["a server of both that only has a model that answers", routes({ list: chat }), false],
    ["a server of both that has one that speaks", routes({ list: both }), true],
  ];
  for (const [what, listener, isFound] of impostors)
    test(`${isFound ? "may be" : "is not"} ${what}`, async (context) => {
      const found = await discoverSpeech([place("speech", await serve(context, listener))], timeoutMs);
      assert.equal(found !== undefined, isFound);
    });

  test("is not a model server, and neither is Piper or VITS", async (context) => {
    const twin = await startVllmTwin({ port: 0 });
    context.onTestFinished(() => twin.close());
    const engines = ["speech", "piper", "vits"] as const;
    assert.equal(
      await discoverSpeech(
        engines.map((engine) => place(engine, twin.url)),
        timeoutMs,
      ),
      undefined,
    );
  });
});

describe("the voice", () => {
  test("is a stand-in where none is named or found, and says what plugs in each engine", async () => {
    const { kind, about } = await chooseVoice(options({ speechPlaces: [place("speech", nobody)] }));
    assert.equal(kind, "stand-in");
    assert.match(about, /^espeak-ng; for another voice set DUET_FISH_URL \(Fish-Speech\)/);
    assert.equal(about.match(/DUET_\w+_URL \(/g)?.length, enginesOf("speech").length);
  });

  test("is all that was named, once every server is there", async (context) => {
    const urls = [await serve(context, () => {}), await speech(context), await speech(context)] as const;
    const voices = [named("fish", [urls[0]]), named("speech", urls.slice(1))];
    // A Fish-Speech that is speaking answers nothing.
    const { kind, about } = await chooseVoice(options({ voices, speechPlaces: [place("speech", urls[2])] }));
    assert.deepEqual([kind, about], ["present", `Fish-Speech at ${urls[0]}; vLLM-Omni at ${urls[1]}, ${urls[2]}`]);
  });

  test("may be busy, and answer nothing: it is said, and taken", async (context) => {
    const url = await serve(context, () => {});
    const said: string[] = [];
    const choice = await chooseVoice(options({ voices: [named("speech", [url])], say: (text) => said.push(text) }));
    assert.equal(choice.kind, "present");
    assert.deepEqual(said, [
      `DUET_SPEECH_URL=${url} accepts connections but has not answered yet: the server may be busy or still loading`,
    ]);
  });

  test("is refused if one server stays away", async (context) => {
    const clock = createVirtualClock();
    const voices = [named("fish", [await serve(context, () => {}), nobody])];
    let settled = false;
    const refused = assert
      .rejects(
        chooseVoice(options({ voices, clock })),
        /^Error: DUET_FISH_URL=http:\/\/127.0.0.1:9 does not answer: start that server first, or correct or unset DUET_FISH_URL$/,
      )
      .finally(() => {
        settled = true;
      });
    while (!settled) await clock.advance(50);
    await refused;
  });
});

describe("what was named and is something else is refused in one line:", () => {
  const model = async (context: TestContext) => {
    const twin = await startVllmTwin({ port: 0, modelName: "qwen" });
    context.onTestFinished(() => twin.close());
    return twin.url;
  };
  const piper = async (context: TestContext) => {
    const twin = await startPiperTwin({ port: 0 });
    context.onTestFinished(() => twin.close());
    return twin.url;
  };
  const page = (context: TestContext) => serve(context, (_request, response) => response.end("<html></html>"));
  const locked = (context: TestContext) => speech(context, { apiKey: "k" });

  type Row = [
    what: string,
    engine: string,
    url: (context: TestContext) => Promise<string>,
    message: RegExp,
    apiKey?: string,
  ];
  const rows: Row[] = [
    ...["speech", "fish", "piper", "vits"].map((engine): Row => {
      const variable = `DUET_${engine.toUpperCase()}_URL`;
      const message = `^Error: ${variable}=\\S+ is a model server, which does not speak \\(it lists qwen\\): set DUET_VLLM_URL to it, and ${variable} to a speech server$`;
      return ["a model server", engine, model, new RegExp(message)];
    }),
    ["Piper", "speech", piper, /^Error: DUET_SPEECH_URL=\S+ is Piper: set DUET_PIPER_URL to this address instead$/],
    [
      "Kokoro",
      "piper",
      (context) => speech(context, { kind: "kokoro-fastapi" }),
      /is Kokoro-FastAPI: set DUET_SPEECH_URL/,
    ],
    ["Piper", "vits", piper, /^Error: DUET_VITS_URL=\S+ is Piper: set DUET_PIPER_URL to this address instead$/],
    [
      "a page",
      "speech",
      page,
      /^Error: DUET_SPEECH_URL=\S+ answers, but not with the API that DUET_SPEECH_URL requires: correct DUET_SPEECH_URL, or unset it$/,
    ],
    [
      "a page",
      "vits",
      page,
      /^Error: DUET_VITS_URL=\S+ answers, but not with the API that DUET_VITS_URL requires: correct DUET_VITS_URL, or unset it$/,
    ],
    [
      "an address with /v1",
      "speech",
      async (context) => `${await speech(context)}/v1`,
      /leave out the path from \/v1 on$/,
    ],
    [
      "the address of the route",
      "speech",
      async (context) => `${await speech(context)}/v1/audio/speech`,
      /leave out the path from \/v1 on$/,
    ],
    ["the address of Fish-Speech's route", "fish", async () => `${nobody}/v1/tts`, /leave out the path from \/v1 on$/],
    ["one that asks for a key", "speech", locked, /requires an API key: set DUET_SPEECH_API_KEY$/],
    [
      "one that asks for another key",
      "speech",
      locked,
      /does not accept the API key: correct DUET_SPEECH_API_KEY/,
      "x",
    ],
  ];
  for (const [what, engine, url, message, apiKey] of rows)
    test(`${what} as ${engine}`, async (context) => {
      const voices = [named(engine, [await url(context)], apiKey)];
      await assert.rejects(chooseVoice(options({ voices })), message);
    });

  test("and with the right key, or one in its address, it is taken", async (context) => {
    const url = await locked(context);
    assert.match((await chooseVoice(options({ voices: [named("speech", [url], "k")] }))).about, /^vLLM-Omni at/);
    const open = (await speech(context)).replace("//", "//user:secret@");
    assert.doesNotMatch((await chooseVoice(options({ voices: [named("speech", [open])] }))).about, /secret/);
  });
});

function options(given: Partial<VoiceOptions>): VoiceOptions {
  return {
    voices: [],
    speechPlaces: [],
    waitMs: 5_000,
    clock: systemClock,
    say: () => {},
    signal: new AbortController().signal,
    ...given,
  };
}

function named(name: string, urls: readonly string[], apiKey?: string): NamedEngine {
  const title = enginesOf("speech").find((engine) => engine.name === name)?.title ?? "";
  return { name, title, variable: `DUET_${name.toUpperCase()}_URL`, urls, apiKey };
}

function place(engine: SpeechPlace["engine"], url: string): SpeechPlace {
  return { engine, url };
}

/** Has both routes, and lists some models. */
function routes({ list }: { list: object }): RequestListener {
  return ({ url }, response) => {
    if (url === "/v1/models") response.end(JSON.stringify(list));
    else response.writeHead(url === "/v1/audio/voices" ? 404 : 400).end("{}");
  };
}

async function speech(context: TestContext, given: Partial<SpeechTwinOptions> = {}): Promise<string> {
  const twin = await startSpeechTwin({ port: 0, speaker: toneSpeaker, timeScale: 0, ...given });
  context.onTestFinished(() => twin.close());
  return twin.url;
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
