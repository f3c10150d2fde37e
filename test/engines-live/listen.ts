/**
 * Real voices through the whole of Duet, heard by a real ear: twenty replies with figures and names are spoken by each
 * voice that is installed, and written down by Whisper; prints how soon and how fast they came, and which words,
 * figures and names were lost. Not among the tests: it takes a gigabyte of packages and a few minutes. Names of voices
 * as arguments choose some.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { toWav } from "../../services/synthesize/audio/wav.ts";
import { createGrpcClient } from "../support/callers.ts";
import { type Event, readTurn } from "../support/events.ts";
import { startStack } from "../support/stack.ts";
import { compare } from "./compare.ts";
import { earModules, earPython, type LiveVoice, liveVoices, missing, outFolder, serve } from "./voices.ts";

/** A reply as it was spoken. */
interface Spoken {
  readonly wav: string;
  readonly seconds: number;
  readonly firstAudioMs: number;
  readonly tookMs: number;
}

const chosen = process.argv.slice(2);
const earLacks = missing(earPython, earModules);
for (const voice of liveVoices.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  const lacks = missing(voice.python, voice.modules);
  if (lacks === undefined) await hear(voice);
  else print(`skipped ${voice.name}: ${lacks}`);
}

async function hear(voice: LiveVoice): Promise<void> {
  const spoken = await speakAll(voice);
  const sum = (of: (one: Spoken) => number) => spoken.reduce((total, one) => total + of(one), 0);
  const seconds = sum((one) => one.seconds);
  print(
    `${voice.name}: ${spoken.length} replies, ${seconds.toFixed(1)} s of speech`,
    `  first audio ${ms(median(spoken.map((one) => one.firstAudioMs)))} (median), slowest ${ms(Math.max(...spoken.map((one) => one.firstAudioMs)))}`,
    `  real-time factor ${(sum((one) => one.tookMs) / 1000 / seconds).toFixed(3)}, from the request to the last sample`,
  );
  if (earLacks !== undefined) return print(`  skipped the ear: ${earLacks}`);
  const heard = await writeDown(voice, spoken);
  let [errors, words, facts, lost] = [0, 0, 0, 0];
  for (const [index, reply] of voice.replies.entries()) {
    const found = compare(reply.text, reply.facts, heard[index] ?? "", voice.language);
    errors += found.errors;
    words += found.words;
    facts += reply.facts.length;
    lost += found.lost.length;
    if (found.lost.length > 0) print(`  lost ${found.lost.join(", ")}: ${reply.text} -> ${heard[index]}`);
  }
  const unit = voice.language === "zh" ? "characters" : "words";
  print(
    `  ${unit} wrong ${errors} of ${words} (${((100 * errors) / words).toFixed(1)} %), figures and names kept ${facts - lost} of ${facts}`,
  );
}

/** Has each reply spoken over the edge. */
async function speakAll(voice: LiveVoice): Promise<Spoken[]> {
  const server = await serve(voice);
  const asTwin = { url: server.url, seen: () => [], close: server.stop };
  const stack = await startStack({ voice: { variable: voice.variable, start: async () => asTwin } });
  const customer = createGrpcClient(stack.url);
  mkdirSync(`${outFolder}${voice.name}`, { recursive: true });
  const spoken: Spoken[] = [];
  try {
    for (const [index, { text }] of voice.replies.entries()) {
      const askedAt = performance.now();
      let firstAudioMs = 0;
      const watched = watch(customer.client.speak({ text, language: voice.language }), () => {
        firstAudioMs ||= performance.now() - askedAt;
      });
      const turn = await readTurn(watched);
      assert.equal(turn.finished.outcome, Outcome.COMPLETED, text);
      const warnings = turn.events.filter(({ event }) => event.case === "warning").length;
      if (warnings > 0) print(`${voice.name}: ${warnings} warnings of ${text}`);
      const rate = turn.started.audioFormat?.sampleRateHertz ?? Number.NaN;
      const wav = `${outFolder}${voice.name}/${String(index + 1).padStart(2, "0")}.wav`;
      writeFileSync(wav, toWav(new Int16Array(new Uint8Array(turn.pcm).buffer), rate));
      spoken.push({ wav, seconds: turn.pcm.length / 2 / rate, firstAudioMs, tookMs: performance.now() - askedAt });
    }
  } finally {
    customer.close();
    await stack.close();
  }
  return spoken;
}

async function* watch<T extends Event>(events: AsyncIterable<T>, onAudio: () => void): AsyncGenerator<T> {
  for await (const event of events) {
    if (event.event.case === "audio") onAudio();
    yield event;
  }
}

/** What the ear heard in each. */
async function writeDown({ language, prompt = "" }: LiveVoice, spoken: readonly Spoken[]): Promise<string[]> {
  const script = new URL("hear.py", import.meta.url).pathname;
  const child = spawn(earPython, [script, `${outFolder}whisper-base`, language, prompt], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(spoken.map(({ wav }) => wav).join("\n"));
  let lines = "";
  child.stdout.on("data", (part: Buffer) => {
    lines += part;
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`the ear ended with ${code}`);
  return lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as string);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function print(...lines: string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
