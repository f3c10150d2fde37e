import { Code } from "@connectrpc/connect";

/** Whether Connect aborted a signal because the caller's deadline has passed. */
export function isDeadline(reason: unknown): boolean {
  return (reason as { code?: unknown } | undefined)?.code === Code.DeadlineExceeded;
}

/** Whether a call's caller has left: what fails because of that is nobody's fault. */
export function hasLeft({ aborted, reason }: AbortSignal): boolean {
  return aborted && !isDeadline(reason);
}

/** A signal that aborts only when the caller has left; Connect aborts a handler's signal at the deadline too. */
export function whenLeft(signal: AbortSignal): AbortSignal {
  const left = new AbortController();
  const onAbort = () => {
    if (!isDeadline(signal.reason)) left.abort(signal.reason);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return left.signal;
}
