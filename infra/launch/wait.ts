import { connect } from "node:net";
import { type Clock, sleep } from "../clock/clock.ts";

/** How long an engine that was named is waited for. */
export interface WaitOptions {
  /** How long an engine that was named in a setting may be silent: one that was started a moment ago comes up meanwhile. */
  waitMs: number;
  clock: Clock;
  /** Tells people what is going on. */
  say: (text: string) => void;
  signal: AbortSignal;
}

const pollMs = 250;
const connectTimeoutMs = 3_000;

/** Waits until a server that a setting names is there, as `isThere` finds. Throws one line with the remedy if it stays away. */
export async function waitUntil(
  setting: string,
  url: string,
  { waitMs, clock, say, signal }: WaitOptions,
  isThere: () => Promise<boolean>,
): Promise<void> {
  const giveUpAt = clock.now() + waitMs;
  if (await isThere()) return;
  say(`waiting for ${setting}=${url} to answer`);
  while (clock.now() < giveUpAt) {
    await sleep(clock, pollMs, signal);
    if (await isThere()) return;
  }
  throw new Error(`${setting}=${url} does not answer: start the engine first, or correct or unset ${setting}`);
}

/** Whether anybody takes connections there. */
export function accepts(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  const timeout = connectTimeoutMs;
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) || (protocol === "https:" ? 443 : 80), timeout });
    const answer = (there: boolean) => () => {
      socket.destroy();
      resolve(there);
    };
    socket.once("connect", answer(true)).once("error", answer(false)).once("timeout", answer(false));
  });
}
