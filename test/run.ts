/**
 * `npm test`: runs every test file in a process of its own and closes with one line, `N passed, N failed`.
 *
 * Arguments name files or folders to run a part: `npm test -- services/generate test/house`.
 * A file that hangs, leaves something open, or holds no test has failed. Where `CI=true`, so has a test that was skipped.
 */
import { globSync } from "node:fs";
import { PassThrough } from "node:stream";
import { spec } from "node:test/reporters";
import { supervise, type TestEvent } from "./runner/supervise.ts";
import { createTally } from "./runner/tally.ts";

// What a developer's shell points at must not change what the tests see.
for (const name of Object.keys(process.env)) if (/^(?:DUET|OTEL)_/.test(name)) delete process.env[name];

const wanted = process.argv.slice(2).map((argument) => argument.replace(/^\.\//, "").replace(/\/+$/, ""));
const files = globSync("{services,edge,infra,test}/**/*.test.ts")
  .sort()
  .filter((file) => wanted.length === 0 || wanted.some((part) => file === part || file.startsWith(`${part}/`)));

const tally = createTally({ skipIsFailure: process.env.CI === "true" });
const events = new PassThrough({ objectMode: true });
events.compose(new spec()).pipe(process.stdout, { end: false }).on("unpipe", close);

// Files in `test/` open sockets, browsers and whole stacks and look at the time: one after the other, once the cores are free.
const alone = (file: string) => file.startsWith("test/");
await runAll(
  files.filter((file) => !alone(file)),
  2,
);
await runAll(files.filter(alone), 1);
events.end();

async function runAll(queue: string[], workers: number): Promise<void> {
  const work = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      // Held back until the file is done, so that the reports of two files do not mix.
      const report: TestEvent[] = [];
      for await (const event of supervise(file)) report.push(tally.count(event));
      for (const event of report) events.write(event);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

function close(): void {
  const { passed, failed, skipped } = tally;
  if (files.length === 0) process.stdout.write(`no test file is named ${wanted.join(" or ")}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
