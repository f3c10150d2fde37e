import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Container, Memory } from "../../engines/container.ts";
import { MiB } from "../memory.ts";
import { writeYaml } from "../yaml.ts";
import { dashboards } from "./dashboards.ts";
import { toGrafana } from "./grafana.ts";

/** An observability tool that runs beside a deployment. */
export interface Observer extends Container {
  readonly memory: Memory;
  /** The id of the user that the tool's image runs as. */
  readonly user: number;
  /** The texts of the tool's config files, keyed by path. No file's folder is inside the folder of another file. */
  readonly texts: Readonly<Record<string, string>>;
  /** Folders in which the tool keeps temporary files. */
  readonly scratch: readonly string[];
  /** The tool's persistent volume: the path, and the size in Kubernetes notation. */
  readonly volume?: { readonly path: string; readonly size: string };
  /** The path that answers 200 once the tool works; absent: the tool counts as ready once it accepts connections. */
  readonly healthPath?: string;
  /** The port of the tool's web page. */
  readonly pagePort?: number;
  /** The programs of the deployment that connect to this tool: for each name, the port that the program connects to. */
  readonly from: Readonly<Record<string, number>>;
}

/** The scrape targets of each Prometheus job, as `host:port`. */
export type Targets = Readonly<Record<string, readonly string[]>>;

/** The URL to which processes send their spans. */
export const collectorUrl = "http://otel-collector:4318";

const read = (file: string) => readFileSync(join(import.meta.dirname, file), "utf8");
const common = { env: {}, secrets: [], secretArgs: [], startSeconds: 60, stopSeconds: 30, scratch: ["/tmp"] };

/** All observability tools of a deployment. */
export function observersOf(targets: Targets): Observer[] {
  return [
    {
      ...common,
      name: "prometheus",
      image: "prom/prometheus:v3.5.0",
      args: [
        "--config.file=/etc/prometheus/prometheus.yml",
        "--storage.tsdb.path=/prometheus",
        // Stores exemplars, the traces behind histogram values: a hundred thousand of them take 10 MiB.
        "--enable-feature=exemplar-storage",
      ],
      port: 9090,
      user: 65_534,
      memory: { asked: 512 * MiB, most: 2_048 * MiB },
      texts: {
        "/etc/prometheus/prometheus.yml": prometheusConfig(targets),
        "/etc/prometheus/recording.yml": read("rules/recording.yml"),
        "/etc/prometheus/alerts.yml": read("rules/alerts.yml"),
      },
      // Enough for a few thousand series over 15 days, the time for which Prometheus keeps data by default.
      volume: { path: "/prometheus", size: "10Gi" },
      healthPath: "/-/ready",
      from: { grafana: 9090 },
    },
    {
      ...common,
      name: "grafana",
      image: "grafana/grafana:12.1.0",
      args: [],
      port: 3000,
      pagePort: 3000,
      user: 472,
      memory: { asked: 128 * MiB, most: 512 * MiB },
      texts: {
        ...Object.fromEntries(
          ["prometheus.yaml", "jaeger.yaml"].map((file) => [
            `/etc/grafana/provisioning/datasources/${file}`,
            read(`grafana/provisioning/datasources/${file}`),
          ]),
        ),
        "/etc/grafana/provisioning/dashboards/duet.yaml": read("grafana/provisioning/dashboards/duet.yaml"),
        ...Object.fromEntries(
          dashboards.map((one) => [`/etc/grafana/dashboards/${one.uid}.json`, `${JSON.stringify(toGrafana(one))}\n`]),
        ),
      },
      scratch: ["/tmp", "/var/log/grafana"],
      volume: { path: "/var/lib/grafana", size: "1Gi" },
      healthPath: "/api/health",
      from: {},
    },
    {
      ...common,
      name: "otel-collector",
      image: "otel/opentelemetry-collector-contrib:0.135.0",
      args: ["--config=/etc/otel/otel-collector.yaml"],
      port: 4318,
      user: 10_001,
      // The collector's config makes it refuse new spans when it uses more than 512 MiB.
      memory: { asked: 256 * MiB, most: 1_024 * MiB },
      texts: { "/etc/otel/otel-collector.yaml": read("otel-collector.yaml") },
      from: { duet: 4318 },
    },
    {
      ...common,
      name: "jaeger",
      image: "jaegertracing/jaeger:2.10.0",
      args: [],
      port: 4318,
      pagePort: 16_686,
      user: 10_001,
      // Jaeger keeps traces in memory, and drops the oldest ones.
      memory: { asked: 512 * MiB, most: 2_048 * MiB },
      texts: {},
      from: { "otel-collector": 4318, grafana: 16_686 },
    },
  ];
}

/**
 * The config of Prometheus. The intervals are the same as in `prometheus.yml`, a config for operators who run
 * Prometheus themselves.
 */
function prometheusConfig(targets: Targets): string {
  const { global } = parse(read("prometheus.yml")) as { global: object };
  const jobs = Object.entries(targets).filter(([, hosts]) => hosts.length > 0);
  return writeYaml({
    global,
    rule_files: ["recording.yml", "alerts.yml"],
    scrape_configs: jobs.map(([job_name, hosts]) => ({ job_name, static_configs: [{ targets: hosts }] })),
  });
}
