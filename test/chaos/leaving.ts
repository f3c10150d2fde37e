import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { fromJson } from "@bufbuild/protobuf";
import { ConverseResponseSchema } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { ask, rawProtocols } from "../edge/leaving/ask.ts";
import { checkTurn, type Event } from "../support/events.ts";

const crowd = fileURLToPath(new URL("../edge/leaving/crowd.ts", import.meta.url));

/** Asks with a socket of its own, and closes it after so many milliseconds: a FIN, wherever the turn is. */
export async function close(url: string, text: string, protocol: string, afterMs: number): Promise<string> {
  const { socket } = await ask(url, rawProtocols[protocol] as (typeof rawProtocols)[string], text);
  await pause(afterMs);
  socket.destroy();
  return "left";
}

/** A process that asks in every protocol at once, and is killed. */
export async function kill(url: string, text: string, afterMs: number): Promise<string> {
  const child = fork(crowd, [url, text, "stalls"]);
  const ended = once(child, "exit");
  await once(child, "message");
  await pause(afterMs);
  child.kill("SIGKILL");
  await ended;
  return "left";
}

/**
 * Takes nothing of the answer for so many milliseconds, then all that is left of it: it has its one end all the same.
 */
export async function stall(url: string, text: string, forMs: number): Promise<string> {
  const call = await ask(url, rawProtocols["json on HTTP/2"] as (typeof rawProtocols)[string], text, { stalls: true });
  await pause(forMs);
  call.read();
  const lines = (await call.ended).trimEnd().split("\n");
  call.socket.destroy();
  const events: unknown[] = lines.map((line) => JSON.parse(line));
  if (events.some((event) => "code" in (event as object) || "error" in (event as object))) {
    assert.equal(events.length, 1, "a call that has begun does not fail");
    return "refused";
  }
  const { finished } = checkTurn(events.map((event) => fromJson(ConverseResponseSchema, event as never)) as Event[]);
  return finished.error?.reason === "CLIENT_TOO_SLOW" ? "too slow" : `stalled, outcome ${finished.outcome}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
