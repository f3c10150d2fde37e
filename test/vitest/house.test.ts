/** The rules that fail a run, each on a real run of vitest over a file that breaks it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { beforeAll, describe, test } from "vitest";
import { environment } from "../support/environment.ts";
import { runningProcesses } from "../support/process-table.ts";

const cases = "test/vitest/cases";

interface Run {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Runs vitest on files of `cases`, and gives how it ended. */
function run(names: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const files = names.map((name) => `${cases}/${name}.case.ts`);
  const args = ["node_modules/vitest/vitest.mjs", "run", "--no-color", "--config", `${cases}/config.ts`, ...files];
  return new Promise((resolve) =>
    execFile(process.execPath, args, { env: environment(env) }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), lines: `${stderr}\n${stdout}`.trimEnd().split("\n") }),
    ),
  );
}

describe("a file has failed, by its name and what is wrong,", () => {
  /** What is said of each file; the file's tests pass unless `passed` says otherwise. */
  const rules: Record<string, { says: RegExp; passed?: number }> = {
    server: { says: /left open after the last test: a server$/ },
    session: { says: /left open after the last test: .*an HTTP\/2 session, made in \S+\/session\.case\.ts:\d+/ },
    socket: { says: /left open after the last test: a socket, made in \S+\/socket\.case\.ts:8/ },
    timer: { says: /left open after the last test: a timer, made in \S+\/timer\.case\.ts:4$/ },
    worker: { says: /left open after the last test: a worker, made in \S+\/worker\.case\.ts:6/ },
    child: { says: /child\.case\.ts: left a process behind, which was ended: sleep 3601$/ },
    orphan: { says: /orphan\.case\.ts: left a process behind, which was ended: sleep 3602$/ },
    hook: { says: /the hook has failed/, passed: 0 },
    "no-test": { says: /No test suite found in file .*\/no-test\.case\.ts/, passed: 0 },
    crash: { says: /crash\.case\.ts: ended its process \(SIGTERM\)$/, passed: 0 },
    loop: { says: /loop\.case\.ts: ran longer than 8 s and was ended$/, passed: 0 },
    rejection: { says: /nobody listens to this/ },
    failing: { says: /is wrong/ },
  };
  let before: Set<number>;
  let all: Run;
  beforeAll(async () => {
    before = new Set(runningProcesses().map(({ pid }) => pid));
    all = await run(Object.keys(rules));
  });

  for (const [name, { says }] of Object.entries(rules))
    test(name, () => {
      const said = all.lines.filter((line) => says.test(line));
      assert.ok(said.length > 0, all.lines.join("\n"));
      assert.ok(
        all.lines.some((line) => /FAIL|originated in/.test(line) && line.includes(`${cases}/${name}.case.ts`)),
        "the file is named",
      );
    });

  test("and is counted once, in the last line alone", () => {
    const passed = Object.values(rules).reduce((sum, { passed = 1 }) => sum + passed, 0);
    assert.equal(all.lines.at(-1), `${passed} passed, ${Object.keys(rules).length} failed, 2 skipped`);
    assert.equal(all.code, 1);
  });

  test("and nothing of it runs on", () => {
    assert.deepEqual(
      runningProcesses().filter(({ pid, command }) => !before.has(pid) && /^sleep 360[12]$/.test(command)),
      [],
    );
  });

  test("and each case is tried", () => {
    const files = readdirSync(new URL("./cases/", import.meta.url)).filter((file) => file.endsWith(".case.ts"));
    assert.deepEqual(
      files.map((file) => file.replace(".case.ts", "")).sort(),
      [...Object.keys(rules), "clean", "skipped"].sort(),
    );
  });
});

test("a file that breaks no rule passes, in plain Node, without the settings of the shell", async () => {
  const { code, lines } = await run(["clean"], {
    DUET_EDGE_LISTEN: "127.0.0.1:1",
    OTEL_SERVICE_NAME: "mine",
    CI: "true",
  });
  assert.equal(lines.at(-1), "4 passed, 0 failed", lines.join("\n"));
  assert.ok(lines.includes(`noted ${cases}/clean.case.ts: all is closed`), "what a test notes is told");
  assert.equal(code, 0);
});

test("a test that is skipped is named with its reason", async () => {
  const { code, lines } = await run(["skipped"]);
  assert.deepEqual(
    lines.filter((line) => line.startsWith("skipped ")),
    [
      `skipped ${cases}/skipped.case.ts: "needs a moon": no moon is out`,
      `skipped ${cases}/skipped.case.ts: "what needs a sun > shines": the sun is down`,
      `skipped ${cases}/skipped.case.ts: "finds out late": it turned out late`,
      `skipped ${cases}/skipped.case.ts: "is still to be written": to be done`,
    ],
  );
  assert.equal(lines.at(-1), "1 passed, 0 failed, 4 skipped");
  assert.equal(code, 0);
});

test("a test that is skipped has failed where CI=true", async () => {
  const { code, lines } = await run(["skipped"], { CI: "true" });
  assert.equal(
    lines.filter((line) => /^FAILED .*"needs a moon" was skipped, where CI=true: no moon is out$/.test(line)).length,
    1,
  );
  assert.equal(lines.at(-1), "1 passed, 4 failed");
  assert.equal(code, 1);
});

test("a hook that fails counts once, and not again for the tests that it has kept from running", async () => {
  const { lines } = await run(["hook"], { CI: "true" });
  assert.equal(lines.at(-1), "0 passed, 1 failed, 2 skipped");
});

test("a name that no file has is an error", async () => {
  const { code, lines } = await run(["nowhere"]);
  assert.equal(lines.at(-1), "0 passed, 0 failed");
  assert.equal(code, 1);
});
