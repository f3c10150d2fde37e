import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createSegmentCache } from "../cache/cache.ts";
import { createClauseCache } from "../cache/clauses.ts";
import { createMemoryTier } from "../cache/memory.ts";
import type { Lane } from "../lanes/lane.ts";
import type { Speech } from "../speak/speech.ts";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import { createSpokenForm } from "../text/spoken/spoken.ts";
import { type Written, words } from "../text/words.ts";
import type { Forecast, Watched } from "./forecast.ts";
import { createOpenings } from "./openings.ts";

const said = { language: "zh", questionLanguage: "zh", lexicon: "" };
const spokenForm = () => createSpokenForm({ language: "zh" });
const late: Omit<Forecast, "begin"> = { firstWordsMs: () => 5000, followMs: () => 700, writtenMs: () => 100 };

/** A voice whose openings may be kept, with what its forecast is told. */
async function open({
  kept = {},
  fromMs = 600,
  fixed = true,
  forecast = late,
  offered = ["好问题。", "明白了。"],
}: Given) {
  const cache = createSegmentCache({ memory: createMemoryTier(2 ** 20), clock: createVirtualClock() });
  const looked: unknown[] = [];
  const clauses = createClauseCache({
    cache,
    sampleRateHertz: 1000,
    revision: () => (fixed ? "r" : undefined),
    looked: (found) => void looked.push(found),
  });
  for (const [text, seconds] of Object.entries(kept)) {
    async function* written() {
      yield { text };
    }
    const offers = await Array.fromAsync(words(written(), createSegmenter(), spokenForm()));
    const clause = offers.flatMap((offer) => offer.clauses);
    clauses.want(clause, { voice: "emma", tenant: "acme" });
    const take = clauses.take(clause);
    take?.add(new Int16Array(1000 * seconds));
    take?.keep();
  }
  const told: string[] = [];
  const watched: Watched = {
    wrote: (text) => void told.push(`wrote ${text}`),
    heard: () => void told.push("heard"),
    made: (seconds, engineMs) => void told.push(`made ${seconds} s in ${engineMs} ms`),
    end: () => void told.push("end"),
  };
  const lane = {
    kept: clauses,
    asWritten: false,
    sampleRateHertz: 1000,
    forecast: { ...forecast, begin: () => watched },
  };
  const missing: unknown[] = [];
  const openings = createOpenings({ fromMs, prewarm: { add: (...texts) => void missing.push(...texts) } });
  const role = { lane: lane as unknown as Lane, voice: "emma", name: "fish/emma" };
  const beginning = await openings.begin({ offered, said, role, spokenForm, tenant: "acme" });
  return { beginning, missing, looked, told };
}
interface Given {
  readonly kept?: Readonly<Record<string, number>>;
  readonly fromMs?: number;
  readonly fixed?: boolean;
  readonly forecast?: Omit<Forecast, "begin">;
  readonly offered?: readonly string[];
}

describe("the openings that a writer is asked for", () => {
  const both = { "好问题。": 1, "明白了。": 0.8 };
  const rows: [what: string, given: Given, openings: string[], missing: string[]][] = [
    ["are those that are kept", { kept: both }, ["好问题。", "明白了。"], []],
    ["are not those that are not, which are made for later", { kept: { "明白了。": 0.8 } }, ["明白了。"], ["好问题。"]],
    ["are none that are too short for what follows", { kept: { ...both, "明白了。": 0.6 } }, ["好问题。"], []],
    ["are none where words come in time", { kept: both, forecast: { ...late, firstWordsMs: () => 600 } }, [], []],
    ["are those at any time if they are wanted so", { kept: both, fromMs: 0 }, ["好问题。", "明白了。"], []],
    ["are none of a voice that is never the same", { kept: both, fixed: false }, [], []],
    ["are of one clause each", { kept: both, offered: ["好问题。明白了。", "明白了。", ""] }, ["明白了。"], []],
    ["are none where none is offered", { kept: both, offered: [] }, [], []],
  ];
  it.each(rows)("%s", async (_, given, openings, missing) => {
    const { beginning, missing: made, looked } = await open(given);
    assert.deepEqual(beginning.openings, openings);
    assert.deepEqual(
      made,
      missing.map((text) => ({ text, voice: "fish/emma", ...said })),
    );
    assert.deepEqual(looked, [], "nobody asked to hear them");
  });

  it("are none where nothing is kept at all", async () => {
    const forecast = { ...late, begin: () => ({}) as Watched };
    const role = { lane: { kept: undefined, forecast } as unknown as Lane, voice: "emma", name: "fish/emma" };
    const { openings } = await createOpenings({ fromMs: 0 }).begin({
      offered: ["好问题。"],
      said,
      role,
      spokenForm,
      tenant: "acme",
    });
    assert.deepEqual(openings, []);
  });
});

describe("the beginning of a text", () => {
  async function* from<T>(...items: T[]): AsyncGenerator<T> {
    yield* items;
  }
  const segment = (index: number, end: number, source: "engine" | "cache"): Speech => ({
    kind: "segment",
    index,
    segment: { start: 0, end, spoken: "", spans: [] },
    voice: "fish/emma",
    source,
  });
  const audio: Speech = { kind: "audio", index: 0, offset: 0, pcm: new Uint8Array(2) };

  it("is passed on, with its opening in one piece, and is told to the forecast", async () => {
    const { beginning, told } = await open({ kept: { "好问题。": 1 } });
    const written = await Array.fromAsync(
      beginning.open(from<Written>({ text: "好问" }, { text: "题。天" }, "flush", { text: "空" })),
    );
    assert.deepEqual(written, [{ text: "好问题。", flush: true }, { text: "天" }, "flush", { text: "空" }]);
    assert.deepEqual(told, ["wrote 好问题。", "wrote 天", "wrote 空"]);
  });

  const rows: [what: string, written: string, speech: Speech, source: string][] = [
    ["is an opening", "好问题。天空", segment(0, 4, "cache"), "opener"],
    ["is none if it was made now", "好问题。天空", segment(0, 4, "engine"), "engine"],
    ["is none if it ends elsewhere", "好问题。天空", segment(0, 6, "cache"), "cache"],
    ["is none if it comes later", "好问题。天空", segment(1, 4, "cache"), "cache"],
    ["is none if none was asked for", "很高兴。天空", segment(0, 4, "cache"), "cache"],
  ];
  it.each(rows)("%s, as its speech says", async (_, text, speech, source) => {
    const { beginning } = await open({ kept: { "好问题。": 1 } });
    await Array.fromAsync(beginning.open(from<Written>({ text })));
    assert.deepEqual(await Array.fromAsync(beginning.watch(from(speech))), [{ ...speech, source }]);
  });

  it("tells the forecast what an engine makes of it, until it ends or is left", async () => {
    const { beginning, told } = await open({});
    const done: Speech = { kind: "done", index: 0, sampleCount: 1500, engineMs: 300 };
    const speech = [segment(0, 4, "cache"), audio, segment(1, 9, "engine"), audio, done];
    assert.deepEqual(await Array.fromAsync(beginning.watch(from(...speech))), speech);
    assert.deepEqual(told, ["heard", "made 1.5 s in 300 ms", "end"]);
    const left = await open({});
    for await (const _ of left.beginning.watch(from(...speech))) break;
    assert.deepEqual(left.told, ["end"]);
  });
});
