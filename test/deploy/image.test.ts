import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { describe, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** The files that the Dockerfile copies into the image of the app, by what it and .dockerignore say. */
function copiedByDocker(): string[] {
  const patterns = read(".dockerignore")
    .split("\n")
    .filter((line) => line !== "");
  const isLeftOut = (file: string) =>
    patterns.reduce((out, pattern) => {
      const path = pattern.replace(/^!/, "");
      const hits = matchesGlob(file, path) || matchesGlob(file, `${path}/**`);
      return hits ? !pattern.startsWith("!") : out;
    }, false);
  const [, ...stages] = read("Dockerfile").split(/^FROM /m);
  const sources = [...(stages.at(-1) as string).matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files]) =>
    (files as string).split(" "),
  );
  return sources
    .flatMap((source) => (source.includes(".") || source === "LICENSE" ? [source] : filesIn(source)))
    .filter((file) => !isLeftOut(file))
    .sort();
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules") return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

describe("the image", () => {
  test("has the same files whether Docker builds it or the script", () => {
    const listed = execFileSync(join(root, "infra/deploy/image/build.sh"), ["--list"], { encoding: "utf8" });
    const files = listed.trim().split("\n").sort();
    assert.deepEqual(files, copiedByDocker());
    assert.ok(files.includes("edge/main.ts") && files.includes("infra/twins/fish/main.ts"));
    assert.ok(!files.some((file) => file.endsWith(".test.ts") || file.startsWith("test/")));
  });

  test("has the same modules, and runs as the same user with the same command", () => {
    const [dockerfile, script] = [read("Dockerfile"), read("infra/deploy/image/build.sh")];
    for (const line of [
      "npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node-linux-* node_modules/.bin/node",
      "10001:10001",
      '["node", "edge/main.ts"]',
      "infra/deploy/bundle/main.ts --sealed",
      "SIGTERM",
      "NODE_ENV=production",
      "NODE_COMPILE_CACHE=/tmp/compiled",
      "NODE_OPTIONS=--max-semi-space-size=2",
      "MALLOC_ARENA_MAX=2",
      "MALLOC_MMAP_THRESHOLD_=65536",
      "MALLOC_TRIM_THRESHOLD_=65536",
    ])
      for (const [what, text] of Object.entries({ dockerfile, script }))
        assert.ok(text.includes(line), `${what}: ${line}`);
  });
});
