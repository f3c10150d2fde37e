import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { it } from "vitest";
import { runStory } from "./story.ts";

const folder = new URL(".", import.meta.url);
const rewrite = process.env.REWRITE_STORIES === "1";

// Only commit what REWRITE_STORIES=1 changes if you can say what caused it.
for (const name of readdirSync(folder).filter((file) => file.endsWith(".txt")))
  it(`tells ${name} as it is written`, async () => {
    const file = new URL(name, folder);
    const [told, expected] = readFileSync(file, "utf8").split(/^----\n/m) as [string, string];
    const log = `${(await runStory(told)).join("\n")}\n`;
    if (rewrite) writeFileSync(file, `${told}----\n${log}`);
    else assert.equal(log, expected);
  });
