/**
 * A real ear behind the whole of Duet: ten questions in each of two languages are spoken by a machine and sent to
 * Transcribe, whose recognizer is Whisper base; each is asked with its language and without. Prints how many words, in
 * Chinese characters, were wrong, and how long each took. espeak-ng asks in English, and whichever of the real voices
 * is installed. Not among the tests: it takes 0.5 GB of packages and some minutes. Names of voices as arguments choose
 * some.
 */
import assert from "node:assert/strict";
import { createGrpcClient } from "../../support/callers.ts";
import { percentile } from "../../support/load.ts";
import { startStack } from "../../support/stack.ts";
import { compare } from "../compare.ts";
import { earModules, earPython, missing, outFolder, serve } from "../voices.ts";
import { type Mouth, mouths } from "./mouths.ts";
import { questions } from "./questions.ts";

type Client = ReturnType<typeof createGrpcClient>["client"];

const lacks = missing(earPython, earModules);
if (lacks !== undefined) print(`skipped the ear: ${lacks}`);
else await listen();

async function listen(): Promise<void> {
  const script = new URL("serve.py", import.meta.url).pathname;
  const health = "/v1/models";
  const ear = await serve({
    name: "Whisper base",
    python: earPython,
    serve: [script, `${outFolder}whisper-base`],
    health,
  });
  const transcribe = {
    ...{ url: [ear.url], apiKey: undefined, kind: "auto", model: undefined, language: undefined },
    ...{ timeoutMs: 120_000, maxAtOnce: 1, stream: false },
  };
  const stack = await startStack({ timeScale: 0, edge: { transcribe } });
  const { client, close } = createGrpcClient(stack.url);
  try {
    for await (const mouth of mouths(process.argv.slice(2)))
      for (const told of [mouth.language, ""]) print(await askAll(client, mouth, told));
  } finally {
    close();
    await stack.close();
    await ear.stop();
  }
}

/** Has all questions of a voice's language written down, and says what came of it. */
async function askAll(client: Client, { name, language, speak }: Mouth, told: string): Promise<string> {
  let [errors, words, kept] = [0, 0, 0];
  const tookMs: number[] = [];
  const wrong: string[] = [];
  for (const { text } of questions[language]) {
    const data = await speak(text);
    const askedAt = performance.now();
    const heard = await client.transcribe({ audio: { data }, language: told });
    tookMs.push(performance.now() - askedAt);
    const found = compare(text, [], heard.text, language);
    errors += found.errors;
    words += found.words;
    if (heard.language === language) kept++;
    if (found.errors > 0) wrong.push(`  ${text} -> ${heard.text}`);
  }
  assert.ok(errors < words / 2, `${name}: most of it is understood, of ${wrong.join("")}`);
  const unit = language === "zh" ? "characters" : "words";
  const how = told === "" ? "without its language" : `as ${told}`;
  return [
    `${name}, asked ${how}: ${unit} wrong ${errors} of ${words} (${((100 * errors) / words).toFixed(1)} %), language right ${kept} of ${tookMs.length}, ` +
      `${(percentile(tookMs, 0.5) / 1000).toFixed(1)} s each (median)`,
    ...wrong,
  ].join("\n");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
