import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { createHeap } from "./heap.ts";

describe("a heap", () => {
  it("gives what a sorted list gives, whatever is put in, moved and taken out", () => {
    const step = fc.record({ item: fc.nat(15), number: fc.nat(8), removes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const heap = createHeap<number>((item) => item);
        const list = new Map<number, number>();
        for (const { item, number, removes } of steps) {
          if (removes) {
            heap.remove(item);
            list.delete(item);
          } else {
            heap.set(item, number);
            list.set(item, number);
          }
          const [first] = [...list].toSorted((a, b) => a[1] - b[1] || a[0] - b[0]);
          assert.equal(heap.first, first?.[0]);
          assert.equal(heap.least, first?.[1] ?? Number.POSITIVE_INFINITY);
          assert.equal(heap.size, list.size);
          assert.equal(heap.has(item), list.has(item));
          assert.deepEqual(new Set(heap.all), new Set(list.keys()));
        }
      }),
    );
  });

  it("is empty once all is taken, in order", () => {
    const heap = createHeap<number>((item) => item);
    for (const item of [5, 3, 9, 1, 7]) heap.set(item, item);
    const taken: number[] = [];
    for (; heap.first !== undefined; heap.remove(heap.first)) taken.push(heap.first);
    assert.deepEqual(taken, [1, 3, 5, 7, 9]);
  });
});
