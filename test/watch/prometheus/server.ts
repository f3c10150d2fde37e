import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { listen } from "../../../infra/net/address.ts";

/** The folder with our rules and dashboards. */
export const observeFolder = join(import.meta.dirname, "../../../infra/deploy/observe");

/** A Prometheus that scrapes what a test has started. */
export interface Prometheus {
  /** The series that a query has now, each with its labels and its newest value. */
  query(expression: string): Promise<readonly Series[]>;
  /** The traces that are exemplars of what a query asks of, within the last hour. */
  exemplars(expression: string): Promise<readonly string[]>;
  /** The alerts that fire now, by name. */
  firing(): Promise<ReadonlySet<string>>;
  stop(): Promise<void>;
}

/** One series of an answer. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Where it scrapes, by job. */
export type Targets = Readonly<Record<string, readonly string[]>>;

/**
 * Starts one with our rules, in whose place of minutes stand seconds: what would take an hour to happen is there in
 * one.
 */
export async function startPrometheus(targets: Targets): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), "duet-prometheus-"));
  cpSync(join(observeFolder, "rules"), join(folder, "rules"), { recursive: true });
  for (const name of ["recording.yml", "alerts.yml"]) {
    const file = join(folder, "rules", name);
    writeFileSync(file, inSeconds(readFileSync(file, "utf8")));
  }
  const scrape_configs = Object.entries(targets).map(([job_name, targets]) => ({
    job_name,
    static_configs: [{ targets }],
  }));
  const global = { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" };
  const rule_files = ["rules/recording.yml", "rules/alerts.yml"];
  writeFileSync(join(folder, "prometheus.yml"), stringify({ global, rule_files, scrape_configs }));
  const port = await freePort();
  const child: ChildProcess = spawn(
    "prometheus",
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
      "--enable-feature=exemplar-storage",
    ],
    { stdio: "ignore" },
  );
  const ended = once(child, "exit");
  const get = async <Data = Answer>(path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
    return ((await answer.json()) as { data: Data }).data;
  };
  const ask = (expression: string) => get(`query?query=${encodeURIComponent(expression)}`);
  while (
    !(await fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`prometheus ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    async query(expression) {
      const { result = [] } = await ask(expression);
      return result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
    },
    async exemplars(expression) {
      const now = Date.now() / 1000;
      const path = `query_exemplars?query=${encodeURIComponent(expression)}&start=${now - 3600}&end=${now + 60}`;
      return (await get<readonly Exemplars[]>(path)).flatMap(({ exemplars }) =>
        exemplars.map(({ labels }) => labels.trace_id ?? ""),
      );
    },
    async firing() {
      const { alerts = [] } = await get("alerts");
      return new Set(alerts.filter(({ state }) => state === "firing").map(({ labels }) => labels.alertname ?? ""));
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What Prometheus answers with, as far as it is looked at. */
interface Answer {
  readonly result?: readonly { metric: Record<string, string>; value: [number, string] }[];
  readonly alerts?: readonly { state: string; labels: Record<string, string> }[];
}

interface Exemplars {
  readonly exemplars: readonly { readonly labels: Record<string, string> }[];
}

/** Rules that look at the last 20 s and wait for nothing. */
export function inSeconds(rules: string): string {
  return rules.replace(/^( +)for: .*$/gm, "$1for: 0s").replace(/\[\d+m\]/g, "[20s]");
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "a free port");
  await once(server.close(), "close");
  return port;
}
