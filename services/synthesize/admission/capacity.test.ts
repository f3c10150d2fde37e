import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createCapacity } from "./capacity.ts";

/** After so many segments of 4 s that took so long. */
function having(count: number, engineSeconds: number) {
  const capacity = createCapacity();
  for (let segment = 0; segment < count; segment++) capacity.learn(engineSeconds, 4);
  return capacity;
}

describe("how many texts can be spoken at once", () => {
  it("is what a usual voice carries, before anything is known", () => {
    const capacity = createCapacity();
    assert.deepEqual([capacity.sessions(1), capacity.sessions(3), capacity.isKnown], [7, 22, false]);
  });

  it("is 74 % of what an engine makes, as it has shown", () => {
    // 45 ms to start, and a fifteenth of the speech.
    const capacity = having(1000, 0.045 + 4 / 15);
    assert.deepEqual([capacity.sessions(3), capacity.isKnown], [28, true]);
  });

  it("is none where speech takes longer than it lasts", () => assert.equal(having(1000, 5).sessions(1), 0));

  it("follows an engine that slows down to a third", () => {
    const capacity = having(1000, 0.4);
    const before = capacity.sessions(3);
    for (let segment = 0; segment < 450; segment++) capacity.learn(1.2, 4);
    assert.deepEqual([before, capacity.sessions(3)], [22, 8]);
  });

  it("grows with speech that is at hand", () => {
    const capacity = having(1000, 0.4);
    for (let segment = 0; segment < 1000; segment++) capacity.learn(segment % 2 === 0 ? 0 : 0.4, 4);
    assert.equal(capacity.sessions(3), 43);
  });

  it("is not moved by a segment that came to nothing", () => {
    const capacity = createCapacity();
    capacity.learn(3, 0);
    assert.equal(capacity.sessions(1), 7);
  });
});
