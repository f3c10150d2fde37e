import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "vitest";
import { loadConfig } from "../../infra/config/load.ts";
import { fish } from "../../infra/engines/fish/record.ts";
import { fishReleases } from "../../infra/engines/fish/releases.ts";
import { shellCommand } from "../../infra/engines/shell.ts";

// Tells what it was started with, as it sees it and as everybody on the machine does.
const server = `
import json, sys
print(json.dumps({"arguments": sys.argv[1:], "shown": open("/proc/self/cmdline").read()}))
`;

for (const [version, { command, apiKey }] of Object.entries(fishReleases).filter(
  ([, { apiKey }]) => apiKey === "guards",
))
  it(`Fish-Speech ${version} gets its key, and the process table does not (${command.join(" ")}, ${apiKey})`, (t) => {
    const home = mkdtempSync(join(tmpdir(), "duet-fish-"));
    t.onTestFinished(() => rmSync(home, { recursive: true }));
    mkdirSync(join(home, "tools"));
    writeFileSync(join(home, "tools", "api_server.py"), server);
    mkdirSync(join(home, "bin"));
    symlinkSync(execFileSync("sh", ["-c", "command -v python3"]).toString().trim(), join(home, "bin", "python"));
    const engine = `engine: { host: { gpuCount: 1 }, fish: { version: ${version}, gpus: [0], requireApiKey: true } }\n`;
    const { plan } = loadConfig({ DUET_FISH_API_KEY: "secret-of-fish" }, engine).config;
    assert.ok(plan.fish !== undefined);
    const [start] = fish.commands(plan.fish);
    assert.ok(start !== undefined);
    const line = shellCommand(start);
    assert.doesNotMatch(line, /--api-key "/);
    const env = { PATH: `${join(home, "bin")}:${process.env.PATH}`, DUET_FISH_API_KEY: "secret-of-fish" };
    const told = JSON.parse(execFileSync("sh", ["-c", line], { cwd: home, env }).toString());
    assert.deepEqual(told.arguments.slice(-2), ["--api-key", "secret-of-fish"]);
    assert.doesNotMatch(told.shown, /secret-of-fish/);
  });
