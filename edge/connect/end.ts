import type { Interceptor } from "@connectrpc/connect";
import { rpc } from "../../infra/telemetry/names.ts";
import type { Span } from "../../infra/telemetry/tracer.ts";
import type { Code } from "../errors.ts";
import { toFailure } from "./errors.ts";

/** How a call ended: it was done, its reader left before the end, or it threw an error. */
export type End = "done" | "left" | { readonly thrown: unknown };

/** The status with which a call ended. */
export function codeOf(end: End): Code | "OK" {
  if (end === "done") return "OK";
  return end === "left" ? "CANCELLED" : toFailure(end.thrown).code;
}

/** Performs a call. When the call, or the stream that it returned, has ended, calls `tell` once with how it ended. */
export async function onEnd<R extends Awaited<ReturnType<Parameters<Interceptor>[0]>>>(
  call: () => Promise<R>,
  tell: (end: End) => void,
): Promise<R> {
  try {
    const response = await call();
    if (response.stream) return { ...response, message: onStreamEnd(response.message, tell) };
    tell("done");
    return response;
  } catch (error) {
    tell({ thrown: error });
    throw error;
  }
}

/**
 * Ends a call's span with its status. `isFault` tells whether a code is the fault of the side that the span belongs to.
 */
export function endSpan(span: Span, end: End, isFault: (code: Code) => boolean): void {
  const code = codeOf(end);
  span.set({ [rpc.status]: code });
  if (typeof end === "object" && code !== "OK" && isFault(code)) span.fail(toFailure(end.thrown).reason);
  span.end();
}

async function* onStreamEnd<T>(events: AsyncIterable<T>, tell: (end: End) => void): AsyncGenerator<T> {
  let end: End = "left";
  try {
    yield* events;
    end = "done";
  } catch (error) {
    end = { thrown: error };
    throw error;
  } finally {
    tell(end);
  }
}
