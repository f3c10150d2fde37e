import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { spokenSeconds } from "../../../infra/twins/sound/speaker.ts";
import { type CalibrationName, calibrations } from "../calibrations.ts";
import { type Client, startClient } from "../client/client.ts";
import { type Engines, startEngines } from "../engines/engines.ts";
import type { CellRun } from "../record.ts";
import type { Cell } from "../scenarios/scenario.ts";
import type { SideName } from "./names.ts";
import { startSide } from "./start.ts";
import { wordsOf } from "./words.ts";

const reply = "好的，门在左边。灯亮了。";
const folder = mkdtempSync(join(tmpdir(), "duet-sides-"));
const repliesFile = join(folder, "replies.tsv");
writeFileSync(repliesFile, `id\tlang\tstyle\tquestion\treply\nr\tzh\tplain\t门呢？\t${reply}\n`);

/** Far faster than any engine, so that a turn takes a third of a second; one worker, so that there is an order. */
const calibration = {
  ...calibrations.fish15,
  name: "fast" as CalibrationName,
  vllm: { ...calibrations.fish15.vllm, stepMs: 4 },
  voice: { kind: "serial" as const, cost: { startMs: 20, realTimeFactor: 1 / 60 } },
  workers: 1,
};
let engines: Engines;
let client: Client;
beforeAll(async () => {
  [engines, client] = await Promise.all([startEngines(calibration, 1), startClient({ repliesFile, gzip: false })]);
});
afterAll(async () => {
  await Promise.all([engines?.stop(), client?.process.stop()]);
  rmSync(folder, { recursive: true });
});

/** Three users who ask at about the same time, once or twice. */
async function ask(name: SideName): Promise<Pick<CellRun, "turns" | "engineWork">> {
  const cell: Cell = {
    scenario: "test",
    side: name,
    calibration,
    load: { kind: "closed", users: 3, thinkMs: 50 },
    time: { warmMs: 0, untilMs: 400, endMs: 8000 },
    repeat: 0,
    seed: 1,
    meanTokens: undefined,
    probe: undefined,
  };
  const side = await startSide({ name, engines });
  try {
    await engines.untilQuiet();
    const { beganAtMs, turns } = await client.run({ cell, url: side.url });
    const whole = turns.filter(({ end }) => end === "finished");
    assert.ok(whole.length >= 3 && turns.every(({ end }) => end === "finished" || end === "unfinished"));
    const engineWork = await engines.workSince(beganAtMs);
    assert.ok(
      engineWork.every(({ receivedAtMs }) => receivedAtMs >= 0),
      "what was there before has ended",
    );
    return { turns: whole, engineWork };
  } finally {
    await side.stop();
  }
}

for (const name of ["article", "article-pool", "sequential", "fifo", "relay"] as const)
  test(`${name}: every turn is written and spoken whole, in the words that Duet would say`, async () => {
    const { turns, engineWork } = await ask(name);
    const words = await wordsOf(reply);
    for (const { segments, sounds, textsAtMs } of turns) {
      assert.equal(segments.map(({ text }) => text).join(""), words);
      const seconds = sounds.reduce((sum, one) => sum + one.seconds, 0);
      assert.ok(seconds >= spokenSeconds(words) && seconds < spokenSeconds(words) + 0.5, `${seconds} s`);
      const inPieces = name !== "article" && name !== "article-pool";
      assert.equal(textsAtMs.length > 1, inPieces, "an article's text comes at once");
      assert.equal(segments.length > 1, name === "fifo" || name === "relay");
      if (inPieces) assert.ok((textsAtMs[0] as number) < (sounds[0]?.atMs ?? 0), "text is shown before it is spoken");
    }
    const spoken = engineWork.filter(({ kind }) => kind === "speak");
    const inOrder = spoken.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
    for (const [index, { startedAtMs }] of inOrder.entries())
      assert.ok(startedAtMs >= (inOrder[index - 1]?.endedAtMs ?? 0) - 1, "one worker does one thing at a time");
    if (name === "article") {
      const writes = engineWork
        .filter(({ kind }) => kind === "write")
        .toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
      for (const [index, { receivedAtMs }] of writes.slice(1).entries())
        assert.ok(receivedAtMs >= (spoken[index]?.endedAtMs ?? 0), "no turn begins before the one before it has ended");
    }
  });
