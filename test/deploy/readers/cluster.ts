import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../proxies/proxy.ts";
import { build } from "../../support/go.ts";
import { cache } from "./cache.ts";

/** What the server says to an object. */
export interface Verdict {
  readonly status: number;
  /** Why it is refused; empty if it is not. */
  readonly refusal: string;
  readonly warnings: readonly string[];
}

/** A kube-apiserver with an etcd, and nothing else: no node, no controller. */
export interface Cluster {
  /** How long it took until it was ready. */
  readonly readyMs: number;
  /**
   * Creates the object that a YAML document is, read strictly: what it does not know, and what is there twice, is
   * refused.
   */
  create(path: string, yaml: string, options?: { readonly dryRun: boolean }): Promise<Verdict>;
  close(): Promise<void>;
}

/** Starts a cluster; close it. */
export async function startCluster(): Promise<Cluster> {
  const server = build(join(import.meta.dirname, "apiserver"), "k8s.io/kubernetes/cmd/kube-apiserver", cache);
  const folder = mkdtempSync(join(tmpdir(), "duet-cluster-"));
  const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
  const token = randomBytes(16).toString("hex");
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const signing = write("signing.pem", privateKey.export({ type: "pkcs8", format: "pem" }));
  const verifying = write("verifying.pem", publicKey.export({ type: "spki", format: "pem" }));
  const tokens = write("tokens.csv", `${token},admin,admin,system:masters\n`);
  const start = performance.now();
  const programs = [
    run(findEtcd(), {
      "data-dir": join(folder, "etcd"),
      "listen-client-urls": `http://127.0.0.1:${client}`,
      "advertise-client-urls": `http://127.0.0.1:${client}`,
      "listen-peer-urls": `http://127.0.0.1:${peer}`,
      "initial-advertise-peer-urls": `http://127.0.0.1:${peer}`,
      "initial-cluster": `default=http://127.0.0.1:${peer}`,
    }),
    run(server, {
      "etcd-servers": `http://127.0.0.1:${client}`,
      "bind-address": "127.0.0.1",
      "advertise-address": "127.0.0.1",
      "secure-port": String(port),
      "cert-dir": join(folder, "certificates"),
      "service-account-issuer": "https://duet.test",
      "service-account-key-file": verifying,
      "service-account-signing-key-file": signing,
      "token-auth-file": tokens,
      "authorization-mode": "RBAC",
      "service-cluster-ip-range": "10.0.0.0/24",
    }),
  ];
  const close = async () => {
    // The server wants to write to etcd while it ends.
    for (const program of programs.toReversed()) await program.end();
    rmSync(folder, { recursive: true, force: true });
  };
  const ask = (method: string, path: string, body?: string) =>
    new Promise<Verdict & { readonly body: string }>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        "content-type": "application/yaml",
        accept: "application/json",
      };
      const options = { method, headers, rejectUnauthorized: false, agent: false };
      request(`https://127.0.0.1:${port}${path}`, options, async (response) => {
        const body = await text(response);
        const status = response.statusCode ?? 0;
        const refusal = status < 300 ? "" : refusalOf(body);
        const warnings = [response.headers.warning ?? []].flat().map(String);
        resolve({ status, refusal, warnings, body });
      })
        .on("error", reject)
        .end(body);
    });
  try {
    await untilReady(() => ask("GET", "/readyz"), programs);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    readyMs: performance.now() - start,
    create: (path, yaml, { dryRun } = { dryRun: false }) =>
      ask("POST", `${path}?fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`, yaml),
    close,
  };
}

/** Why a request was refused: the message of a Status; what is not one, such as what is not ready yet, as it came. */
function refusalOf(body: string): string {
  return body.startsWith("{") ? (JSON.parse(body).message as string) : body;
}

interface Running {
  readonly written: () => string;
  readonly hasEnded: () => boolean;
  end(): Promise<void>;
}

function run(program: string, flags: Readonly<Record<string, string>>): Running {
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  const child: ChildProcess = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let written = "";
  child.stderr?.on("data", (part: Buffer) => {
    written = (written + part).slice(-4_000);
  });
  const ended = once(child, "exit");
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    written: () => written,
    hasEnded,
    async end() {
      if (!hasEnded()) child.kill("SIGKILL");
      await ended;
    },
  };
}

async function untilReady(ask: () => Promise<Verdict>, programs: readonly Running[]): Promise<void> {
  for (const deadline = performance.now() + 120_000; performance.now() < deadline; await sleep(200)) {
    const ended = programs.find((program) => program.hasEnded());
    if (ended !== undefined) throw new Error(`the cluster ended: ${ended.written()}`);
    const isReady = await ask().then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isReady) return;
  }
  throw new Error(`the cluster is not ready after 2 minutes: ${programs[1]?.written()}`);
}

/** etcd on the path, else out of Debian's package, which is unpacked into the cache and not installed. */
function findEtcd(): string {
  if (spawnSync("etcd", ["--version"]).error === undefined) return "etcd";
  const folder = join(cache, "etcd");
  const program = join(folder, "usr/bin/etcd");
  if (spawnSync(program, ["--version"]).error === undefined) return program;
  mkdirSync(folder, { recursive: true });
  spawnSync("apt-get", ["download", "etcd-server"], { cwd: folder, stdio: "ignore" });
  const [archive] = readdirSync(folder).filter((name) => name.endsWith(".deb"));
  if (archive === undefined) throw new Error("there is no etcd on the path, and apt-get has no etcd-server");
  spawnSync("dpkg-deb", ["-x", archive, "."], { cwd: folder, stdio: "inherit" });
  return program;
}
