import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { skipFor } from "../support/skip.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { python, run, withoutPython } from "./programs.ts";

const question = "What is Duet?";

describe("the example in Python", skipFor(withoutPython), () => {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  let stack: Stack;
  beforeAll(async () => {
    const { status, complaints } = await run("buf", ["generate", "--template", "examples/python/buf.gen.yaml"]);
    assert.equal(status, 0, complaints);
    stack = await startStack();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await stack?.close();
  });

  const hostOf = ({ url }: { url: string }) => new URL(url).host;

  it("hears from Converse what our own client hears", async () => {
    const { client, close } = createGrpcClient(stack.url);
    const heard = await readTurn(client.converse({ text: question }, { timeoutMs: 30_000 }));
    close();
    const wav = join(folder, "converse.wav");
    const { status, output, complaints } = await run(python, [
      "examples/python/converse.py",
      question,
      wav,
      "--edge",
      hostOf(stack),
    ]);
    assert.equal(status, 0, complaints);
    assert.equal(output.trimEnd(), heard.text.trimEnd());
    assert.deepEqual(readWav(wav), { sampleRate: heard.started.audioFormat?.sampleRateHertz, bytes: heard.pcm.length });
  });

  it("speaks with Synthesize what Generate writes", async () => {
    const wav = join(folder, "services.wav");
    const { status, output, complaints } = await run(python, [
      "examples/python/services.py",
      question,
      wav,
      "--generate",
      hostOf(stack.generate),
      "--synthesize",
      hostOf(stack.synthesize),
    ]);
    assert.equal(status, 0, complaints);
    assert.ok(output.length > 20);
    const [, samples] = /segments, (\d+) samples/.exec(complaints) ?? [];
    assert.equal(readWav(wav).bytes, Number(samples) * 2);
  });

  it("says with which code it was refused", async () => {
    const refused = await run(python, [
      "examples/python/converse.py",
      "?",
      join(folder, "no.wav"),
      "--edge",
      hostOf(stack),
    ]);
    assert.equal(refused.status, 1);
    assert.match(refused.complaints, /^INVALID_ARGUMENT: text/);
  });
});

/** What a WAV file holds; fails if it is silent. */
function readWav(file: string): { sampleRate: number; bytes: number } {
  const bytes = readFileSync(file);
  const pcm = bytes.subarray(44);
  assert.ok(
    pcm.some((byte) => byte !== 0),
    "the file is silent",
  );
  return { sampleRate: bytes.readUInt32LE(24), bytes: pcm.length };
}
