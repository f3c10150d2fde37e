import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "vitest";
import { readKeys } from "../../edge/access/keys/file.ts";
import { hashApiKey } from "../../infra/net/api-key.ts";
import { environment } from "../support/environment.ts";

const main = join(import.meta.dirname, "../../services/cli/main.ts");
const duet = (...args: string[]) =>
  spawnSync(process.execPath, [main, "key", ...args], { encoding: "utf8", env: environment() });

test("prints a key once, and a line with which the edge knows it", () => {
  const { status, stdout } = duet(
    ..."--tenant acme --scopes speak,sessions --priority -2 --expires 2027-01-31".split(" "),
    "--note",
    'for "the shop": #1',
  );
  assert.equal(status, 0);
  const [key = "", line = "", end] = stdout.split("\n");
  assert.equal(end, "");
  // The secret may hold the mark that parts it from the id.
  const [, , ...secret] = key.split("_");
  assert.ok(!line.includes(secret.join("_")), "nothing of the secret");
  const { keys } = readKeys(`keys:\n${line}\n`);
  const [[id, known] = []] = keys;
  assert.equal(id, key.split("_")[1]);
  assert.deepEqual(known, {
    sha256: hashApiKey(key),
    tenant: "acme",
    scopes: new Set(["speak", "sessions"]),
    priority: -2,
    expiresAt: Date.UTC(2027, 0, 31),
    profiles: { own: undefined, allowed: undefined },
    limits: {},
  });
});

test("a key may be for some profiles, of which the first is its own", () => {
  const { stdout } = duet("--tenant", "acme", "--profiles", "shop, museum");
  const profiles = new Map(["shop", "museum"].map((id) => [id, {} as never]));
  const [[, known] = []] = readKeys(`keys:\n${stdout.split("\n")[1]}\n`, profiles).keys;
  assert.deepEqual(known?.profiles, { own: "shop", allowed: new Set(["shop", "museum"]) });
});

test("a tenant is enough, also one that looks like a number", () => {
  const { stdout } = duet("--tenant", "42");
  const [[, known] = []] = readKeys(`keys:\n${stdout.split("\n")[1]}\n`).keys;
  assert.deepEqual([known?.tenant, known?.scopes.size, known?.expiresAt], ["42", 3, undefined]);
});

describe("refuses, and makes no key", () => {
  const rows: [args: string, says: RegExp][] = [
    ["", /--tenant/],
    ["--tenant a/b", /1 to 64/],
    ["--tenant a --scopes sing", /converse, speak, sessions/],
    ["--tenant a --priority 10", /-9 to 9/],
    ["--tenant a --expires 2027-02-31T", /in UTC/],
    ["--tenant a --expires tomorrow", /in UTC/],
  ];
  for (const [args, says] of rows)
    test(`duet key ${args}`, () => {
      const { status, stdout, stderr } = duet(...args.split(" ").filter((word) => word !== ""));
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, says);
    });
});
