import assert from "node:assert/strict";
import { test } from "vitest";
import { createRoom } from "./room.ts";

/**
 * Gives a server of so many places all that it is thought to take, over and over; the first byte comes by how many it
 * has.
 */
function learn(first: number, most: number, server: { places: number; tookMs: (used: number) => number }) {
  const room = createRoom(first, most);
  let refusals = 0;
  for (let round = 0; round < 400; round++) {
    const given = room.limit;
    for (let i = 0; i < given; i++)
      if (i < server.places) room.answered(server.tookMs(given), given);
      else {
        refusals++;
        room.refused(server.places);
      }
  }
  return { limit: room.limit, refusals };
}

const fast = () => 80;

test("a server that answers promptly is given more, up to the most", () => {
  assert.equal(learn(4, 64, { places: 1000, tookMs: fast }).limit, 64);
});

test("one that refuses is given what it took, and is seldom tried with more", () => {
  const { limit, refusals } = learn(4, 64, { places: 9, tookMs: fast });
  assert.ok(limit >= 9 && limit <= 10, `${limit}`);
  assert.ok(refusals < 0.03 * 400 * 9, `${refusals} refusals`);
});

test("a serial one, on which a second request waits for the first, ends with one or two", () => {
  const { limit } = learn(4, 64, { places: 1000, tookMs: (used) => 900 * used });
  assert.ok(limit <= 2, `${limit}`);
});

test("one that slows down beyond what is prompt is given no more", () => {
  const { limit } = learn(4, 64, { places: 1000, tookMs: (used) => 20 * used });
  assert.ok(limit >= 20 && limit <= 30, `${limit}`);
});

test("what is known stays, however slow, until it refuses", () => {
  const room = createRoom(2, 2);
  room.answered(9000, 2);
  room.answered(10, 2);
  assert.equal(room.limit, 2);
  room.refused(1);
  assert.equal(room.limit, 1);
});
