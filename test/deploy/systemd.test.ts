import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test } from "vitest";
import { allSettings } from "../../infra/config/declared.ts";
import { processes } from "../../infra/config/processes.ts";
import { skipFor } from "../support/skip.ts";
import { until } from "../support/until.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "infra/deploy/systemd");

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
  test("start the edge as a user of its own, who reads its config where the unit says, reloads and ends in time", async (context) => {
    const unit = readUnit("duet-edge.service");
    const folder = mkdtempSync(join(tmpdir(), "duet-"));
    chmodSync(folder, 0o755);
    context.onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "words.yaml"), "all: { ACME: acme }\n");
    writeFileSync(
      join(folder, "duet.yaml"),
      "edge: { listen: 127.0.0.1:0 }\nprofiles: { shop: { lexicon: words.yaml } }\n",
    );
    const placed = (text: string) => text.replaceAll("/opt/duet", root).replaceAll("/etc/duet", folder);
    const [program = "", ...args] = placed(unit.get("ExecStart") ?? "").split(" ");
    const env = Object.fromEntries(
      placed(unit.get("Environment") ?? "")
        .split(" ")
        .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
    );
    // As systemd does: another user, none of the capabilities, and no way to new ones.
    const own = canChangeUser()
      ? ["setpriv", "--reuid=10002", "--regid=10002", "--clear-groups", "--bounding-set=-all", "--no-new-privs"]
      : [];
    const [first, ...rest] = [...own, program, ...args] as [string, ...string[]];
    const child = spawn(first, rest, {
      cwd: placed(unit.get("WorkingDirectory") ?? ""),
      // The path finds setpriv.
      env: { ...env, PATH: "/usr/bin:/bin" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    context.onTestFinished(() => void child.kill("SIGKILL"));
    const ended = once(child, "exit");
    let written = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part: Buffer) => {
        written += part;
      });
    const url = () => /http:\/\/127\.0\.0\.1:\d+/.exec(written)?.[0];
    await until("the edge listens", () => url() !== undefined || child.exitCode !== null, 20_000);
    assert.ok(url(), written);
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    const told = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(status)?.[1];
    if (own.length > 0)
      assert.deepEqual([told("Uid"), told("CapBnd"), told("NoNewPrivs")], ["10002", "0000000000000000", "1"]);
    assert.equal((await fetch(`${url()}/healthz`)).status, 200);
    assert.equal(unit.get("ExecReload"), "/bin/kill -HUP $MAINPID");
    child.kill("SIGHUP");
    assert.equal((await fetch(`${url()}/healthz`)).status, 200);
    child.kill(unit.get("KillSignal") as NodeJS.Signals);
    assert.deepEqual(await ended, [0, null]);
    const drains = allSettings.find(({ path }) => path === "drainTimeoutMs")?.setting.fallback as number;
    assert.ok(Number(unit.get("TimeoutStopSec")) * 1_000 > drains + 5_000);
  });
});

/** The lines of a unit by their names; of several with one name the last. */
function readUnit(file: string): ReadonlyMap<string, string> {
  const lines = readFileSync(join(folder, file), "utf8").matchAll(/^(\w+)=(.*)$/gm);
  return new Map([...lines].map(([, name, value]) => [name as string, value as string]));
}

/** Whether this is root, and another user may read the tree. */
function canChangeUser(): boolean {
  if (process.getuid?.() !== 0 || spawnSync("setpriv", ["--version"]).error !== undefined) return false;
  for (let place = root; place !== dirname(place); place = dirname(place))
    if ((statSync(place).mode & 0o005) !== 0o005) return false;
  return true;
}

/** Why systemd cannot be asked here; false if it can. */
function noSystemd(): string | false {
  try {
    execFileSync("systemd-analyze", ["--version"], { stdio: "pipe" });
    return false;
  } catch {
    return "systemd-analyze is not on this machine";
  }
}
