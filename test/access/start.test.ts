import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { readProcess } from "../../infra/config/read-process.ts";
import { startProgram } from "../support/processes.ts";
import { createKeysFile } from "./credentials.ts";

const secret = "x".repeat(32);
const jwksUrl = "https://id.example/jwks";

describe("an edge starts, as far as its settings say who may call", () => {
  const rows: [env: Record<string, string>, refused?: RegExp][] = [
    [{}],
    [{ DUET_EDGE_LISTEN: "localhost:8080" }],
    [{ DUET_EDGE_LISTEN: "127.0.0.2:8080" }],
    [{ DUET_EDGE_LISTEN: "[::1]:8080" }],
    [{ DUET_EDGE_LISTEN: "0.0.0.0:8080" }, /edge\.access is open and edge\.listen is 0\.0\.0\.0:8080.*edge\.openToAll/],
    [{ DUET_EDGE_LISTEN: "[::]:8080" }, /edge\.openToAll/],
    [{ DUET_EDGE_LISTEN: "10.0.0.7:8080" }, /edge\.openToAll/],
    [{ DUET_EDGE_LISTEN: "duet.example:8080" }, /edge\.openToAll/],
    [{ DUET_EDGE_LISTEN: "0.0.0.0:8080", DUET_EDGE_OPEN_TO_ALL: "1" }],
    [{ DUET_EDGE_LISTEN: "0.0.0.0:8080", DUET_EDGE_ACCESS: "keys", DUET_EDGE_KEYS_FILE: "keys.yaml" }],
    [{ DUET_EDGE_ACCESS: "keys" }, /edge\.keys\.file is not set: every call would be refused/],
    [{ DUET_EDGE_LISTEN: "0.0.0.0:8080", DUET_EDGE_ACCESS: "jwt", DUET_EDGE_JWT_SECRET: secret }],
    [{ DUET_EDGE_ACCESS: "jwt", DUET_EDGE_JWT_JWKS_URL: jwksUrl }],
    [{ DUET_EDGE_ACCESS: "jwt" }, /every call would be refused/],
    [{ DUET_EDGE_ACCESS: "jwt", DUET_EDGE_JWT_JWKS_URL: jwksUrl, DUET_EDGE_JWT_SECRET: secret }, /are both set/],
    [{ DUET_EDGE_ACCESS: "jwt", DUET_EDGE_JWT_SECRET: secret.slice(1) }, /DUET_EDGE_JWT_SECRET: must be 32 to 512/],
  ];
  for (const [env, refused] of rows)
    test(`${refused === undefined ? "it does" : "it does not"}: ${JSON.stringify(env)}`, () => {
      const read = () => readProcess("edge", env);
      if (refused === undefined) read();
      else assert.throws(read, refused);
      readProcess("generate", { DUET_VLLM_URL: "http://127.0.0.1:1", ...env });
    });
});

test("the process itself refuses", async () => {
  const started = startProgram("edge/main.ts", { DUET_EDGE_LISTEN: "0.0.0.0:0" });
  await assert.rejects(started, /ended with 1: .*edge\.access is open/s);
  const file = createKeysFile();
  const env = { DUET_EDGE_LISTEN: "127.0.0.1:0", DUET_EDGE_ACCESS: "keys", DUET_EDGE_KEYS_FILE: file.path };
  await assert.rejects(startProgram("edge/main.ts", env), /ended with 1: DUET_EDGE_KEYS_FILE=.*ENOENT/s);
  const [key] = file.write(["tenant: acme"]);
  const edge = await startProgram("edge/main.ts", env);
  const ask = (authorization: string) =>
    fetch(`${edge.url}/duet.assistant.v1.AssistantService/GetStatus`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: "{}",
    });
  assert.deepEqual([(await ask("Bearer nothing")).status, (await ask(`Bearer ${key}`)).status], [401, 200]);
  assert.ok(!edge.written.includes(`${key}`));
  await edge.stop();
  file.remove();
});
