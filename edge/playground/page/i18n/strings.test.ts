import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { type Key, strings } from "./strings.ts";

const keys = Object.keys(strings.en) as Key[];
const blanksOf = (text: string) => text.split("{}").length - 1;

test("each message has as many blanks in every language", () => {
  for (const [language, messages] of Object.entries(strings))
    for (const key of keys) assert.equal(blanksOf(messages[key]), blanksOf(strings.en[key]), `${key} in ${language}`);
});

test("each message is a text, in its own language, and says something", () => {
  for (const [language, messages] of Object.entries(strings))
    for (const key of keys) {
      // They name the other language.
      if (key.startsWith("language.")) continue;
      assert.match(messages[key], /[\p{L}\p{N}]|[、，,]/u, `${key} in ${language}`);
      const words = messages[key].replace(/\{\}|\b(?:[A-Z]{2,}\w*|token|Enter|Esc|Duet|Jaeger)\b/g, "");
      if (/[a-z]{4,}/.test(strings.en[key]) && language === "zh-CN")
        assert.match(messages[key], /\p{Script=Han}/u, key);
      if (language === "en") assert.doesNotMatch(words, /\p{Script=Han}/u, key);
    }
});

test("each message is said somewhere on the page, and the page says no other", () => {
  const folder = join(import.meta.dirname, "..");
  const files = globSync("**/*.{ts,html}", { cwd: folder }).filter(
    (file) => !/i18n\/(?:en|zh)\.ts$|\.test\.ts$/.test(file),
  );
  const page = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  // Some are named by what they are of: `state.${state}`.
  const isSaid = (key: Key) => page.includes(`"${key}"`) || page.includes(`\`${key.split(".")[0]}.\${`);
  const unsaid = keys.filter((key) => !isSaid(key));
  assert.deepEqual(unsaid, []);
  const asked = [...page.matchAll(/data-say(?:-[a-z-]+)?="([^"]+)"/g)].map(([, key]) => key as Key);
  assert.ok(asked.length > 50);
  assert.deepEqual(
    asked.filter((key) => !keys.includes(key)),
    [],
  );
});
