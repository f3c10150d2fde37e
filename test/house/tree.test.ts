import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { root, runTool } from "./tool.ts";

const committed = runTool("git", "ls-files", "-z")
  .output.split("\0")
  .filter((file) => file !== "" && existsSync(join(root, file)));

test("nothing that is committed names a place on somebody's machine or a registry's host", () => {
  assert.ok(committed.length > 20);
  // Written in pieces, so that this file does not name them.
  const places = ["home/[a-z]", "Users/[A-Za-z]", "work/", "root/"].map((place) => `(?<![\\w.:/-])/${place}`);
  const hosts = ["registry\\.npm" + "js\\.org", "npm" + "mirror\\.com", "deb\\.debian" + "\\.org", "pypi" + "\\.org"];
  const pattern = new RegExp([...places, ...hosts].join("|"));
  for (const file of committed.filter((file) => !/\.(?:png|ico|wav|woff2)$/.test(file))) {
    const found = pattern.exec(readFileSync(join(root, file), "utf8"));
    assert.equal(found, null, `${file} names ${found?.[0]}`);
  }
});

test("the house has no folder at its top beyond those of the plan", () => {
  const folders = new Set(committed.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));
  assert.deepEqual([...folders].sort(), [".ci", "docs", "edge", "examples", "infra", "proto", "services", "test"]);
});

test("the scripts of package.json lead to files and tools that exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  for (const [name, line] of Object.entries(scripts))
    for (const command of line.split(" && ")) {
      // npm hands its signals to what replaces the shell.
      const [tool, file] = command
        .replace(/^exec /, "")
        .split(" ")
        .filter((word) => !word.startsWith("-")) as [string, string | undefined];
      if (tool === "npm") continue;
      const leadsTo = tool === "node" ? `${file}` : `node_modules/.bin/${tool}`;
      assert.ok(existsSync(join(root, leadsTo)), `npm run ${name}: ${leadsTo} does not exist`);
    }
});
