import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { readArguments } from "../../infra/launch/arguments.ts";
import { startLauncher } from "./launcher.ts";

const folder = mkdtempSync(join(tmpdir(), "duet-model-"));
afterAll(() => rmSync(folder, { recursive: true }));
const root = join(import.meta.dirname, "../..");

describe("npm start -- --model", () => {
  test("takes a file by its name from where it was called", () => {
    assert.equal(readArguments(["--model", "a.gguf"], { INIT_CWD: "/models" }).modelFile, "/models/a.gguf");
    assert.equal(readArguments(["--model=/b.gguf"], { INIT_CWD: "/models" }).modelFile, "/b.gguf");
    assert.equal(readArguments([], {}).modelFile, undefined);
  });

  const refused: [args: string[], env: NodeJS.ProcessEnv, message: RegExp][] = [
    [["--model"], {}, /^--model needs the path of a model file: --model FILE\.gguf$/],
    [["--model="], {}, /^--model needs the path of a model file/],
    [["model.gguf"], {}, /does not understand model\.gguf: .*--help$/],
    [["--model", "a", "--port", "1"], {}, /does not understand .*--port/],
    [
      ["--model", "a"],
      { DUET_VLLM_URL: "http://gpu" },
      /^--model and DUET_VLLM_URL both choose a model: leave out --model, or unset DUET_VLLM_URL/,
    ],
    [["--model", "a"], { DUET_VLLM_MODEL: "qwen" }, /^--model and DUET_VLLM_MODEL both choose a model/],
  ];
  for (const [args, env, message] of refused)
    test(`refuses ${args.join(" ")} with ${Object.keys(env).join() || "no setting"}`, () => {
      assert.throws(() => readArguments(args, env), { message });
    });

  const isInstalled = ["infra/models/llama/node_modules", "node_modules"].some((place) =>
    existsSync(join(root, place, "node-llama-cpp")),
  );
  const files: [what: string, content: string | undefined, message: RegExp][] = [
    [
      "that does not exist",
      undefined,
      /^model stopped: \S+model\.gguf does not exist: give the path of a GGUF model file$/,
    ],
    ["that is no GGUF", "PK..", /^model stopped: \S+model\.gguf is not a GGUF file: convert the model to GGUF first/],
    ["that is empty", "", /^model stopped: \S+model\.gguf is not a GGUF file/],
    [
      "that only begins as a GGUF",
      "GGUF\u0003\0\0\0",
      isInstalled
        ? /^model stopped: \S+model\.gguf cannot be loaded: /
        : /^model stopped: --model needs llama\.cpp, .*: npm install --prefix infra\/models\/llama @node-llama-cpp\/\S+@\d/,
    ],
  ];
  for (const [what, content, message] of files)
    test(`stops with one line at a file ${what}`, async (context) => {
      const file = join(folder, "model.gguf");
      rmSync(file, { force: true });
      if (content !== undefined) writeFileSync(file, content);
      const launcher = startLauncher({ DUET_DISCOVER: "0", DUET_EDGE_LISTEN: "127.0.0.1:0" }, ["--model", file]);
      context.onTestFinished(launcher.end);
      assert.equal((await launcher.ended).status, 1);
      assert.match(launcher.output().trimEnd().split("\n").at(-1) ?? "", message);
    });
});
