/** The users, as a process: takes cells from the one that spawned it, one at a time, and gives back what the users saw. */
import { announceListening, runMain, untilStopped } from "../../../infra/process/lifecycle.ts";
import { machineClock } from "../processes/clock.ts";
import { ofMeanLength, readReplies } from "../replies.ts";
import type { CellAnswer, CellQuestion } from "./client.ts";
import { putLoad } from "./load.ts";

runMain(async () => {
  process.on("message", async (question: CellQuestion) => {
    if (question.type !== "cell") return;
    const { cell, url, repliesFile, gzip } = question;
    const replies = ofMeanLength(readReplies(repliesFile), cell.meanTokens);
    const { beganAtMs, turns } = await putLoad({ cell, url, replies, clock: machineClock, gzip });
    process.send?.({ type: "cell", beganAtMs, turns } satisfies CellAnswer);
  });
  // Its parent is all that keeps it: it listens nowhere.
  process.channel?.ref();
  announceListening("client");
  await untilStopped();
});
