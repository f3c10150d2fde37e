import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "vitest";
import { judge } from "./import-table.ts";
import { findCycle, type Import, importsOf, isFileOfTree, parseImports, sourceFiles } from "./imports.ts";
import { root } from "./tool.ts";

const imports = sourceFiles(root).flatMap((file) => importsOf(root, file));

test("every import is allowed by the table", () => {
  assert.ok(imports.length > 50, `only ${imports.length} imports were found`);
  assert.deepEqual(
    imports.map(judge).filter((fault) => fault !== undefined),
    [],
  );
});

test("the table refuses what it should", () => {
  const refused: [from: string, to: string][] = [
    ["services/common/server/server.ts", "services/generate/engines/openai/server.ts"],
    ["services/common/server/server.ts", "edge/turn/turn.ts"],
    ["services/generate/engines/openai/server.ts", "services/synthesize/text/segmenter/segmenter.ts"],
    ["services/generate/engines/openai/server.ts", "services/gen/duet/generate/v1/generate.ts"],
    ["services/synthesize/engines/wire.ts", "services/gen/duet/synthesize/v1/synthesize.ts"],
    ["services/generate/service.ts", "@connectrpc/connect"],
    ["edge/turn/turn.ts", "services/common/errors/engine-error.ts"],
    ["edge/turn/turn.ts", "nice-grpc"],
    ["infra/net/address.ts", "services/common/errors/engine-error.ts"],
    ["infra/net/address.ts", "infra/gen/duet/config/v1/config_pb.ts"],
    ["infra/launch/main.ts", "infra/twins/vllm/server.ts"],
    ["infra/launch/main.ts", "edge/main.ts"],
    ["edge/turn/turn.ts", "services/cli/read.ts"],
    ["edge/turn/turn.ts", "@echogarden/espeak-ng-emscripten"],
    ["services/generate/engines/openai/server.ts", "test/support/stack.ts"],
    ["tools/stray.ts", "infra/net/address.ts"],
    ["edge/turn/turn.ts", "(computed)"],
  ];
  for (const [from, to] of refused) assert.notEqual(judge({ from, to, typeOnly: true }), undefined, `${from} -> ${to}`);
  assert.equal(judge({ from: "services/generate/service.ts", to: "services/gen/a.ts", typeOnly: false }), undefined);
});

test("every way to write an import is seen", () => {
  const source = [
    `import type { A } from "./a.ts";`,
    `import { b } from "../b.ts"; // import "./not-this.ts"`,
    `export * from "./c.ts";`,
    `export { d } from "npm-package";`,
    'const text = `import "./nor-this.ts"`;',
    `const e = await import("./e.ts"), f = await import(text);`,
    `type G = import("./g.ts").G;`,
    `export const local = 1;`,
  ].join("\n");
  assert.deepEqual(
    parseImports("edge/x/y.ts", source).map(({ to, typeOnly }) => (typeOnly ? `type ${to}` : to)),
    ["type edge/x/a.ts", "edge/b.ts", "edge/x/c.ts", "npm-package", "edge/x/e.ts", "(computed)", "type edge/x/g.ts"],
  );
});

test("no file imports itself at run time, by whatever way round", () => {
  assert.equal(findCycle(imports), undefined);
});

test("a cycle would be found, and a cycle of types is none", () => {
  const edge = (from: string, to: string, typeOnly = false): Import => ({
    from: `edge/${from}.ts`,
    to: `edge/${to}.ts`,
    typeOnly,
  });
  assert.deepEqual(findCycle([edge("a", "b"), edge("b", "c"), edge("c", "b")]), [
    "edge/b.ts",
    "edge/c.ts",
    "edge/b.ts",
  ]);
  assert.equal(
    findCycle([edge("a", "b"), edge("b", "a", true), edge("a", "c"), edge("c", "d"), edge("b", "d")]),
    undefined,
  );
});

test("what runs in production is a dependency, and not one of development alone", () => {
  const manifest = (folder: string) => JSON.parse(readFileSync(`${root}/${folder}package.json`, "utf8"));
  const { dependencies, optionalDependencies } = manifest("");
  const atRunTime = { ...dependencies, ...optionalDependencies };
  const missing = imports
    .filter(({ from, to, typeOnly }) => !typeOnly && !isFileOfTree(to) && !to.startsWith("node:") && !isTest(from))
    .filter(({ to }) => !(packageOf(to) in atRunTime))
    // It has a manifest of its own, which is installed by those who want it.
    .filter(({ from, to }) => !(from.startsWith(llama) && to in manifest(llama).dependencies))
    .map(({ from, to }) => `${from} imports ${to}`);
  assert.deepEqual(missing, []);
});

const llama = "infra/models/llama/";

function isTest(file: string): boolean {
  return file.startsWith("test/") || file.endsWith(".test.ts");
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
