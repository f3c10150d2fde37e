import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import { partClause, type SpeakableClause } from "../text/speakable.ts";
import { createSpokenForm } from "../text/spoken/spoken.ts";
import { words } from "../text/words.ts";
import { createSegmentCache } from "./cache.ts";
import { type ClauseCache, createClauseCache, type Wanted } from "./clauses.ts";
import { createMemoryTier } from "./memory.ts";
import type { SharedTier } from "./redis.ts";

const emma: Wanted = { voice: "emma", tenant: "acme" };

function open() {
  const cache = createSegmentCache({ memory: createMemoryTier(2 ** 20), clock: createVirtualClock() });
  const revision = (voice: string) => (voice === "random" ? undefined : "r");
  const clauses = createClauseCache({ cache, sampleRateHertz: 1000, revision, looked() {} });
  const keep = (segment: readonly SpeakableClause[], milliseconds = 1000) => {
    const take = clauses.take(segment);
    take?.add(new Int16Array(milliseconds));
    take?.keep();
  };
  return { clauses, keep };
}

async function clausesOf(text: string): Promise<SpeakableClause[]> {
  async function* written() {
    yield { text };
  }
  const offers = await Array.fromAsync(words(written(), createSegmenter(), createSpokenForm({ language: "zh" })));
  return offers.flatMap((offer) => offer.clauses);
}

/** A clause of somebody's, parted at its first border. */
async function parted(clauses: ReturnType<typeof open>["clauses"], wanted: Wanted) {
  const [clause] = (await clausesOf("备战一场全程马拉松通常需要十六周左右的时间。")) as [SpeakableClause];
  await clauses.look([clause], [], wanted);
  const parts = partClause(clause, 0) as readonly [SpeakableClause, SpeakableClause];
  clauses.parted(clause, parts);
  return parts;
}

describe("parts of a clause", () => {
  it("are at hand for whoever may hear the clause, each by itself", async () => {
    const { clauses, keep } = open();
    const [head, rest] = await parted(clauses, emma);
    keep([head]);
    const [again, restAgain] = await parted(clauses, emma);
    assert.deepEqual([clauses.get([again])?.length, clauses.get([restAgain])], [1000, undefined]);
    keep([rest], 700);
    assert.equal(clauses.get([restAgain])?.length, 700);
    const [others] = await parted(clauses, { ...emma, tenant: "other" });
    assert.equal(clauses.get([others]), undefined);
  });

  it("that are wanted by nobody known are nobody's", async () => {
    const { clauses, keep } = open();
    const [clause] = (await clausesOf("备战一场全程马拉松通常需要十六周左右的时间。")) as [SpeakableClause];
    clauses.parted(clause, [clause]);
    clauses.want([clause], { ...emma, voice: "random" });
    keep([clause]);
    assert.equal(clauses.keyOf([clause]), undefined);
  });
});

describe("clauses that are looked up", () => {
  /** A cache whose shared tier has some speech, with the keys that it was asked for. */
  function openShared() {
    const asked: string[] = [];
    const shared = new Map<string, Int16Array>();
    const tier: SharedTier = {
      ready: () => true,
      load: async (key) => {
        asked.push(key);
        return shared.get(key);
      },
      save: async (key, samples) => void shared.set(key, samples),
    };
    const looked: (string | undefined)[] = [];
    const openOne = () => {
      const clock = createVirtualClock();
      const cache = createSegmentCache({ memory: createMemoryTier(2 ** 20), clock, shared: tier });
      const revision = (voice: string) => (voice === "random" ? undefined : "r");
      const clauses = createClauseCache({
        cache,
        sampleRateHertz: 1000,
        revision,
        looked: (found) => void looked.push(found),
      });
      return clauses;
    };
    return { asked, looked, openOne };
  }
  const store = (cache: ClauseCache, segment: readonly SpeakableClause[], milliseconds: number) => {
    const take = cache.take(segment);
    take?.add(new Int16Array(milliseconds / 2));
    take?.add(new Int16Array(milliseconds / 2));
    take?.keep();
  };
  const text = "您好。请问？好的！再见。谢谢。是的。";

  it("are asked for one by one, and together from the beginning of their text, up to four", async () => {
    const all = await clausesOf(text);
    assert.equal(all.length, 6);
    const rows: [before: number, count: number, asked: number][] = [
      [0, 0, 0],
      [0, 1, 1],
      [0, 3, 3 + 2],
      [0, 6, 6 + 3],
      [2, 1, 1 + 1],
      [3, 2, 2 + 1],
      [4, 2, 2],
    ];
    for (const [before, count, expected] of rows)
      for (const tenant of ["", "acme"]) {
        const { openOne, asked } = openShared();
        const cache = openOne();
        cache.want(all.slice(0, before), { ...emma, tenant });
        await cache.look(all.slice(before, before + count), all.slice(0, before), { ...emma, tenant });
        // A tenant's own speech, and that for everybody.
        assert.equal(new Set(asked).size, tenant === "" ? expected : 2 * expected, `${before} and ${count}`);
      }
  });

  it("are found where another process has kept them, alone and together", async () => {
    const { openOne } = openShared();
    const [writer, reader] = [openOne(), openOne()];
    const all = await clausesOf(text);
    writer.want(all, emma);
    store(writer, all.slice(0, 1), 400);
    store(writer, all.slice(0, 2), 1000);
    store(writer, all.slice(1, 2), 700);
    await reader.look(all.slice(0, 2), [], emma);
    const lengths = [all.slice(0, 1), all.slice(0, 2), all.slice(1, 2)].map((segment) => reader.get(segment)?.length);
    assert.deepEqual(lengths, [400, 1000, 700]);
    assert.equal(reader.secondsOf(reader.keyOf(all.slice(0, 2)) as string), 1);
    assert.equal(reader.secondsOf("no key"), undefined);
  });

  it("are counted each, by where it was found, unless nobody wants to hear them", async () => {
    const { openOne, looked } = openShared();
    const [writer, reader] = [openOne(), openOne()];
    const all = await clausesOf(text);
    writer.want(all, emma);
    store(writer, all.slice(0, 1), 400);
    store(writer, all.slice(2, 3), 400);
    await writer.look(all.slice(0, 2), [], emma);
    await reader.look(all.slice(0, 3), [], emma);
    assert.deepEqual(looked, ["memory", undefined, "shared", undefined, "shared"]);
    await reader.look(all, [], { ...emma, counted: false });
    await reader.look(all, [], { ...emma, voice: "random" });
    assert.equal(looked.length, 5);
  });

  it("are everybody's where nothing is kept for their tenant, and the tenant's own before that", async () => {
    const { openOne, looked } = openShared();
    const cache = openOne();
    const [common] = await clausesOf("您好。");
    const [own] = await clausesOf("您好。");
    cache.want([common as SpeakableClause], { ...emma, tenant: "" });
    store(cache, [common as SpeakableClause], 400);
    const mine = [own as SpeakableClause];
    await cache.look(mine, [], emma);
    assert.deepEqual([cache.get(mine)?.length, looked], [400, ["memory"]]);
    store(cache, mine, 600);
    assert.equal(cache.get(mine)?.length, 600);
    assert.equal(cache.get([common as SpeakableClause])?.length, 400);
    assert.deepEqual([cache.foresee("您好", emma), cache.foresee("您好", { ...emma, tenant: "other" })], [0.6, 0.4]);
  });

  it("belong to whoever wanted them first, and to nobody before", async () => {
    const { openOne } = openShared();
    const cache = openOne();
    const some = (await clausesOf("您好。")).slice(0, 1);
    assert.deepEqual([cache.get(some), cache.keyOf(some), cache.take(some)], [undefined, undefined, undefined]);
    cache.want(some, emma);
    const key = cache.keyOf(some);
    cache.want(some, { ...emma, voice: "otto" });
    assert.equal(cache.keyOf(some), key);
    assert.equal(cache.foresee("您好", { ...emma, voice: "random" }), undefined);
  });
});

describe("what is being written", () => {
  it("is foreseen as what was kept and begins so", async () => {
    const { clauses, keep } = open();
    const greeting = await clausesOf("您好，很高兴为您服务。");
    clauses.want(greeting, emma);
    keep(greeting, 3000);
    assert.equal(clauses.foresee("您好，很高", emma), 3);
    assert.equal(clauses.foresee("您好，请", emma), undefined);
    assert.equal(clauses.foresee("您好，很高", { ...emma, tenant: "other" }), undefined);
    assert.equal(clauses.foresee("您好，很高", { ...emma, voice: "otto" }), undefined);
  });

  it("is foreseen for every tenant as what was prepared for all", async () => {
    const { clauses, keep } = open();
    const greeting = await clausesOf("您好，很高兴为您服务。");
    clauses.want(greeting, { ...emma, tenant: "" });
    keep(greeting, 3000);
    assert.equal(clauses.foresee("您好，很高", emma), 3);
  });

  it("is not foreseen as what ends inside a clause: nobody knows when it is written so far", async () => {
    const { clauses, keep } = open();
    keep([(await parted(clauses, emma))[0]]);
    assert.equal(clauses.foresee("备战", emma), undefined);
  });
});
