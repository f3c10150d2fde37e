import { Code } from "@connectrpc/connect";

/** Whether Connect aborted a signal because the caller's deadline has passed. */
export function isDeadline(reason: unknown): boolean {
  return (reason as { code?: unknown } | undefined)?.code === Code.DeadlineExceeded;
}

/** Whether the caller has left (an expired deadline is something else): failures after that are nobody's fault. */
export function hasLeft({ aborted, reason }: AbortSignal): boolean {
  return aborted && !isDeadline(reason);
}

/** Derives a signal that aborts only when the caller has left; Connect's `signal` also aborts at the deadline. */
export function whenLeft(signal: AbortSignal): AbortSignal {
  const left = new AbortController();
  const onAbort = () => {
    if (!isDeadline(signal.reason)) left.abort(signal.reason);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return left.signal;
}
