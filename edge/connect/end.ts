import type { Code, Interceptor } from "@connectrpc/connect";
import { rpc } from "../../infra/telemetry/names.ts";
import type { Span } from "../../infra/telemetry/tracer.ts";
import { classify, codeName, toTurnError } from "../errors.ts";

/** The three ways in which a call ends. */
export type Ending = "done" | "left" | { readonly thrown: unknown };
/** Is told how a call ended. */
export type End = (how: Ending) => void;

/** Says of a call's span how it ended; `isFault` tells whether a code is the fault of the side whose span it is. */
export function endSpan(span: Span, how: Ending, isFault: (code: Code) => boolean): void {
  if (how === "done" || how === "left") {
    span.set({ [rpc.status]: how === "done" ? "OK" : "CANCELLED" });
  } else {
    const failed = classify(how.thrown);
    span.set({ [rpc.status]: codeName(failed.code) });
    if (isFault(failed.code)) span.fail(toTurnError(failed).reason ?? codeName(failed.code));
  }
  span.end();
}

/** Makes a call; `end` is told how it ended, a stream's when that ends. */
export async function traced<R extends Awaited<ReturnType<Parameters<Interceptor>[0]>>>(
  call: () => Promise<R>,
  end: End,
): Promise<R> {
  try {
    const response = await call();
    if (response.stream) return { ...response, message: endedWith(response.message, end) };
    end("done");
    return response;
  } catch (error) {
    end({ thrown: error });
    throw error;
  }
}

/** The same stream; `end` is told how it ended. */
async function* endedWith<T>(events: AsyncIterable<T>, end: End): AsyncGenerator<T> {
  let how: Ending = "left";
  try {
    yield* events;
    how = "done";
  } catch (error) {
    how = { thrown: error };
    throw error;
  } finally {
    end(how);
  }
}
