import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { environment } from "../support/environment.ts";

const root = join(import.meta.dirname, "../..");

describe("what Node has compiled is kept", () => {
  const script = `
    const { keepCompiled } = await import("./infra/process/compiled.ts");
    keepCompiled();
    await import("./infra/net/address.ts");
    console.log(process.env.NODE_COMPILE_CACHE);`;
  const run = (variables: Record<string, string>) => {
    const { NODE_COMPILE_CACHE, ...env } = environment(variables);
    const said = {
      ...env,
      ...("NODE_COMPILE_CACHE" in variables && { NODE_COMPILE_CACHE: variables.NODE_COMPILE_CACHE }),
    };
    return execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: root,
      env: said,
      encoding: "utf8",
    });
  };
  const folder = (t: TestContext) => {
    const made = mkdtempSync(join(tmpdir(), "duet-compiled-"));
    t.onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  };

  test("beside the packages, for child processes too", () => {
    const kept = join(root, "node_modules/.cache/compiled");
    for (const variables of [{}, { NODE_COMPILE_CACHE: "" }]) assert.equal(run(variables), `${kept}\n`);
    assert.ok(existsSync(kept));
  });

  test("where NODE_COMPILE_CACHE says", (t) => {
    const made = folder(t);
    assert.equal(run({ NODE_COMPILE_CACHE: made }), `${made}\n`);
    assert.equal(readdirSync(made).length, 1);
  });

  test("nowhere where nothing can be written, and no word of it is said", (t) => {
    const file = join(folder(t), "file");
    writeFileSync(file, "");
    assert.equal(run({ NODE_COMPILE_CACHE: join(file, "below") }), `${join(file, "below")}\n`);
  });
});
