import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createSegmentCache } from "./cache.ts";
import { utteranceKey } from "./key.ts";
import { createMemoryTier, type MemoryTier } from "./memory.ts";
import type { SharedTier } from "./redis.ts";

const samples = (count: number, value = 1) => new Int16Array(count).fill(value);

describe("key of an utterance", () => {
  const one = { spoken: "你好。", voice: "emma", revision: "r", sampleRateHertz: 44_100, tenant: "acme" };
  for (const [what, other] of [
    ["other words", { spoken: "您好。" }],
    ["another voice", { voice: "otto" }],
    ["another revision", { revision: "s" }],
    ["another rate", { sampleRateHertz: 24_000 }],
    ["another tenant", { tenant: "" }],
    ["a border that has moved", { voice: "emma你", spoken: "好。" }],
  ] as const)
    it(`differs for ${what}`, () => assert.notEqual(utteranceKey({ ...one, ...other }), utteranceKey(one)));

  it("is the same for the same", () => assert.equal(utteranceKey({ ...one }), utteranceKey(one)));
});

describe("memory", () => {
  const kept = (memory: MemoryTier, keys: string) => [...keys].filter((key) => memory.has(key)).join("");

  it("holds no more than it may, and drops what was used longest ago", () => {
    const memory = createMemoryTier(20_000);
    for (const key of "abcdefgh") memory.set(key, samples(1_000));
    assert.equal(kept(memory, "abcdefgh"), "efgh");
    assert.ok(memory.size.bytes <= 10_000);
  });

  it("does not let what is made once push out what is heard again and again", () => {
    const memory = createMemoryTier(20_000);
    for (const key of "ab") memory.set(key, samples(1_000));
    for (const key of "ab") assert.ok(memory.get(key));
    for (const key of "cdefghijkl") memory.set(key, samples(1_000));
    assert.equal(kept(memory, "abcdefghijkl"), "abijkl");
  });

  it("drops of what is heard again what was longest not, once there is too much of it", () => {
    const memory = createMemoryTier(20_000);
    for (const key of "abcdef") {
      memory.set(key, samples(1_000));
      memory.get(key);
    }
    assert.equal(kept(memory, "abcdef"), "cdef");
  });

  it("takes nothing that would empty it", () => {
    const memory = createMemoryTier(20_000);
    memory.set("small", samples(500));
    memory.set("large", samples(2_000));
    assert.deepEqual([memory.get("large"), memory.get("small")?.length], [undefined, 500]);
  });
});

describe("cache", () => {
  /** A shared tier that answers when it is told to. */
  function slowTier() {
    const asked: string[] = [];
    const saved: string[] = [];
    let answer = (_: Int16Array | undefined) => {};
    const tier: SharedTier = {
      ready: () => true,
      load: (key) => {
        asked.push(key);
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
      save: async (key) => void saved.push(key),
    };
    return { tier, asked, saved, answer: (found: Int16Array | undefined) => answer(found) };
  }

  it("finds what is in memory without asking anybody", async () => {
    const { tier, asked } = slowTier();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock: createVirtualClock() });
    cache.keep("k", [samples(2), samples(3)]);
    assert.deepEqual([...(await cache.fetch(["k"]))], [["k", "memory"]]);
    assert.deepEqual([cache.get("k")?.length, asked], [5, []]);
  });

  it("brings what is shared to memory", async () => {
    const { tier, answer } = slowTier();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock: createVirtualClock() });
    const fetched = cache.fetch(["k"]);
    answer(samples(4));
    assert.deepEqual([...(await fetched)], [["k", "shared"]]);
    assert.equal(cache.get("k")?.length, 4);
  });

  it("holds a clause up for two milliseconds at most; what comes later serves the next", async () => {
    const { tier, asked, answer } = slowTier();
    const clock = createVirtualClock();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock });
    const fetched = cache.fetch(["k"]);
    await clock.advance(2);
    assert.deepEqual([...(await fetched)], []);
    const again = cache.fetch(["k"]);
    answer(samples(4));
    assert.deepEqual([[...(await again)], asked], [[["k", "shared"]], ["k"]], "asked once");
  });

  it("shares what is kept, and keeps no silence of no length", () => {
    const { tier, saved } = slowTier();
    const cache = createSegmentCache({ memory: createMemoryTier(10_000), shared: tier, clock: createVirtualClock() });
    cache.keep("k", [samples(1)]);
    cache.keep("empty", []);
    assert.deepEqual(saved, ["k"]);
  });
});
