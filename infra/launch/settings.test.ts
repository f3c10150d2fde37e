import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "vitest";
import { SettingsError } from "../settings/error.ts";
import { readLaunchSettings } from "./settings.ts";

test("what the config file names is there, and is neither looked for nor moved", (context) => {
  const file = fileOf(
    context,
    'edge: { listen: 9000, generateUrl: "http://elsewhere:1" }\nvllm: { url: "http://gpu:8000", model: mine }\n',
  );
  const { model, modelName, voices, edge, isSet } = readLaunchSettings({ DUET_CONFIG: file });
  assert.deepEqual(model, {
    name: "vllm",
    title: "vLLM",
    variable: "DUET_VLLM_URL",
    urls: ["http://gpu:8000"],
    apiKey: undefined,
  });
  assert.deepEqual([modelName, voices], ["mine", []]);
  assert.deepEqual(edge, { listen: { host: "127.0.0.1", port: 9000 }, movable: false });
  assert.deepEqual([isSet("edge.listen"), isSet("generate.listen")], [true, false]);
});

test("every engine that speaks is there, and the one that is to speak first comes first", () => {
  const urls = { DUET_FISH_URL: "http://a", DUET_SPEECH_URL: "http://b,http://c" };
  const names = (env: NodeJS.ProcessEnv) => readLaunchSettings(env).voices.map(({ name }) => name);
  assert.deepEqual(names(urls), ["fish", "speech"]);
  assert.deepEqual(names({ ...urls, DUET_SYNTHESIZE_ENGINE: "speech" }), ["speech", "fish"]);
  assert.equal(readLaunchSettings({ DUET_SYNTHESIZE_ENGINE: "piper" }).voiceEngine, "piper");
});

test("an edge's own addresses of the services are refused in the environment", () => {
  assert.throws(() => readLaunchSettings({ DUET_EDGE_GENERATE_URL: "http://elsewhere:1" }), SettingsError);
});

test("what is wrong in the file is told before anything runs", (context) => {
  assert.throws(
    () => readLaunchSettings({ DUET_CONFIG: fileOf(context, "edge: { listn: 9000 }\n") }),
    /listn.*Did you mean edge\.listen\?/s,
  );
});

function fileOf(context: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "duet.yaml");
  writeFileSync(file, text);
  return file;
}
