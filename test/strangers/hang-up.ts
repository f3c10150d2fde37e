/**
 * A stock client of another language that is killed in mid-turn, for real: grpc-go asks for a long answer and gets
 * SIGKILL once it is spoken. Tells how many turns of how many are left a second later. It is no part of `npm test`,
 * since Go takes a minute to build it:
 *
 *   (cd test/strangers/go && go build -o ../../../.cache/go-client .)
 *   npx node test/strangers/hang-up.ts
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startStack } from "../support/stack.ts";

const client = fileURLToPath(new URL("../../.cache/go-client", import.meta.url));
const kills = 8;

const stack = await startStack({ timeScale: 0.1, fishWorkers: 3, settings: { DUET_GENERATE_MAX_TOKENS: "8192" } });
try {
  for (let kill = 0; kill < kills; kill++) {
    const child = spawn(client, [new URL(stack.url).host, "[[tokens:6000]]"], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    let events = 0;
    for await (const part of child.stdout) {
      events += String(part).split("\n").length - 1;
      if (events > 20) child.kill("SIGKILL");
    }
    await ended;
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const { turnCount, connectionCount } = stack.edge;
  process.stdout.write(`${kills} killed; after 1 s ${turnCount} turns and ${connectionCount} connections are left\n`);
} finally {
  await stack.close();
}
