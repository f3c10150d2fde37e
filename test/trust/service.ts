import type { TestContext } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Credentials } from "../../infra/net/credentials.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { type Caller, callerOf } from "../../services/common/server/caller.ts";
import { startServer } from "../../services/common/server/server.ts";
import { GenerateServiceDefinition } from "../../services/gen/duet/generate/v1/generate.ts";

/** One line of a log. */
export interface Line {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

/** A log that is kept. */
export function createKeptLog(): { log: Log; lines: Line[] } {
  const lines: Line[] = [];
  const write = (level: string) => (fields: Record<string, unknown>, message: string) =>
    lines.push({ level, fields, message });
  const log = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
  return { log: log as unknown as Log, lines };
}

/** Both tokens are long enough; only the first is the service's. */
export const token = "t".repeat(32);
/** Of the same length, so that length tells nothing. */
export const wrongToken = "w".repeat(32);

/** A service that says `hello` and keeps who asked. It ends with the test. */
export async function startService(context: TestContext, credentials: Credentials, host = "127.0.0.1") {
  const callers: (Caller | undefined)[] = [];
  const { log, lines } = createKeptLog();
  const metrics = createMetrics({ runtime: false });
  const server = await startServer({
    name: "generate",
    definition: GenerateServiceDefinition,
    implementation: {
      async *generate(_request, call) {
        callers.push(callerOf(call));
        yield { event: { $case: "delta" as const, value: { text: "hello" } } };
      },
      getEngine: async () => ({}),
    },
    listen: { address: { host, port: 0 }, setting: "DUET_GENERATE_LISTEN" },
    adminListen: { address: { host: "127.0.0.1", port: 0 }, setting: "DUET_GENERATE_ADMIN_LISTEN" },
    credentials,
    metrics,
    log,
    clock: systemClock,
    notReady: async () => undefined,
    drainTimeoutMs: 1000,
  });
  context.onTestFinished(() => void server.close());
  return { server, callers, lines, metrics, port: server.address.port };
}
