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
    // Services: neither each other nor the edge, and generated types only at the border.
    ["services/common/server/server.ts", "services/generate/engines/openai/server.ts"],
    ["services/common/server/server.ts", "edge/turn/turn.ts"],
    ["services/common/server/server.ts", "infra/gen/duet/config/v1/config_pb.ts"],
    ["services/common/server/server.ts", "infra/twins/http.ts"],
    ["services/generate/engines/openai/server.ts", "services/synthesize/text/segmenter/segmenter.ts"],
    ["services/generate/engines/openai/server.ts", "services/gen/duet/generate/v1/generate.ts"],
    ["services/generate/engines/wire.ts", "services/gen/duet/generate/v1/generate.ts"],
    ["services/generate/service.ts", "services/synthesize/service.ts"],
    ["services/generate/service.ts", "edge/gen/duet/assistant/v1/assistant_pb.ts"],
    ["services/generate/service.ts", "infra/deploy/parts.ts"],
    ["services/generate/service.ts", "infra/gen/duet/config/v1/config_pb.ts"],
    ["services/generate/service.ts", "infra/twins/http.ts"],
    ["services/generate/service.ts", "@connectrpc/connect"],
    ["services/generate/layers/shape.ts", "@connectrpc/connect"],
    ["services/generate/layers/shape.ts", "infra/models/llama/chat.ts"],
    ["services/generate/layers/shape.ts", "infra/gen/duet/config/v1/config_pb.ts"],
    ["services/generate/layers/shape.ts", "infra/twins/http.ts"],
    ["services/synthesize/engines/wire.ts", "services/gen/duet/synthesize/v1/synthesize.ts"],
    ["services/synthesize/wire.ts", "services/generate/wire.ts"],
    ["services/synthesize/speak/speak.ts", "infra/twins/fish/modes.ts"],
    ["services/common/server/server.ts", "@connectrpc/connect"],
    // The command line: pure files alone, and nobody imports it.
    ["services/cli/read.ts", "services/synthesize/service.ts"],
    ["services/cli/read.ts", "services/generate/wire.ts"],
    ["services/cli/read.ts", "services/gen/duet/generate/v1/generate.ts"],
    ["services/cli/read.ts", "infra/gen/duet/config/v1/config_pb.ts"],
    ["services/cli/read.ts", "infra/twins/http.ts"],
    ["services/cli/read.ts", "edge/turn/turn.ts"],
    ["edge/turn/turn.ts", "services/cli/read.ts"],
    ["services/synthesize/service.ts", "services/cli/read.ts"],
    // The edge meets services on the wire.
    ["edge/turn/turn.ts", "services/common/errors/engine-error.ts"],
    ["edge/turn/turn.ts", "edge/gen/duet/generate/v1/generate_pb.ts"],
    ["edge/turn/turn.ts", "nice-grpc"],
    ["edge/rpc/rpcs.ts", "nice-grpc"],
    ["edge/turn/turn.ts", "@connectrpc/connect"],
    ["edge/turn/turn.ts", "edge/rpc/caller.ts"],
    ["edge/turn/writer.ts", "edge/hosts/clients.ts"],
    ["edge/call.ts", "@connectrpc/connect"],
    ["edge/call.ts", "edge/http/port.ts"],
    ["edge/turn/turn.ts", "infra/gen/duet/config/v1/config_pb.ts"],
    ["edge/turn/turn.ts", "infra/twins/http.ts"],
    ["edge/turn/turn.ts", "infra/launch/main.ts"],
    // The ground stands on nothing of ours.
    ["infra/net/address.ts", "services/common/errors/engine-error.ts"],
    ["infra/net/address.ts", "infra/gen/duet/config/v1/config_pb.ts"],
    ["infra/net/credentials.ts", "infra/settings/error.ts"],
    ["infra/cost/law.ts", "infra/engines/vllm/plan.ts"],
    ["infra/text/weight.ts", "edge/playground/page/captions/captions.ts"],
    ["infra/stores/redis.ts", "infra/config/load.ts"],
    // Settings and engines stand on the ground and on each other.
    ["infra/settings/shared.ts", "infra/engines/fish/settings.ts"],
    ["infra/settings/shared.ts", "infra/config/declared.ts"],
    ["infra/settings/shared.ts", "infra/gen/duet/config/v1/fish_pb.ts"],
    ["infra/engines/fish/record.ts", "infra/config/load.ts"],
    ["infra/config/load.ts", "infra/deploy/parts.ts"],
    ["infra/config/load.ts", "services/common/errors/engine-error.ts"],
    ["infra/engines/vllm/plan.ts", "infra/twins/http.ts"],
    // Programs are spawned.
    ["infra/launch/main.ts", "infra/twins/http.ts"],
    ["infra/launch/main.ts", "infra/models/llama/chat.ts"],
    ["infra/launch/main.ts", "infra/deploy/parts.ts"],
    ["infra/launch/main.ts", "infra/gen/duet/config/v1/config_pb.ts"],
    ["infra/launch/house.ts", "edge/edge.ts"],
    ["infra/deploy/parts.ts", "infra/launch/house.ts"],
    ["infra/models/llama/chat.ts", "infra/twins/http.ts"],
    ["infra/twins/vllm/chat.ts", "infra/twins/fish/modes.ts"],
    ["infra/twins/fish/tts.ts", "infra/twins/vllm/chat.ts"],
    ["infra/twins/http.ts", "infra/twins/fish/modes.ts"],
    // What holds for every row.
    ["test/edge/stop.test.ts", "edge/main.ts"],
    ["test/edge/stop.test.ts", "test/edge/clients.test.ts"],
    ["services/generate/engines/openai/server.ts", "test/support/stack.ts"],
    ["edge/turn/turn.ts", "@echogarden/espeak-ng-emscripten"],
    ["edge/turn/turn.ts", "@opentelemetry/sdk-node"],
    ["edge/turn/turn.ts", "infra/telemetry/otel.ts"],
    ["edge/turn/turn.ts", "ioredis"],
    ["infra/stores/redis.ts", "ioredis/built/Redis"],
    ["infra/twins/vllm/chat.ts", "node-llama-cpp"],
    ["edge/turn/turn.ts", "(computed)"],
    // No row at all.
    ["tools/stray.ts", "infra/net/address.ts"],
    ["infra/attic/stray.ts", "infra/net/address.ts"],
    ["services/other/stray.ts", "infra/net/address.ts"],
  ];
  for (const [from, to] of refused) assert.notEqual(judge({ from, to, typeOnly: true }), undefined, `${from} -> ${to}`);
});

test("the table allows what it should", () => {
  const allowed: [from: string, to: string][] = [
    ["services/generate/service.ts", "services/gen/duet/generate/v1/generate.ts"],
    ["services/synthesize/speak/speak.ts", "infra/text/code-points.ts"],
    ["services/cli/render.ts", "infra/deploy/compose.ts"],
    ["services/cli/read.ts", "services/synthesize/text/segmenter/segmenter.ts"],
    ["edge/playground/page/captions/captions.ts", "infra/text/spoken-words.ts"],
    ["infra/engines/fish/settings.ts", "infra/settings/kinds.ts"],
    ["infra/config/load.ts", "infra/engines/vllm/plan.ts"],
    ["infra/engines/vllm/plan.ts", "infra/gen/duet/config/v1/vllm_pb.ts"],
    ["infra/stores/client.ts", "ioredis"],
    ["infra/launch/house.ts", "infra/config/load.ts"],
    ["infra/twins/vllm/chat.ts", "infra/cost/cost.ts"],
    ["edge/turn/stages/log.ts", "edge/call.ts"],
    ["test/house/sizes.test.ts", "(computed)"],
  ];
  for (const [from, to] of allowed) assert.equal(judge({ from, to, typeOnly: false }), undefined, `${from} -> ${to}`);
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
    `const h = require("./h.ts") as typeof import("./h.ts");`,
    `export const local = 1;`,
  ].join("\n");
  assert.deepEqual(
    parseImports("edge/x/y.ts", source).map(({ to, typeOnly }) => (typeOnly ? `type ${to}` : to)),
    [
      "type edge/x/a.ts",
      "edge/b.ts",
      "edge/x/c.ts",
      "npm-package",
      "edge/x/e.ts",
      "(computed)",
      "type edge/x/g.ts",
      "edge/x/h.ts",
      "type edge/x/h.ts",
    ],
  );
});

test("no file imports itself, by whatever way round: not its values, and not its types", () => {
  assert.equal(findCycle(imports), undefined);
});

test("a cycle would be found, of types as well", () => {
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
  assert.deepEqual(findCycle([edge("a", "b"), edge("b", "a", true)]), ["edge/a.ts", "edge/b.ts", "edge/a.ts"]);
  assert.equal(findCycle([edge("a", "b"), edge("a", "c"), edge("c", "d"), edge("b", "d")]), undefined);
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
    // Plugins of buf run before a change is committed.
    .filter(({ from }) => !from.includes("/plugin/"))
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
