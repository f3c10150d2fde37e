/**
 * One turn through the whole of Duet on real engines, held to what every turn promises, and one that is left in the
 * middle; prints how long each took. Not among the tests: it takes what it is given. `DUET_*` and arguments are those
 * of `npm start`.
 */
import assert from "node:assert/strict";
import { startLauncher } from "../launch/launcher.ts";
import { protocols } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { stillRunning } from "../support/process-table.ts";

const settings = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[0].startsWith("DUET_")),
);
const launcher = startLauncher({ DUET_EDGE_LISTEN: "127.0.0.1:0", ...settings }, process.argv.slice(2));
try {
  // If it ends instead it has said why, and that is the error.
  const page = await launcher.page;
  print(
    ...launcher
      .output()
      .split("\n")
      .filter((line) => /^ {2}(?:Model|Voice)/.test(line)),
  );
  const caller = (protocols["lines of JSON"] as (typeof protocols)[string])(page);

  const askedAt = performance.now();
  let [firstTextMs, firstAudioMs] = [0, 0];
  const turn = await readTurn(
    watch(caller.converse({ text: "What is the capital of France?" }), (kind) => {
      if (kind === "textDelta") firstTextMs ||= performance.now() - askedAt;
      if (kind === "audio") firstAudioMs ||= performance.now() - askedAt;
    }),
  );
  const tookMs = performance.now() - askedAt;
  const deltas = turn.events.filter(({ event }) => event.case === "textDelta").length;
  const seconds = turn.pcm.length / 2 / (turn.started.audioFormat?.sampleRateHertz ?? Number.NaN);
  assert.ok(deltas > 1, "the text comes as it is written");
  assert.ok(seconds > 0.3, "it is spoken");
  const { completionTokens = 0 } = turn.finished.usage ?? {};
  print(
    `  Text   ${JSON.stringify(turn.text)}, ${completionTokens} tokens in ${deltas} pieces, the first after ${ms(firstTextMs)}`,
  );
  print(`  Audio  ${seconds.toFixed(1)} s, the first after ${ms(firstAudioMs)}, the whole turn ${ms(tookMs)}`);

  const leaving = new AbortController();
  const left = Array.fromAsync(
    watch(caller.converse({ text: "Tell me a long story about a fox." }, { signal: leaving.signal }), (kind) => {
      if (kind === "audio") leaving.abort();
    }),
  );
  await assert.rejects(left);
  const again = await readTurn(caller.converse({ text: "What is the capital of France?" }));
  assert.ok(again.pcm.length > 0);
  print("  Left   in mid-answer; the next turn was answered");
  caller.close();
} finally {
  if (stillRunning([launcher.pid]).length > 0) process.kill(launcher.pid, "SIGTERM");
  await launcher.ended;
  print(
    "",
    ...launcher
      .output()
      .split("\n")
      .filter((line) => / (?:model|edge) .*(?:answered|stopped|turn ended)/.test(line)),
  );
}

async function* watch<T extends { event: { case?: string | undefined } }>(
  events: AsyncIterable<T>,
  see: (kind: string | undefined) => void,
): AsyncGenerator<T> {
  for await (const event of events) {
    see(event.event.case);
    yield event;
  }
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function print(...lines: string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
