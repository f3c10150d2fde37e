import { connect } from "node:net";
import { type Clock, sleep } from "../clock/clock.ts";

/** How to wait for an engine that a setting names. */
export interface WaitOptions {
  /** How long to wait, in milliseconds, for an engine that may have been started at the same time as Duet. */
  waitMs: number;
  clock: Clock;
  /** Prints a message about the progress of waiting. */
  say: (text: string) => void;
  signal: AbortSignal;
}

const pollMs = 250;
const connectTimeoutMs = 3_000;

/**
 * Waits until a server that a setting names is running, as decided by `isThere`. If the server does not come up, throws
 * a one-line message that says what to do.
 */
export async function waitUntil(
  setting: string,
  url: string,
  { waitMs, clock, say, signal }: WaitOptions,
  isThere: () => Promise<boolean>,
): Promise<void> {
  const giveUpAt = clock.now() + waitMs;
  if (await isThere()) return;
  say(`waiting for the server at ${setting}=${url} to answer`);
  while (clock.now() < giveUpAt) {
    await sleep(clock, pollMs, signal);
    if (await isThere()) return;
  }
  throw new Error(`${setting}=${url} does not answer: start that server first, or correct or unset ${setting}`);
}

/** Whether anything accepts connections at a URL. */
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
