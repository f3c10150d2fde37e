import { longestTimerMs } from "../../infra/clock/clock.ts";

const unitMs: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * Removes a deadline that lies further ahead than a timer can wait, since Connect would treat it as expired. Such a
 * deadline is weeks away, and no call lasts that long.
 */
export function dropDistantDeadline(headers: Headers): void {
  const connectMs = Number(headers.get("connect-timeout-ms") ?? 0);
  if (connectMs > longestTimerMs) headers.delete("connect-timeout-ms");
  const [, count = "0", unit = "n"] = /^(\d{1,8})([HMSmun])$/.exec(headers.get("grpc-timeout") ?? "") ?? [];
  if (Number(count) * (unitMs[unit] ?? 0) > longestTimerMs) headers.delete("grpc-timeout");
}
