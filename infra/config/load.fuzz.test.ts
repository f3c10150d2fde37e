import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { stringify } from "yaml";
import { allSettings } from "./declared.ts";
import { engineLeaves } from "./file/engine.ts";
import { loadConfig } from "./load.ts";
import { writeProblem } from "./problem.ts";
import { renamed } from "./renamed.ts";

const paths = [
  ...allSettings.map(({ path }) => path),
  ...Object.keys(renamed),
  ...[...engineLeaves()].map(([path]) => path.replaceAll("[]", ".0")),
];

// Values that are right, nearly right and absurd.
const value = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, 1, -1, 1.5, 4, 256, 32_768, 131_072, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY),
  fc.boolean(),
  fc.constantFrom("auto", "half", "fp8", "0.29.0", "s2", "Qwen/Qwen2.5-7B-Instruct", "", "~", "1e9", "0x10", "=", "<<"),
  fc.string({ unit: "binary" }),
  fc.constant(null),
  fc.array(fc.oneof(fc.integer(), fc.string()), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 2 }),
);
const structured = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...paths), fc.string()), value), { maxLength: 12 })
  .map((entries) => {
    const root: Record<string, unknown> = {};
    for (const [path, value] of entries) {
      const steps = path.split(".");
      let at = root;
      for (const step of steps.slice(0, -1)) {
        const below = Object.hasOwn(at, step) ? at[step] : undefined;
        at = (typeof below === "object" && below !== null ? below : define(at, step, {})) as Record<string, unknown>;
      }
      define(at, steps.at(-1) as string, value);
    }
    return stringify(root);
  });

function define(at: object, key: string, value: unknown): unknown {
  Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

// Files that were cut, doubled or hit by a stray character.
const damaged = fc
  .tuple(structured, fc.nat(), fc.nat(), fc.string({ unit: "binary", maxLength: 4 }))
  .map(([text, from, to, stray]) => {
    const [a, b] = [from % (text.length + 1), to % (text.length + 1)];
    return text.slice(0, a) + stray + text.slice(b);
  });
const anything = fc.string({ unit: "binary", maxLength: 200 });
const punctuation = fc.string({ unit: fc.constantFrom(..."{}[]:,-&*!|>'\"#%@`?~ \n\tab0"), maxLength: 60 });

test("no file crashes the loader, and each of its problems can be told", () => {
  fc.assert(
    fc.property(fc.oneof(structured, damaged, anything, punctuation), (text) => {
      const { config, problems } = loadConfig({}, text);
      assert.ok(config.settings.generate.maxTokens === undefined || config.settings.generate.maxTokens >= 1);
      for (const problem of problems) {
        assert.match(writeProblem(problem), /^[^\n]+: (?:error|warning): [\s\S]+\n {4}\S/);
        assert.ok(problem.origin === undefined || "variable" in problem.origin || problem.origin.line >= 1);
      }
    }),
    { numRuns: Number(process.env.CONFIG_RUNS ?? 3000) },
  );
});

test("no environment crashes the loader", () => {
  const name = fc.constantFrom(...paths).map((path) => `DUET_${path.replaceAll(".", "_").toUpperCase()}`);
  const variable = fc.oneof(name, fc.constantFrom("MODEL_NAME", "DEVICE", "MAX_SEQ_LEN", "REDIS_URL", "DUET_ENGINE_"));
  const text = fc.oneof(fc.string(), fc.constantFrom("1", "true", "auto", "-1", "1e400", ",", "a,b"));
  fc.assert(
    fc.property(fc.dictionary(variable, text, { maxKeys: 6 }), (env) => {
      delete env.DUET_CONFIG;
      for (const problem of loadConfig(env, "engine: { vllm: {}, fish: {} }").problems)
        assert.ok(writeProblem(problem));
    }),
    { numRuns: 1000 },
  );
});
