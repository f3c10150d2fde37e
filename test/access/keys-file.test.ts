import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type TestContext, test } from "vitest";
import { createAccess } from "../../edge/access/access.ts";
import type { Failure } from "../../edge/errors.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { loadConfig } from "../../infra/config/load.ts";
import type { Log } from "../../infra/log/log.ts";
import { createKeysFile } from "./credentials.ts";

/** A keys file, and whoever comes with a key of it. */
async function open(context: TestContext, keys: readonly string[], rest = "", unixNow = Date.now) {
  const file = createKeysFile();
  context.onTestFinished(() => file.remove());
  const made = file.write(keys, rest);
  const logged: string[] = [];
  const write = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log = { debug: write, info: write, warn: write, error: write } as unknown as Log;
  const clock = createVirtualClock();
  const access = await createAccess({ settings: { access: "keys", keys: { file: file.path } }, log, clock, unixNow });
  const admit = (key: string | undefined) => access.admit(new Headers({ authorization: `Bearer ${key}` }), "Converse");
  const refused = (key: string | undefined) =>
    assert.rejects(admit(key), ({ reason }: Failure) => reason === "CREDENTIALS_WRONG");
  return { file, made, logged, clock, admit, refused };
}

test("a key says whose it is, and what goes first", async (context) => {
  const { made, admit } = await open(
    context,
    ["tenant: acme", "tenant: acme, priority: -1", "tenant: other"],
    "tenants: { acme: { priority: 2 } }\n",
  );
  const said = await Promise.all(made.map(admit));
  assert.deepEqual(
    said.map(({ tenant, user, priority }) => [tenant, user, priority]),
    [
      ["acme", undefined, 2],
      ["acme", undefined, -1],
      ["other", undefined, 0],
    ],
  );
});

test("a key is refused from the moment on at which it expires", async (context) => {
  const expires = Date.parse("2026-01-31T12:00:00Z");
  let now = expires - 1;
  const { made, admit } = await open(context, ["tenant: acme, expires: 2026-01-31T12:00:00Z"], "", () => now);
  await admit(made[0]);
  now = expires;
  await assert.rejects(admit(made[0]), ({ reason }: Failure) => reason === "CREDENTIALS_EXPIRED");
});

test("a changed file that cannot be opened for a moment is read at the next look", async (context) => {
  const { file, clock, admit, refused } = await open(context, ["tenant: acme"]);
  const [added] = file.write(["tenant: other"]);
  const isFull = useUpDescriptors();
  context.onTestFinished(isFull.over);
  await clock.advance(1_000);
  await refused(added);
  isFull.over();
  await clock.advance(1_000);
  assert.equal((await admit(added)).tenant, "other");
});

/** Opens as many files as this process may have open, until `over`. */
function useUpDescriptors() {
  const limit = (most: number) => execFileSync("prlimit", ["--pid", `${process.pid}`, `--nofile=${most}:`]);
  limit(512);
  const opened: number[] = [];
  try {
    for (;;) opened.push(openSync("/dev/null", "r"));
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "EMFILE");
  }
  return {
    over() {
      for (const descriptor of opened.splice(0)) closeSync(descriptor);
      limit(4096);
    },
  };
}

test("a change is seen within a second: a key that is made, one that is taken away", async (context) => {
  const { file, made, logged, clock, admit, refused } = await open(context, ["tenant: acme"]);
  const [, added] = file.write(["tenant: acme", "tenant: other"]);
  await refused(added);
  await clock.advance(1_000);
  assert.equal((await admit(added)).tenant, "other");
  file.write(["tenant: other"]);
  await clock.advance(1_000);
  await refused(made[0]);
  await admit(file.write(["tenant: other"])[0]);
  assert.deepEqual(logged, [
    'the keys file was read again {"keys":2,"tenants":0}',
    'the keys file was read again {"keys":1,"tenants":0}',
  ]);
});

test("a file that others put in its place is seen too, of the same size and age", async (context) => {
  const { file, made, clock, refused, admit } = await open(context, ["tenant: acme"]);
  const next = createKeysFile();
  context.onTestFinished(() => next.remove());
  const [other] = next.write(["tenant: acme"]);
  renameSync(next.path, file.path);
  await clock.advance(1_000);
  await admit(other);
  await refused(made[0]);
});

test("what cannot be read is told once, and what was read before holds until it can", async (context) => {
  const { file, made, logged, clock, admit } = await open(context, ["tenant: acme"]);
  for (const spoil of [() => writeFileSync(file.path, "keys: [ {"), () => rmSync(file.path)])
    for (let times = 0; times < 3; times++) {
      if (times === 0) spoil();
      await clock.advance(1_000);
      await admit(made[0]);
    }
  assert.equal(logged.length, 2, logged.join("\n"));
  for (const line of logged) assert.match(line, /^the keys file cannot be read: the keys read before stay in force /);
  assert.ok(!logged.join().includes(`${made[0]}`));
  const [added] = file.write(["tenant: other"]);
  await clock.advance(1_000);
  await admit(added);
});

const id = "id: abcdefghij";
const digits = "0".repeat(64);
const sha256 = `sha256: "${digits}"`;
const wrong: Record<string, [text: string, told: RegExp]> = {
  "a key twice": [
    `keys: [{ ${id}, ${sha256}, tenant: a }, { ${id}, ${sha256}, tenant: b }]`,
    /abcdefghij is listed twice/,
  ],
  "a key in clear": [`keys: [{ ${id}, key: duet_x, tenant: a }]`, /keys\[0\]\.sha256.*key/],
  "a hash that is none": [`keys: [{ ${id}, sha256: abc, tenant: a }]`, /keys\[0\]\.sha256: must be the SHA-256/],
  "a hash that YAML takes for a number": [
    `keys: [{ ${id}, sha256: ${digits}, tenant: a }]`,
    /sha256: must be the SHA-256 of the key in hexadecimal, in quotes/,
  ],
  "no tenant": [`keys: [{ ${id}, ${sha256} }]`, /keys\[0\]\.tenant/],
  "a tenant that cannot be": [`keys: [{ ${id}, ${sha256}, tenant: a/b }]`, /keys\[0\]\.tenant: must be 1 to 64/],
  "a scope that is none": [`keys: [{ ${id}, ${sha256}, tenant: a, scopes: [sing] }]`, /keys\[0\]\.scopes\[0\]/],
  "no scope": [`keys: [{ ${id}, ${sha256}, tenant: a, scopes: [] }]`, /keys\[0\]\.scopes/],
  "a time that is none": [
    `keys: [{ ${id}, ${sha256}, tenant: a, expires: 2026-13-01 }]`,
    /expires: must be a time in UTC/,
  ],
  "a time without a zone": [
    `keys: [{ ${id}, ${sha256}, tenant: a, expires: 2026-01-01T10:00 }]`,
    /expires: must be a time in UTC/,
  ],
  "a profile that the config does not have": [
    `keys: [{ ${id}, ${sha256}, tenant: a, profile: shopp }]`,
    /abcdefghij names the profile shopp, which the config does not have/,
  ],
  "one among those that it may use": [
    `keys: [{ ${id}, ${sha256}, tenant: a, profiles: [shop, gone] }]`,
    /abcdefghij names the profile gone/,
  ],
  "a profile that it may not use": [
    `keys: [{ ${id}, ${sha256}, tenant: a, profile: shop, profiles: [museum] }]`,
    /abcdefghij has "profile: shop", but its "profiles" does not list that profile/,
  ],
  "no profile": [`keys: [{ ${id}, ${sha256}, tenant: a, profiles: [] }]`, /keys\[0\]\.profiles/],
  "a limit of nothing": [`tenants: { a: { limits: { turnsAtOnce: 0 } } }`, /tenants\.a\.limits\.turnsAtOnce/],
  "a limit that is none": [`tenants: { a: { limits: { words: 1 } } }`, /tenants\.a\.limits: .*words/],
  "a list": ["- a", /the file: /],
  "no YAML": ["keys: [", /./],
};
for (const [name, [text, told]] of Object.entries(wrong))
  test(`an edge does not start with ${name}`, async (context) => {
    const file = createKeysFile();
    context.onTestFinished(() => file.remove());
    writeFileSync(file.path, text);
    const settings = { access: "keys", keys: { file: file.path } } as const;
    const { profiles } = loadConfig({}, "profiles: { shop: { voice: a }, museum: { voice: b } }").config.settings;
    const started = createAccess({
      settings,
      ...(profiles && { profiles }),
      log: {} as Log,
      clock: createVirtualClock(),
    });
    await assert.rejects(started, (error: Error) => {
      assert.ok(error.message.startsWith(`DUET_EDGE_KEYS_FILE=${file.path}: `), error.message);
      assert.match(error.message, told);
      return true;
    });
  });
