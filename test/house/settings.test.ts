import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { allSettings } from "../../infra/config/declared.ts";
import { engineLeaves } from "../../infra/config/file/engine.ts";
import { processes } from "../../infra/config/processes.ts";
import { variableOf } from "../../infra/settings/setting.ts";
import { fileVariable } from "../../infra/settings/shared.ts";
import { environment } from "../support/environment.ts";
import { root, runTool } from "./tool.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const files = runTool("git", "ls-files", "-z")
  .output.split("\0")
  .filter((file) => /\.(?:ts|md|yaml|py|proto|html|json|sh)$/.test(file) && existsSync(join(root, file)));

test("every name of a setting that stands anywhere is one that exists", () => {
  const known = new Set([
    fileVariable.name as string,
    ...allSettings.map(({ variable }) => variable),
    ...[...engineLeaves()].map(([path]) => variableOf(path)),
  ]);
  // Here old and wrong names stand on purpose: they are refused.
  const refused = new Set([
    "CHANGELOG.md",
    "infra/config/environment.test.ts",
    "infra/config/read-process.test.ts",
    "infra/config/renamed.ts",
    "infra/config/renamed.test.ts",
    "test/launch/launch.test.ts",
  ]);
  // What a cluster that links services would call its own.
  const others = new Set(["DUET_PORT"]);
  const wrong = files
    .filter((file) => !refused.has(file))
    .flatMap((file) => [...read(file).matchAll(/\bDUET_[A-Z\d_]*[A-Z\d]\b/g)].map(([name]) => ({ file, name })))
    .filter(({ name }) => !known.has(name) && !others.has(name));
  assert.deepEqual(wrong, []);
});

test("who reads settings lists none of them: a new one is a line where it is declared", () => {
  const readers = files.filter(
    (file) =>
      Object.values(processes).some(({ script }) => script === file) ||
      (/^infra\/(?:deploy|launch|config\/(?!docs\/))/.test(file) && /(?<!\.test)\.ts$/.test(file)),
  );
  assert.ok(readers.length > 20);
  // Beside the rule itself and its examples in comments, only `npm start -- --help` writes names out.
  const listing = readers.filter((file) => {
    const code = read(file).replace(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    return /\bDUET_[A-Z]+_[A-Z]/.test(code) && file !== "infra/launch/help.ts";
  });
  assert.deepEqual(listing, []);
});

test("each process reads its settings once", () => {
  for (const [name, { script: main }] of Object.entries(processes)) {
    // What a process does stands beside what has it compiled.
    const script = main.replace("main.ts", "run.ts");
    assert.deepEqual(
      [...read(script).matchAll(/\b(?:readProcess|runService|loadConfig|readShared)\((?:"(\w+)")?/g)].map(
        ([, process]) => process,
      ),
      [name],
      script,
    );
  }
});

test("the config file is opened and parsed once for settings and engines together", () => {
  // A pipe is empty for whoever reads it again.
  const program = `
    import { readProcess } from ${JSON.stringify(join(root, "infra/config/read-process.ts"))};
    const { generate, engine } = readProcess("generate", process.env);
    process.stdout.write(JSON.stringify([generate.maxTokens, engine.settings.url, engine.plan.model.name]));`;
  const text = 'generate: { maxTokens: 7 }\nvllm: { url: "http://a" }\nengine: { vllm: { model: { name: m } } }\n';
  const written = execFileSync(
    "sh",
    ["-c", 'printf %s "$1" | "$2" --input-type=module --eval "$3"', "sh", text, process.execPath, program],
    { encoding: "utf8", env: environment({ DUET_CONFIG: "/dev/stdin" }) },
  );
  assert.deepEqual(JSON.parse(written), [7, ["http://a"], "m"]);
});
