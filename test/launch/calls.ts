import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How a file of a kind begins. */
const beginnings: Record<string, RegExp> = { wav: /^RIFF....WAVE/s, mp3: /^(?:ID3|\xff[\xe0-\xff])/ };

/** Holds what a call of curl brought to what the API promises: a file of speech below `folder`, or what was printed. */
export async function judgeCall(command: string, folder: string, printed: string): Promise<void> {
  const [, file, kind] = / > (\S+\.(\w+))$/.exec(command) ?? [];
  if (file !== undefined) return judgeFile(readFileSync(join(folder, file)), kind as string);
  const lines = printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  if (/ListVoices|GetStatus/.test(command)) return assert.equal(lines.length, 1);
  if (/\/chat /.test(command)) {
    const stored = await fetch(lines[0].audio_url);
    assert.equal(stored.status, 200);
    return judgeFile(Buffer.from(await stored.arrayBuffer()), "wav");
  }
  judgeTurn(lines);
}

function judgeFile(bytes: Buffer, kind: string): void {
  assert.match(bytes.toString("latin1"), beginnings[kind] as RegExp);
  assert.ok(bytes.length > 5_000, `${bytes.length} bytes`);
}

// biome-ignore lint/suspicious/noExplicitAny: events as JSON has them
function judgeTurn(events: any[]): void {
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    events.map((_, index) => index + 1),
  );
  assert.ok("started" in events[0]);
  assert.equal(events.at(-1).finished.outcome, "OUTCOME_COMPLETED");
  assert.equal(events.filter((event) => "finished" in event).length, 1);
  const lastText = events.findLastIndex((event) => "textDelta" in event);
  if (lastText >= 0)
    assert.ok(events.findIndex((event) => "audio" in event) < lastText, "it is not heard while it is written");
  const bytes = Buffer.concat(events.flatMap(({ audio }) => (audio ? [Buffer.from(audio.pcm, "base64")] : [])));
  const samples = new Int16Array(Uint8Array.from(bytes).buffer);
  const seconds = samples.length / events[0].started.audioFormat.sampleRateHertz;
  assert.ok(seconds > 0.5 && seconds < 60, `${seconds} s`);
  assert.ok(
    samples.some((sample) => Math.abs(sample) > 1000),
    "it is silent",
  );
}
