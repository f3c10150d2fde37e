import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../../infra/clock/virtual.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import type { Page } from "./pages.ts";
import type { ModelServer } from "./server.ts";
import { look, type Sighting } from "./sighting.ts";
import { countTokens } from "./tokenize.ts";

const never = new AbortController().signal;
type Pages = Readonly<Record<string, Partial<Page> | Error>>;

/** A server that shows these pages, and others not; undefined: it does not answer. */
function serverOf(pages: Pages | undefined, model?: string) {
  const asked: [path: string, body: object | undefined][] = [];
  const server = {
    model,
    async page(path: string, signal: AbortSignal, body?: object): Promise<Page> {
      asked.push([path, body]);
      if (pages === undefined)
        return new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      const page = pages[path] ?? { status: 404 };
      if (page instanceof Error) throw page;
      return { status: 200, text: "", ...page };
    },
  };
  return { server: server as unknown as ModelServer, asked };
}

const list = (...models: object[]): Partial<Page> => ({ text: JSON.stringify({ data: models }) });
const model = { id: "qwen3-4b", owned_by: "vLLM", max_model_len: 4096 };
const well: Pages = {
  "/health": {},
  "/v1/models": list(model),
  "/version": { text: '{"version":"0.14"}' },
  "/metrics": { text: 'vllm:num_requests_running{engine="0"} 3\n' },
};
const plain: Sighting = {
  unwell: undefined,
  silent: false,
  version: undefined,
  model: undefined,
  maxModelLen: undefined,
  counts: undefined,
};

describe("what is seen of a server", () => {
  const seen = async (pages: Pages, named?: string) => look(serverOf(pages, named).server, createVirtualClock(), never);

  it("is all that its pages say", async () => {
    const { counts, ...rest } = await seen(well);
    const { counts: _, ...none } = plain;
    assert.deepEqual(rest, { ...none, version: "0.14", model: "qwen3-4b", maxModelLen: 4096 });
    assert.equal(counts?.running, 3);
  });

  const rows: [what: string, pages: Pages, named: string | undefined, expected: Partial<Sighting>][] = [
    ["little, if it has few pages", { "/v1/models": list({ id: "m" }) }, undefined, { model: "m" }],
    [
      "no version that is no text",
      { "/v1/models": list({ id: "m" }), "/version": { text: '{"version":3}' } },
      "m",
      { model: "m" },
    ],
    [
      "no page that failed",
      { "/v1/models": list({ id: "m" }), "/version": { status: 500, text: '{"version":"1"}' } },
      "m",
      { model: "m" },
    ],
    [
      "no figures of a page that failed",
      { ...well, "/version": {}, "/metrics": { ...well["/metrics"], status: 500 } },
      undefined,
      { model: "qwen3-4b", maxModelLen: 4096 },
    ],
    ["nothing of a list that is missing, if its model is named", { "/health": {} }, "m", {}],
    ["nothing of an empty list, if its model is named", { "/v1/models": list() }, "m", {}],
  ];
  it.each(rows)("is %s", async (_, pages, named, expected) => {
    assert.deepEqual(await seen(pages, named), { ...plain, ...expected });
  });

  const unwell: [what: string, pages: Pages, named: string | undefined, why: RegExp][] = [
    [
      "its health page says so",
      { ...well, "/health": { status: 503, text: '{"detail":"loading"}' } },
      undefined,
      /overloaded.*loading/,
    ],
    ["it lists no model", { ...well, "/v1/models": list() }, undefined, /lists no chat model.*DUET_VLLM_MODEL/],
    ["it has no list", { "/health": {} }, undefined, /rejected the request \(404\)/],
    ["its list is refused", { ...well, "/v1/models": { status: 401 } }, "m", /rejected the API key/],
    [
      "its list lies elsewhere",
      { ...well, "/v1/models": { status: 307, location: "http://b/v1/models" } },
      "m",
      /another one: the model server redirects to http:\/\/b: set/,
    ],
    [
      "a web page stands in place of its list",
      { ...well, "/v1/models": { text: " <html>" } },
      "m",
      /returned a web page/,
    ],
    [
      "nobody is there",
      { "/health": new EngineError("unreachable", "away"), "/v1/models": new Error("gone") },
      "m",
      /^away$/,
    ],
    [
      "it breaks off",
      { "/health": {}, "/v1/models": new EngineError("broken", "cut", { forLog: "ECONNRESET" }) },
      "m",
      /^cut: ECONNRESET$/,
    ],
  ];
  it.each(unwell)("is that it is unwell if %s", async (_, pages, named, why) => {
    const found = await seen(pages, named);
    assert.match(found.unwell ?? "", why);
    assert.equal(found.silent, false);
  });

  it("is that it is silent, if it shows nothing within two seconds", async () => {
    const clock = createVirtualClock();
    const looking = look(serverOf(undefined).server, clock, never);
    let isOver = false;
    void looking.then(() => {
      isOver = true;
    });
    await clock.advance(1999);
    assert.equal(isOver, false);
    await clock.advance(1);
    const { silent, unwell = "" } = await looking;
    assert.equal(silent, true);
    assert.match(unwell, /within 2 s: check DUET_VLLM_URL/);
    assert.equal(clock.pending, 0);
    const stalled = new EngineError("stalled", "late");
    assert.equal((await seen({ ...well, "/health": stalled })).silent, false);
    assert.equal((await seen({ "/health": stalled, "/v1/models": stalled }, "m")).silent, true);
  });

  it("is nothing to a caller who has left", async () => {
    const left = new AbortController();
    const clock = createVirtualClock();
    const looking = look(serverOf(undefined).server, clock, left.signal);
    left.abort(new Error("left"));
    await assert.rejects(looking, /left/);
    assert.equal(clock.pending, 0);
  });
});

describe("a server's count of tokens", () => {
  const messages = [{ role: "user", content: "Hi." }] as const;
  const count = (page: Partial<Page> | Error, signal = never) =>
    countTokens(serverOf({ "/tokenize": page }).server, "m", messages, signal);

  it("is asked for with the whole prompt", async () => {
    const { server, asked } = serverOf({ "/tokenize": { text: '{"count":12}' } });
    assert.equal(await countTokens(server, "m", messages, never), 12);
    assert.deepEqual(asked, [["/tokenize", { model: "m", messages: [...messages], add_generation_prompt: true }]]);
  });

  it("is none where there is no such page, or it says something else", async () => {
    for (const page of [
      { status: 404 },
      { text: '{"count":"12"}' },
      { text: "12" },
      { text: "<html>" },
      new Error("cut"),
    ])
      assert.equal(await count(page), undefined);
  });

  it("is not waited for long, and not at all once its caller has left", async () => {
    const began = performance.now();
    assert.equal(await countTokens(serverOf(undefined).server, "m", messages, never), undefined);
    assert.ok(performance.now() - began < 5_000);
    await assert.rejects(count(new Error("cut"), AbortSignal.abort(new Error("left"))), /left/);
  });

  it("is asked for no longer than its caller is there", async () => {
    const left = new AbortController();
    let asked: AbortSignal | undefined;
    const server = {
      page: (_path: string, signal: AbortSignal) => {
        asked = signal;
        return new Promise((_, reject) => void signal.addEventListener("abort", () => reject(signal.reason)));
      },
    } as unknown as ModelServer;
    const counting = countTokens(server, "m", messages, left.signal);
    assert.equal(asked?.aborted, false);
    left.abort(new Error("left"));
    assert.equal(asked?.aborted, true);
    await assert.rejects(counting, /left/);
  });
});
