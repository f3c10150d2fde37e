import assert from "node:assert/strict";
import * as conventions from "@opentelemetry/semantic-conventions/incubating";
import { test } from "vitest";
import { genAi } from "./names.ts";

/** Names that are newer than the package of the conventions. */
const newer = [genAi.stream, genAi.timeToFirstChunk, genAi.cachedTokens];

test("attributes of generative AI are called as OpenTelemetry calls them", () => {
  const known = new Set<unknown>(Object.values(conventions));
  const unknown = Object.values(genAi).filter((name) => !known.has(name));
  assert.deepEqual(
    unknown.filter((name) => !(newer as readonly string[]).includes(name)),
    [],
  );
});
