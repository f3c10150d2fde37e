import assert from "node:assert/strict";
import { test } from "vitest";
import { createPlaces, FullError } from "./places.ts";

const { signal } = new AbortController();

test("who comes while all places are taken waits in line, and is refused where the line is full", async () => {
  const places = createPlaces(1, 2);
  const order: string[] = [];
  const giveBack = await places.take(signal);
  const line = ["first", "second"].map(async (name) => {
    const back = await places.take(signal);
    order.push(name);
    back();
  });
  await assert.rejects(places.take(signal), FullError);
  giveBack();
  await Promise.all(line);
  assert.deepEqual(order, ["first", "second"]);
});

test("who leaves the line makes room in it, and takes no place", async () => {
  const places = createPlaces(1, 1);
  const giveBack = await places.take(signal);
  const leaving = new AbortController();
  const left = places.take(leaving.signal);
  leaving.abort();
  await assert.rejects(left, { name: "AbortError" });
  const next = places.take(signal);
  giveBack();
  (await next)();
  (await places.take(signal))();
});

test("a place that is given back twice is one place", async () => {
  const places = createPlaces(1, 0);
  const giveBack = await places.take(signal);
  giveBack();
  giveBack();
  await places.take(signal);
  await assert.rejects(places.take(signal), FullError);
});
