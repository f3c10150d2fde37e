import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "vitest";
import { SettingsError } from "../config/settings/read.ts";
import { readLaunchSettings } from "./settings.ts";

test("what the config file names is there, and is neither looked for nor moved", (context) => {
  const file = fileOf(
    context,
    'listen: 9000\nvllm: { url: "http://gpu:8000" }\ngenerate: { url: "http://elsewhere:1" }\n',
  );
  const { engines, edge, isSet } = readLaunchSettings({ DUET_CONFIG: file });
  assert.match(engines.vllmUrls?.[0] ?? "", /^http:\/\/gpu:8000/);
  assert.equal(engines.fishUrls, undefined);
  assert.deepEqual(edge, { listen: { host: "127.0.0.1", port: 9000 }, movable: false });
  assert.deepEqual([isSet("DUET_LISTEN"), isSet("DUET_GENERATE_LISTEN")], [true, false]);
});

test("an edge's own addresses of the services are refused in the environment", () => {
  assert.throws(() => readLaunchSettings({ DUET_GENERATE_URL: "http://elsewhere:1" }), SettingsError);
});

test("what is wrong in the file is told before anything runs", (context) => {
  assert.throws(
    () => readLaunchSettings({ DUET_CONFIG: fileOf(context, "listn: 9000\n") }),
    /listn.*Did you mean listen\?/s,
  );
});

function fileOf(context: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "duet.yaml");
  writeFileSync(file, text);
  return file;
}
