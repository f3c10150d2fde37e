import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import { partClause, type SpeakableClause } from "../text/speakable.ts";
import { createSpokenForm } from "../text/spoken/spoken.ts";
import { words } from "../text/words.ts";
import { createSegmentCache } from "./cache.ts";
import { createClauseCache, type Wanted } from "./clauses.ts";
import { createMemoryTier } from "./memory.ts";

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
