import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "vitest";
import { withSettings } from "../../infra/config/docs/markdown.ts";
import { settings } from "../../infra/config/settings/settings.ts";
import { importsOf } from "./imports.ts";
import { root } from "./tool.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

for (const file of ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
  describe(file, () => {
    const text = read(file);
    const commands = [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => (block ?? "").trim().split("\n"));

    test("has commands of one line each, and of scripts that exist", () => {
      assert.ok(commands.length > 0);
      for (const command of commands) {
        assert.doesNotMatch(command, /\\$/, command);
        for (const [, script] of command.matchAll(/\bnpm (?:run )?(?!run|ci)([a-z:]+)/g))
          assert.ok((script as string) in scripts, `${command}: package.json has no script ${script}`);
      }
    });

    test("names settings that exist", () => {
      for (const [name] of text.matchAll(/\bDUET_[A-Z_]+\b/g)) assert.ok(name in settings, name);
    });

    test("links to files that exist", () => {
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)/g))
        assert.ok(existsSync(join(root, target)), target);
    });
  });

for (const file of ["README.md", "README.zh-CN.md"])
  test(`${file} begins with the command that starts it and the one that tests it`, () => {
    const blocks = [...read(file).matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => (block ?? "").trim());
    assert.deepEqual(blocks.slice(0, 2), ["npm ci && npm start", "npm ci && npm test"]);
  });

test("the README's table of settings is current", () => {
  assert.ok(read("README.md") === withSettings(read("README.md")), "the table is stale: npm run docs");
});

test("the walk in CONTRIBUTING.md leads from Converse to the engine in at most eight files, each the next one's caller", () => {
  const walk = [...read("CONTRIBUTING.md").matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file as string);
  assert.ok(walk.length > 2 && walk.length <= 8, walk.join(" "));
  assert.equal(new Set(walk).size, walk.length);
  assert.match(read(walk[0] as string), /rpc Converse\(/);
  assert.match(read(walk.at(-1) as string), /from "undici"/);
  for (const [index, file] of walk.entries()) {
    const next = walk[index + 1];
    if (next === undefined || file.endsWith(".proto")) continue;
    assert.ok(leadsTo(file, next), `${file} does not lead to ${next}`);
  }
});

/** By an import, by what was generated from a contract, or by an interface that the one uses and the other implements. */
function leadsTo(file: string, next: string): boolean {
  const imports = importsOf(root, file);
  if (next.endsWith(".proto"))
    return imports.some(({ to }) => to.includes(next.replace(/^proto\/(.*)\.proto$/, "gen/$1")));
  const types = imports.filter(({ typeOnly }) => typeOnly).map(({ to }) => to);
  return (
    imports.some(({ to }) => to === next) ||
    importsOf(root, next).some(({ to, typeOnly }) => typeOnly && dirname(to) === dirname(next) && types.includes(to))
  );
}
