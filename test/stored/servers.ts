import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { listen } from "../../infra/net/address.ts";

/** A bucket on an S3 server of its own. */
export interface Bucket {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  close(): Promise<void>;
}

/** Where .ci/full has the server built. */
export const built = fileURLToPath(new URL("../../.cache/s3/versitygw", import.meta.url));

/** The S3 server; undefined where it is neither built nor on the path. */
export function findS3Server(): string | undefined {
  if (existsSync(built)) return built;
  return spawnSync("versitygw", ["--version"]).error === undefined ? "versitygw" : undefined;
}

/** Starts a server with one bucket, which checks signatures and when they expire. */
export async function startBucket(program: string): Promise<Bucket> {
  const folder = mkdtempSync(join(tmpdir(), "duet-s3-"));
  const [accessKeyId, secretAccessKey] = ["duet", "a-secret-of-duets-tests"];
  const { port } = await freePort();
  mkdirSync(join(folder, "duet"));
  const child: ChildProcess = spawn(program, ["--port", `127.0.0.1:${port}`, "posix", folder], {
    env: { ...process.env, ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + 20_000;
  while (!(await answers(url))) {
    if (performance.now() > deadline) throw new Error("the S3 server does not answer");
    await setTimeout(20);
  }
  return {
    endpoint: `${url}/duet`,
    accessKeyId,
    secretAccessKey,
    region: "us-east-1",
    async close() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort() {
  const server = createServer();
  const address = await listen(server, { host: "127.0.0.1", port: 0 }, "none");
  await new Promise((resolve) => server.close(resolve));
  return address;
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}
