/** The order in which a file and the environment say things is no part of what they say. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { it } from "vitest";
import { parse, stringify } from "yaml";
import { loadConfig } from "./load.ts";

const folder = join(import.meta.dirname, "profiles");
const seeds = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });

/** The same with the keys of every map in another order. */
function shuffled(value: unknown, [seed = 0, ...more]: readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, [...more, seed]));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inside]) => [key, shuffled(inside, [...more, seed])] as const);
  const rank = (key: string) => [...key].reduce((sum, c) => (sum * 31 + c.charCodeAt(0) + seed) % 9973, seed);
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)));
}

/** What is in force, and what is told of it, but for the lines where that stands. */
function inForce(env: NodeJS.ProcessEnv, text: string) {
  const { config, problems } = loadConfig(env, text);
  return { config, problems: problems.map(({ origin: _, ...problem }) => JSON.stringify(problem)).sort() };
}

for (const file of readdirSync(folder))
  it(`${file} means the same in any order`, () => {
    const written = parse(readFileSync(join(folder, file), "utf8"));
    const wanted = inForce({}, stringify(written));
    fc.assert(
      fc.property(seeds, (seed) => assert.deepEqual(inForce({}, stringify(shuffled(written, seed))), wanted)),
      { numRuns: 20 },
    );
  });

it("variables mean the same in any order", () => {
  const variables = {
    DUET_VLLM_URL: "http://a:8000",
    DUET_FISH_URL: "http://b:8080,http://c:8080",
    DUET_FISH_MODE: "s1",
    DUET_LOG_LEVEL: "warn",
    DUET_EDGE_MAX_TURNS: "many",
  };
  const wanted = inForce(variables, "");
  fc.assert(
    fc.property(seeds, (seed) =>
      assert.deepEqual(inForce(shuffled(variables, seed) as Record<string, string>, ""), wanted),
    ),
    { numRuns: 50 },
  );
});
