import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen } from "../../infra/net/address.ts";
import { environment } from "../support/environment.ts";
import { createAuthority, toFiles } from "../trust/certificates.ts";

/** A proxy of its own process, as docs/proxies.md sets it up. */
export interface RunningProxy {
  /** Its port with TLS. */
  readonly port: number;
  /** Its port for gRPC without TLS. */
  readonly plainPort: number;
  /** Ends it; nothing of it stays. */
  close(): Promise<void>;
}

/** Proxies that docs/proxies.md sets up, by name: how each is run with the config that stands there. */
const proxies = {
  nginx: {
    language: "nginx",
    version: ["-v"],
    config: (documented: string, folder: string) =>
      [
        `pid ${folder}/pid; error_log stderr; events {} http { access_log off;`,
        ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`),
        documented,
        "}",
      ].join("\n"),
    args: (file: string, folder: string) => [
      "-e",
      "stderr",
      "-p",
      folder,
      "-c",
      file,
      "-g",
      "daemon off; master_process off;",
    ],
  },
  caddy: {
    language: "caddy",
    version: ["version"],
    config: (documented: string) =>
      documented.replace("{\n", "{\n\tadmin off\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n"),
    args: (file: string) => ["run", "--adapter", "caddyfile", "--config", file],
  },
} as const;

/** Which proxies there are. */
export type ProxyName = keyof typeof proxies;

/** Why a proxy cannot be tried here; false if it can, and where `CI=true`, so that its tests fail instead. */
export function lacks(name: ProxyName): string | false {
  const isThere = spawnSync(name, proxies[name].version).error === undefined;
  return isThere || process.env.CI === "true" ? false : `${name} is not on the path: install it`;
}

/** A free port: what is asked for by number may be taken a moment later, which no other test does. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "");
  server.close();
  await once(server, "close");
  return port;
}

/** Starts a proxy before the edge at `edge` (`127.0.0.1:port`), on a port with TLS that is given. */
export async function startProxy(name: ProxyName, edge: string, port: number): Promise<RunningProxy> {
  const { language, config, args } = proxies[name];
  const plainPort = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "duet-proxy-"));
  const files = toFiles(createAuthority("a CA").issue("example.com"));
  const documented = exampleOf(language)
    .replaceAll("127.0.0.1:8080", edge)
    .replaceAll("listen 443", `listen 127.0.0.1:${port}`)
    .replaceAll("listen 8081", `listen 127.0.0.1:${plainPort}`)
    .replaceAll("example.com:443", `example.com:${port}`)
    .replaceAll("example.com:8081", `example.com:${plainPort}`)
    .replaceAll("/etc/ssl/duet.pem", files.settings.DUET_TLS_CERT)
    .replaceAll("/etc/ssl/duet-key.pem", files.settings.DUET_TLS_KEY);
  mkdirSync(join(folder, "home"));
  const file = join(folder, "config");
  writeFileSync(file, config(documented, folder));
  const child = spawn(name, args(file, folder), {
    env: environment({ HOME: join(folder, "home"), PATH: `${process.env.PATH}:/usr/sbin` }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => {
      written = (written + part).slice(-4_000);
    });
  const ended = once(child, "exit");
  try {
    await Promise.race([
      Promise.all([untilOpen(port), untilOpen(plainPort)]),
      ended.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}: ${written}`))),
    ]);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return {
    port,
    plainPort,
    async close() {
      child.kill("SIGTERM");
      await ended;
      files.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The example that the documentation gives for a proxy. */
function exampleOf(language: string): string {
  const text = readFileSync(new URL("../../docs/proxies.md", import.meta.url), "utf8");
  const found = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(text)?.[1];
  if (found === undefined) throw new Error(`docs/proxies.md has no example for ${language}`);
  return found;
}

/** Resolves once something takes connections at a port. */
export async function untilOpen(port: number): Promise<void> {
  for (const deadline = performance.now() + 20_000; performance.now() < deadline; ) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on ${port} after 20 s`);
}
