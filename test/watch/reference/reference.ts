import { startEdge } from "../../../edge/edge.ts";
import { systemClock } from "../../../infra/clock/clock.ts";
import { readProcess } from "../../../infra/config/read-process.ts";
import { createLog } from "../../../infra/log/log.ts";
import { createMetrics, type Described } from "../../../infra/telemetry/metrics.ts";
import { noTracer } from "../../../infra/telemetry/tracer.ts";
import { startGenerate } from "../../../services/generate/start.ts";
import { startSynthesize } from "../../../services/synthesize/start.ts";

const anyPort = "127.0.0.1:0";
/** Nothing is asked of engines before somebody calls. */
const nobody = "http://127.0.0.1:9";

/** What a process counts. */
export interface Counts {
  readonly described: readonly Described[];
  /** Its `/metrics` before anybody has called. */
  readonly page: string;
}

/** What each process counts, as it says when it starts: by its name. */
export async function describeMetrics(): Promise<Readonly<Record<string, Counts>>> {
  const log = createLog({ service: "docs", level: "silent" });
  const clock = systemClock;
  const tools = () => ({ log, clock, tracer: noTracer, metrics: createMetrics({ runtime: false }) });
  const [ofEdge, ofGenerate, ofSynthesize] = [tools(), tools(), tools()];

  const { edge: settings, engine } = readProcess("edge", { DUET_EDGE_LISTEN: anyPort, DUET_TRANSCRIBE_URL: nobody });
  const page = async () => false;
  const edge = await startEdge({ ...settings, transcribe: engine?.settings, page, ...ofEdge });
  const listen = (name: string) => ({ [`DUET_${name}_LISTEN`]: anyPort, [`DUET_${name}_ADMIN_LISTEN`]: anyPort });
  const generate = await startGenerate({
    config: readProcess("generate", { DUET_VLLM_URL: nobody, ...listen("GENERATE") }),
    ...ofGenerate,
  });
  const synthesize = await startSynthesize({
    config: readProcess("synthesize", { DUET_FISH_URL: nobody, ...listen("SYNTHESIZE") }),
    ...ofSynthesize,
  });
  const countsOf = async ({ metrics: { described, registry } }: typeof ofEdge) => ({
    described,
    page: await registry.metrics(),
  });
  const counts = {
    edge: await countsOf(ofEdge),
    Generate: await countsOf(ofGenerate),
    Synthesize: await countsOf(ofSynthesize),
  };
  await Promise.all([edge.drain(0), generate.close(), synthesize.close()]);
  return counts;
}

const boundsOf = (buckets: readonly number[]) => (buckets.length === 0 ? "" : ` Buckets: ${buckets.join(", ")} s.`);

/** docs/metrics.md. */
export async function metricsReference(): Promise<string> {
  const chapters = Object.entries(await describeMetrics()).map(([name, { described }]) => {
    const rows = described.map(
      ({ name, type, labels, help, buckets = [] }) =>
        `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(" ")} | ${help}${boundsOf(buckets)} |`,
    );
    return [
      `## Of ${name === "edge" ? "the edge" : name}`,
      "",
      "| metric | kind | labels | what it tells |",
      "|---|---|---|---|",
      ...rows.toSorted(),
      "",
    ];
  });
  return [...head, ...chapters.flat()].join("\n");
}

const head = `# Metrics

Written by \`npm run docs\`, from what each process registers. Each answers \`/metrics\` in the format of Prometheus: the services at their admin addresses, the edge on
its own port for programs of the same machine, and for others at \`edge.adminListen\`. [runbook.md](runbook.md) says what to do about them; dashboards and
alert rules are in \`infra/deploy/observe\`.

Names have the process, what is counted, and its unit. A \`_total\` only grows; a \`_ratio\` is from 0 to 1. No label ever holds what users write; of tenants and
reasons the first hundred are told apart, and the rest is \`other\`. A limit stands beside each load: their quotient is how full something is.

Whoever asks for OpenMetrics, as Prometheus does, gets the same in that format, with the newest trace that is recorded as an exemplar (\`trace_id\`) of each bucket of a
histogram. Prometheus keeps these if it is started with \`--enable-feature=exemplar-storage\`.

Every process has those of Node.js besides (\`process_\`, \`nodejs_\`), and:

| metric | kind | labels | what it tells |
|---|---|---|---|
| \`duet_build_info\` | gauge | \`version\` \`node\` | 1, with what runs. |
| \`duet_log_lines_dropped_total\` | counter |  | Lines that the log could not take. |
| \`duet_<process>_certificate_days_left\` | gauge |  | With TLS: days until its certificate expires. |
| \`duet_<service>_tls_handshakes_failed_total\` | counter |  | With TLS: callers that the service did not believe. |
`.split("\n");
