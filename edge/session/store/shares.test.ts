import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createShares, type Owner } from "./shares.ts";

/** Things of one size each, in a bound of 100 in all; those of nobody else's time. */
function create(options: { most?: number; mostOfPerson?: number } = {}) {
  const clock = { now: 0 };
  const shares = createShares<string>({ most: 100, ...options, now: () => clock.now });
  const put = (id: string, size: number, owner: Partial<Owner> = {}, expiresAt = 1_000) =>
    shares.put(id, { owner: { tenant: "t", person: "p", ...owner }, value: id, size, expiresAt });
  const has = (...ids: string[]) => ids.map((id) => shares.get(id) !== undefined);
  return { clock, shares, put, has };
}

describe("what is held", () => {
  it("is there until it expires or is deleted, and its room is free then", () => {
    const { clock, shares, put, has } = create();
    put("a", 60, {}, 10);
    put("b", 40);
    assert.deepEqual(
      [has("a", "b"), shares.of({ tenant: "t", person: "p" })],
      [
        [true, true],
        ["a", "b"],
      ],
    );
    assert.deepEqual(shares.get("a"), {
      owner: { tenant: "t", person: "p" },
      value: "a",
      size: 60,
      expiresAt: 10,
      id: "a",
    });
    clock.now = 9;
    assert.deepEqual(has("a"), [true]);
    clock.now = 10;
    assert.deepEqual(shares.of({ tenant: "t", person: "p" }), ["b"]);
    assert.deepEqual(has("a"), [false]);
    put("c", 60);
    assert.deepEqual(has("b", "c"), [true, true]);
    shares.delete("b");
    shares.delete("b");
    put("d", 40);
    assert.deepEqual(has("b", "c", "d"), [false, true, true]);
    assert.deepEqual(shares.of({ tenant: "t", person: "another" }), []);
  });

  it("makes room for five in a hundred more, once it is more than may be by one", () => {
    const { put, has } = create();
    const ids = Array.from({ length: 101 }, (_, i) => `${i}`);
    const count = () => has(...ids).filter(Boolean).length;
    for (const [i, id] of ids.entries()) {
      assert.equal(count(), i);
      put(id, 1, { person: i % 2 === 0 ? "p" : "q" });
    }
    assert.deepEqual([count(), has("0", "1", "99", "100")], [95, [false, false, true, true]]);
  });

  it("is what was touched last: to put it again counts", () => {
    const { put, has } = create();
    put("a", 40);
    put("b", 40);
    put("a", 40);
    put("c", 40);
    assert.deepEqual(has("a", "b", "c"), [true, false, true]);
  });

  it("is kept though it alone is more than may be, until there is another", () => {
    const { put, has } = create();
    put("a", 300);
    assert.deepEqual(has("a"), [true]);
    put("b", 1);
    assert.deepEqual(has("a", "b"), [false, true]);
  });

  it("is no more of one person than one may have", () => {
    const { put, has } = create({ mostOfPerson: 10 });
    put("a", 5);
    put("b", 5);
    put("x", 10, { person: "q" });
    assert.deepEqual(has("a", "b", "x"), [true, true, true]);
    put("c", 1);
    assert.deepEqual(has("a", "b", "c", "x"), [false, true, true, true]);
  });

  it("goes where most is held: of the tenant that has the most, and there of the person", () => {
    const { put, has } = create();
    put("small", 20, { tenant: "s" });
    put("quiet", 10, { person: "q" });
    for (let i = 0; i < 7; i++) put(`loud ${i}`, 10);
    assert.deepEqual(has("loud 0"), [true]);
    put("new", 1, { tenant: "n" });
    assert.deepEqual(has("small", "quiet", "loud 0", "loud 1", "new"), [true, true, false, true, true]);
  });
});

describe("where there is too much", () => {
  /** How much is left of what tenants hold, in things of one each, once one more comes: 95 in all. */
  const leftOf = (...sizes: number[]) => {
    const { put, has } = create();
    const ids = sizes.map((size, tenant) => Array.from({ length: size }, (_, nth) => `${tenant} ${nth}`));
    for (const [tenant, own] of ids.entries()) for (const id of own) put(id, 1, { tenant: `${tenant}` });
    put("one more", 1, { tenant: "new" });
    return ids.map((own) => has(...own).filter(Boolean).length);
  };

  it("all have what they hold up to a common level, at which the rest fits", () => {
    assert.deepEqual(leftOf(20, 35, 45), [20, 35, 39]);
    assert.deepEqual(leftOf(45, 20, 35), [39, 20, 35]);
    assert.deepEqual(leftOf(10, 45, 45), [10, 42, 42]);
    assert.deepEqual(leftOf(25, 25, 25, 25), [23, 23, 23, 25], "and who touched theirs last, the rest");
    assert.deepEqual(leftOf(1, 99), [1, 93]);
  });
});

it("who holds less makes room for what is put last, if that is more than its owner's share by itself", () => {
  const { put, has } = create();
  put("a", 29, { tenant: "a" });
  put("c", 29, { tenant: "c" });
  put("of p", 16, { tenant: "b", person: "p" });
  put("of q", 27, { tenant: "b", person: "q" });
  assert.deepEqual(has("a", "c", "of p", "of q"), [true, true, false, true]);
  put("nearly all", 97, { tenant: "d" });
  assert.deepEqual(has("a", "c", "of q", "nearly all"), [false, false, false, true]);
});

it("nobody loses anything because of what has expired", () => {
  const { clock, put, has } = create({ mostOfPerson: 60 });
  put("mine", 20, { tenant: "c" });
  put("expired", 29, { tenant: "a" }, 1);
  put("other", 13, { tenant: "b" });
  put("expired too", 30, { tenant: "b" }, 1);
  clock.now = 1;
  put("new", 10, { tenant: "b" });
  put("more", 20, { tenant: "a" });
  assert.deepEqual(has("mine", "other", "new", "more"), [true, true, true, true]);
});

it("of equal holders, whoever was quiet the longest gives first", () => {
  for (const [touched, kept] of [
    [
      ["a", "b", "c"],
      ["b", "c"],
    ],
    [
      ["a", "b", "c", "a"],
      ["c", "a"],
    ],
    [
      ["a", "b", "c", "b", "a"],
      ["b", "a"],
    ],
  ] as const) {
    const { put, has } = create({ most: 64 });
    // Each holds twenty, whoever is touched how often: 61 of 64 in all, with the first thing of another.
    for (const tenant of touched) for (let nth = 0; nth < 2; nth++) put(`${tenant} ${nth}`, 10, { tenant });
    put("new", 5, { tenant: "new" });
    const left = ["a", "b", "c"].filter((tenant) => has(`${tenant} 0`, `${tenant} 1`).every(Boolean));
    assert.deepEqual(left, kept.toSorted());
  }
});

it("however many hold however much, the books balance, and nobody who has less than an equal share loses anything", () => {
  const owner = fc.record({ tenant: fc.constantFrom("a", "b", "c"), person: fc.constantFrom("p", "q") });
  const step = fc.oneof(
    fc.record({
      put: fc.nat(30),
      size: fc.integer({ min: 1, max: 30 }),
      owner,
      lasts: fc.integer({ min: 1, max: 60 }),
    }),
    fc.record({ delete: fc.nat(30) }),
    fc.record({ wait: fc.integer({ min: 1, max: 30 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const { clock, shares, put } = create({ mostOfPerson: 60 });
      /** What is held, the last that was touched at the end. */
      let held: { id: string; size: number; owner: Owner; expiresAt: number }[] = [];
      const sum = (some: typeof held) => some.reduce((all, { size }) => all + size, 0);
      for (const step of steps) {
        if ("wait" in step) clock.now += step.wait;
        held = held.filter(({ expiresAt }) => expiresAt > clock.now);
        const id = "put" in step ? `${step.put}` : "delete" in step ? `${step.delete}` : undefined;
        held = held.filter((one) => one.id !== id);
        if ("delete" in step) shares.delete(`${step.delete}`);
        if ("put" in step && id !== undefined) {
          const expiresAt = clock.now + step.lasts;
          put(id, step.size, step.owner, expiresAt);
          held.push({ id, size: step.size, owner: step.owner, expiresAt });
        }
        const left = held.filter((one) => shares.get(one.id) !== undefined);
        const lost = held.filter((one) => !left.includes(one));
        if (id !== undefined && "put" in step) assert.equal(left.at(-1)?.id, id, "what was put last is there");
        assert.ok(sum(left) <= 100);
        for (const { owner: one } of held) {
          const mine = ({ owner: { tenant, person } }: (typeof held)[0]) =>
            tenant === one.tenant && person === one.person;
          assert.deepEqual(
            shares.of(one),
            left.filter(mine).map((thing) => thing.id),
            "in the order in which it was touched",
          );
          assert.ok(sum(left.filter(mine)) <= 60);
          // Half of a third: of all things, and of a tenant's, once room for more was made. What is put last is kept;
          // others make room for it even if it is more than a share by itself.
          const share = 95 / 3 / 2;
          const isLarge = "put" in step && step.size > share;
          if (sum(held.filter(mine)) <= share && !isLarge)
            assert.ok(!lost.some(mine), "less than a share loses nothing");
          assert.ok(
            !left.some(
              (thing) =>
                mine(thing) && held.indexOf(thing) < held.findLastIndex((other) => mine(other) && lost.includes(other)),
            ),
            "what was touched the longest ago goes first",
          );
        }
        held = left;
      }
      for (const { id } of held) shares.delete(id);
      put("whole", 60, { tenant: "a" }, Number.POSITIVE_INFINITY);
      put("rest", 40, { tenant: "b" }, Number.POSITIVE_INFINITY);
      assert.ok(shares.get("whole") && shares.get("rest"), "all room is free again");
    }),
    { numRuns: 200 },
  );
});
