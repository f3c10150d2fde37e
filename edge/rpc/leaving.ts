import { Code } from "@connectrpc/connect";

/** Whether Connect has aborted a signal because the time that a caller allows has passed. */
export function isDeadline(reason: unknown): boolean {
  return (reason as { code?: unknown } | undefined)?.code === Code.DeadlineExceeded;
}

/** Whether a call's caller has left: what breaks because of that is nobody's fault. */
export function hasLeft({ aborted, reason }: AbortSignal): boolean {
  return aborted && !isDeadline(reason);
}

/** Aborts when the caller has left: Connect aborts a handler's signal when the deadline has passed too. */
export function whenLeft(signal: AbortSignal): AbortSignal {
  const left = new AbortController();
  const onAbort = () => {
    if (!isDeadline(signal.reason)) left.abort(signal.reason);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return left.signal;
}
