import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort, untilOpen } from "../../proxies/proxy.ts";
import { build } from "../../support/go.ts";

/** A Jaeger that keeps in memory what it is sent. */
export interface Jaeger {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly otlpUrl: string;
  /** The traces with a span of a service, newest first, as its page is told of them. */
  tracesOf(service: string): Promise<readonly JaegerTrace[]>;
  stop(): Promise<void>;
}

/** A trace as Jaeger tells it. */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

/** A span as Jaeger tells it. */
export interface JaegerSpan {
  readonly spanID: string;
  readonly operationName: string;
  readonly processID: string;
  /** In microseconds, since 1970. */
  readonly startTime: number;
  /** In microseconds. */
  readonly duration: number;
  readonly references: readonly { readonly refType: string; readonly traceID: string; readonly spanID: string }[];
  /** What Jaeger finds wrong with it, such as a parent that is not there. */
  readonly warnings: readonly string[] | null;
}

const cache = join(import.meta.dirname, "../../../.cache/jaeger");

/** Starts one, built by Go if that has not been done yet. */
export async function startJaeger(): Promise<Jaeger> {
  const module = join(import.meta.dirname, "all-in-one");
  const program = build(module, "github.com/jaegertracing/jaeger/cmd/all-in-one", cache);
  const [otlp, query] = [await freePort(), await freePort()];
  const others = [
    "admin.http",
    "collector.grpc-server",
    "collector.http-server",
    "collector.otlp.grpc",
    "query.grpc-server",
  ];
  const places = {
    "collector.otlp.http": otlp,
    "query.http-server": query,
    ...Object.fromEntries(others.map((name) => [name, 0])),
  };
  const flags = Object.entries(places).map(([name, port]) => `--${name}.host-port=127.0.0.1:${port}`);
  const child = spawn(program, [...flags, "--log-level=error"], { stdio: "ignore" });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  const isOpen = Promise.all([untilOpen(otlp), untilOpen(query)]);
  await Promise.race([isOpen, ended.then(([code]) => Promise.reject(new Error(`Jaeger ended with ${code}`)))]).catch(
    async (error) => {
      await stop();
      throw error;
    },
  );
  return {
    otlpUrl: `http://127.0.0.1:${otlp}`,
    async tracesOf(service) {
      const answer = await fetch(`http://127.0.0.1:${query}/api/traces?service=${service}`);
      return ((await answer.json()) as { data: JaegerTrace[] | null }).data ?? [];
    },
    stop,
  };
}
