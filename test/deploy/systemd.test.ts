import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { processes } from "../../infra/config/processes.ts";
import { skipFor } from "../support/skip.ts";

const folder = join(import.meta.dirname, "../../infra/deploy/systemd");

describe("the units of systemd", () => {
  test("start each process, and wait for its turns", () => {
    for (const [name, { script }] of Object.entries(processes)) {
      const unit = readFileSync(join(folder, `duet-${name}.service`), "utf8");
      assert.match(
        unit,
        new RegExp(`^ExecStart=/opt/duet/node_modules/\\.bin/node ${script.replaceAll(".", "\\.")}$`, "m"),
      );
      assert.match(unit, /^Restart=always$/m);
      assert.match(unit, /^TimeoutStopSec=30$/m);
      assert.match(unit, /^LimitNOFILE=65536$/m);
    }
  });

  test("are taken by systemd itself", skipFor(noSystemd()), (context) => {
    const copies = mkdtempSync(join(tmpdir(), "duet-"));
    context.onTestFinished(() => rmSync(copies, { recursive: true }));
    for (const file of readdirSync(folder)) {
      // It looks whether the program, the folder and the page are there.
      const text = readFileSync(join(folder, file), "utf8")
        .replace("/opt/duet/node_modules/.bin/node", process.execPath)
        .replaceAll("/opt/duet", tmpdir());
      writeFileSync(join(copies, file), text);
    }
    const files = readdirSync(copies).map((file) => join(copies, file));
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], { encoding: "utf8" });
    const ours = stderr.split("\n").filter((line) => line.includes("duet"));
    assert.deepEqual([status, ours], [0, []]);
  });
});

/** Why systemd cannot be asked here; false if it can. */
function noSystemd(): string | false {
  try {
    execFileSync("systemd-analyze", ["--version"], { stdio: "pipe" });
    return false;
  } catch {
    return "systemd-analyze is not on this machine";
  }
}
