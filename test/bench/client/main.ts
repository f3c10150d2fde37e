/**
 * The users, as a process: takes cells from the one that spawned it, one at a time, and gives back what the users saw.
 */
import { announceListening, runMain, untilStopped } from "../../../infra/process/lifecycle.ts";
import { machineClock } from "../processes/clock.ts";
import { ofMeanLength, readReplies } from "../replies.ts";
import type { SideName } from "../sides/names.ts";
import { openLine } from "./call.ts";
import type { CellAnswer, CellQuestion } from "./client.ts";
import { cuesOf } from "./cues.ts";
import { duetGzipProtocol, duetProtocol } from "./duet.ts";
import { putLoad } from "./load.ts";
import type { Protocol } from "./protocol.ts";
import { sideProtocol } from "./side.ts";

runMain(async () => {
  process.on("message", async (question: CellQuestion) => {
    if (question.type !== "cell") return;
    const { cell, url, repliesFile, gzip } = question;
    const replies = ofMeanLength(readReplies(repliesFile), cell.meanTokens);
    const protocol = protocolOf(cell.side, gzip);
    const open = () => openLine(url, protocol);
    const { beganAtMs, turns } = await putLoad({ cell, open, replies, clock: machineClock });
    process.send?.({ type: "cell", beganAtMs, turns } satisfies CellAnswer);
  });
  // Its parent is all that keeps it: it listens nowhere.
  process.channel?.ref();
  announceListening("client");
  await untilStopped();
});

function protocolOf(side: SideName, gzip: boolean): Protocol {
  if (side === "duet") return gzip ? duetGzipProtocol : duetProtocol;
  return sideProtocol(side === "relay" ? cuesOf : () => undefined);
}
