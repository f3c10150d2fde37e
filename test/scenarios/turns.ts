import assert from "node:assert/strict";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll } from "vitest";
import { Outcome, WarningReason } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { ErrorInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { createGrpcClient } from "../support/callers.ts";
import { type Event, readTurn } from "../support/events.ts";
import { sayAdmin, untilIdle } from "../support/gauges.ts";
import { untilQuiet } from "../support/quiet.ts";
import { type Stack, type StackOptions, startStack } from "../support/stack.ts";

/** Longer than anything takes that is well, on a busy machine. */
export const limitMs = 1_500;
/** So short that connections are closed idle all the time. */
export const keepAliveMs = 60;

/**
 * How a turn ended: `completed`, with its warnings; or `refused` before its start, or `failed` after it, with code and
 * reason.
 */
export type End = "completed" | `completed, ${string}` | `refused: ${string}` | `failed: ${string}`;

/**
 * A stack for the tests of a `describe`, as fast as it can be, and what they do with it. Nothing may take longer than
 * `limitMs`.
 */
export function stackOf({ settings, ...options }: StackOptions) {
  let stack: Stack;
  let customer: ReturnType<typeof createGrpcClient>;
  beforeAll(async () => {
    stack = await startStack({
      timeScale: 0,
      vllm: { restartMs: 100 },
      ...options,
      settings: {
        ...sayAdmin,
        // What is said is to come from the engine, which may be unwell, also where it was said before.
        DUET_SYNTHESIZE_CACHE_MAX_BYTES: "0",
        DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS: `${limitMs}`,
        DUET_GENERATE_STALL_TIMEOUT_MS: `${limitMs}`,
        ...settings,
      },
    });
    customer = createGrpcClient(stack.url);
  });
  afterAll(async () => {
    customer.close();
    await stack.close();
  });
  const { signal } = new AbortController();
  const read = (text: string) => readTurn(customer.client.converse({ text }, { signal }));
  const converse = (text: string, voice = "") => endOf(customer.client.converse({ text, voice }, { signal }));
  return {
    read,
    converse,
    speak: (text: string) => endOf(customer.client.speak({ text }, { signal })),
    /** Nothing is left anywhere, and the next turn is as good as any. */
    async assertWell() {
      await untilQuiet(stack);
      await untilIdle(stack);
      while (!(await isUp(stack.vllm.url))) await new Promise((resolve) => setTimeout(resolve, 10));
      assert.equal(await converse("[[say:这一次一切都很好。]]"), "completed");
    },
    /** Reads a turn until it is heard, and hangs up. */
    async leave(text: string) {
      const leaving = new AbortController();
      await assert.rejects(async () => {
        for await (const { event } of customer.client.converse({ text }, { signal: leaving.signal }))
          if (event.case === "audio") leaving.abort();
      });
    },
    stack: () => stack,
  };
}

/** How a turn ended. */
export async function endOf(events: AsyncIterable<Event>): Promise<End> {
  try {
    const turn = await readTurn(events);
    const { outcome, error } = turn.finished;
    if (outcome !== Outcome.COMPLETED) return `failed: ${Code[error?.code ?? 0]} ${error?.reason}`;
    const warnings = turn.events.flatMap(({ event }) => (event.case === "warning" ? [nameOf(event.value.reason)] : []));
    return warnings.length === 0 ? "completed" : `completed, ${warnings.join()}`;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return `refused: ${Code[error.code]} ${error.findDetails(ErrorInfoSchema)[0]?.reason}`;
  }
}

function nameOf(reason: WarningReason): string {
  return Object.entries(WarningReason).find(([, value]) => value === reason)?.[0] ?? "none";
}

function isUp(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}
