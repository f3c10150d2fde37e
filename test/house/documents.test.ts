import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import { withSettings } from "../../infra/config/docs/markdown.ts";
import { importsOf, isFileOfTree } from "./imports.ts";
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

test("README.zh-CN.md has the sections, the commands and the links of README.md, in its order", () => {
  const [english = "", chinese = ""] = ["README.md", "README.zh-CN.md"].map(read);
  const sections = (text: string) =>
    text
      .split(/^(?=##+ )/m)
      .slice(1)
      .map((section) => ({
        level: /^#+/.exec(section)?.[0].length,
        // What is said and asked may be in the language of the document.
        commands: [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) =>
          block.replaceAll(/"[^"]*"/g, '""'),
        ),
        links: new Set([...section.matchAll(/\]\((?!README|#)([^)]+)/g)].map(([, target]) => target)),
      }));
  assert.deepEqual(sections(chinese), sections(english));
});

test("the README's table of settings is current", () => {
  assert.ok(read("README.md") === withSettings(read("README.md")), "the table is stale: npm run docs");
});

for (const file of ["CONTRIBUTING.md", "docs/design.md"])
  test(`${file} names places that exist`, () => {
    const places = [...read(file).matchAll(/`((?:proto|edge|services|infra|test|examples)\/[\w./-]*)`/g)];
    assert.ok(places.length > 30);
    for (const [, place] of places) assert.ok(existsSync(join(root, place as string)), `${place} is not there`);
  });

describe("the walk in CONTRIBUTING.md", () => {
  const walk = [...read("CONTRIBUTING.md").matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file as string);
  const steps = walk.slice(1).map((file, index) => [walk[index] as string, file] as const);

  test("leads from Converse to the engine's HTTP call in at most 15 files, each once", () => {
    assert.ok(walk.length > 2 && walk.length <= 15, walk.join(" "));
    assert.equal(new Set(walk).size, walk.length);
    assert.match(read(walk[0] as string), /rpc Converse\(/);
    assert.match(read(walk.at(-1) as string), /from "undici"/);
  });

  test("goes from each file to the next: by an import, a contract, or a type that both know", () => {
    for (const [file, next] of steps) assert.ok(leadsTo(file, next), `${file} does not lead to ${next}`);
  });

  test("never goes back", () => {
    for (const [index, file] of walk.entries()) {
      if (file.endsWith(".proto")) continue;
      const before = new Set(walk.slice(0, index));
      const back = importsOf(root, file).filter(({ to, typeOnly }) => !typeOnly && before.has(to));
      assert.deepEqual(back, []);
    }
  });

  test("names every layer of Generate's engine, in the order in which they are put together", () => {
    const engine = "services/generate/engine.ts";
    const [, composed = ""] = /const layers: readonly Layer\[\] = \[(.*?)\];/s.exec(read(engine)) ?? [];
    const layers = [...composed.matchAll(/\bwith(\w+)/g)].map(
      ([, name = ""]) => `services/generate/layers/${name.toLowerCase()}.ts`,
    );
    assert.ok(layers.length > 0, "the layers are found");
    const [from, to] = ["services/generate/service.ts", "services/generate/pool/pool.ts"].map((file) =>
      walk.indexOf(file),
    );
    assert.deepEqual(walk.slice((from as number) + 1, to), layers);
    assert.match(read(engine), /layers\.reduceRight\(.*, pool\.chat\)/);
    const imported = importsOf(root, engine).map(({ to }) => to);
    for (const file of [...layers, "services/generate/pool/pool.ts"]) assert.ok(imported.includes(file), file);
  });
});

/** Whether a call in one file goes on in the other. */
function leadsTo(file: string, next: string): boolean {
  const contract = (proto: string) => proto.replace(/^proto\/(.*)\.proto$/, "gen/$1");
  const knows = (one: string) => importsOf(root, one).map(({ to }) => to);
  if (file.endsWith(".proto")) return knows(next).some((to) => to.includes(contract(file)));
  if (next.endsWith(".proto")) return knows(file).some((to) => to.includes(contract(next)));
  return knows(file).includes(next) || typesOf(file).some((to) => to === next || typesOf(next).includes(to));
}

/** The files of the tree whose types a file takes. */
function typesOf(file: string): string[] {
  return importsOf(root, file)
    .filter(({ to, typeOnly }) => typeOnly && isFileOfTree(to) && !/^infra\//.test(to))
    .map(({ to }) => to);
}
