import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { readProcess } from "../../infra/config/read-process.ts";
import { startProgram } from "../support/processes.ts";
import { skipFor } from "../support/skip.ts";
import { until } from "../support/until.ts";
import { createAuthority, toFiles } from "./certificates.ts";
import { token } from "./service.ts";

const read = (env: Record<string, string>) => readProcess("edge", env).credentials;

describe("credentials that cannot work are told at the start, with the setting and the remedy", () => {
  const home = createAuthority("home");
  const own = home.issue("own");
  const { settings, remove } = toFiles(own);
  const { DUET_TLS_CERT: cert, DUET_TLS_KEY: key, DUET_TLS_CA: ca } = settings;
  const other = toFiles(home.issue("other"));
  const expired = toFiles(home.issue("old", { endsAt: new Date(Date.now() - 1000) }));
  const junk = join(cert, "..", "junk.pem");
  writeFileSync(junk, "-----BEGIN NOTHING-----\n");
  afterAll(() => {
    for (const files of [{ remove }, other, expired]) files.remove();
  });

  test("a whole set is read", () => {
    assert.deepEqual(read(settings), { token: undefined, tls: own });
    assert.deepEqual(read({}), { token: undefined, tls: undefined });
    assert.deepEqual(read({ DUET_SERVICE_TOKEN: token }), { token, tls: undefined });
  });

  const rows: [what: string, env: Record<string, string>, says: RegExp][] = [
    ["a token of 31 characters", { DUET_SERVICE_TOKEN: token.slice(1) }, /^DUET_SERVICE_TOKEN: .*openssl rand -hex 32/],
    ["a token with a space", { DUET_SERVICE_TOKEN: `${token} x` }, /^DUET_SERVICE_TOKEN: must be 32 to 512 visible/],
    ["a certificate alone", { DUET_TLS_CERT: cert }, /^DUET_TLS_KEY and DUET_TLS_CA are not set: /],
    ["no CA", { DUET_TLS_CERT: cert, DUET_TLS_KEY: key }, /^DUET_TLS_CA is not set: /],
    ["a file that is not there", { ...settings, DUET_TLS_CA: `${ca}x` }, /^DUET_TLS_CA=.*: the file does not exist$/],
    ["a folder", { ...settings, DUET_TLS_KEY: join(key, "..") }, /^DUET_TLS_KEY=.*: it is a folder, not a file$/],
    ["no certificate", { ...settings, DUET_TLS_CERT: junk }, /^DUET_TLS_CERT=.*: contains no PEM certificate/],
    ["no key", { ...settings, DUET_TLS_KEY: cert }, /^DUET_TLS_KEY=.*: contains no PEM private key/],
    ["no CA's certificate", { ...settings, DUET_TLS_CA: key }, /^DUET_TLS_CA=.*: contains no PEM certificate/],
    [
      "the key of another certificate",
      { ...settings, DUET_TLS_KEY: other.settings.DUET_TLS_KEY },
      /^DUET_TLS_KEY=.*: does not match the certificate DUET_TLS_CERT/,
    ],
    ["a certificate that has expired", { ...expired.settings }, /^DUET_TLS_CERT=.*: expired on .*: create a new one$/],
  ];
  for (const [what, env, says] of rows)
    test(what, () =>
      assert.throws(
        () => read(env),
        (error) => {
          assert.ok(error instanceof Error);
          assert.match(error.message, says);
          assert.equal(error.message.split("\n").length, 1, "one line");
          assert.ok(!error.message.includes(token.slice(1)), "a token is not written anywhere");
          return true;
        },
      ),
    );

  test("each fault has its line", () => {
    assert.throws(() => read({ DUET_TLS_CERT: "a", DUET_TLS_KEY: "b", DUET_TLS_CA: "c" }), {
      message: /^DUET_TLS_CERT=a: .*\nDUET_TLS_KEY=b: .*\nDUET_TLS_CA=c: the file does not exist$/,
    });
  });
});

describe("a process that is told to bind 0.0.0.0", () => {
  const anyPort = "127.0.0.1:0";
  const open = "0.0.0.0:0";
  const programs: [main: string, setting: string, env: Record<string, string>][] = [
    [
      "services/generate/main.ts",
      "DUET_GENERATE_LISTEN",
      { DUET_VLLM_URL: "http://127.0.0.1:9", DUET_GENERATE_LISTEN: open, DUET_GENERATE_ADMIN_LISTEN: anyPort },
    ],
    [
      "services/synthesize/main.ts",
      "DUET_SYNTHESIZE_LISTEN",
      { DUET_FISH_URL: "http://127.0.0.1:9", DUET_SYNTHESIZE_LISTEN: open, DUET_SYNTHESIZE_ADMIN_LISTEN: anyPort },
    ],
  ];
  for (const [main, setting, env] of programs) {
    test(`${main} does not start without credentials, and says both ways out`, async () => {
      const ways = "set DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA, or DUET_SERVICE_TOKEN";
      await assert.rejects(startProgram(main, env), {
        message: new RegExp(
          `ended with 1: ${setting}=0\\.0\\.0\\.0:0 can be reached from other machines.*${ways}.*\n$`,
        ),
      });
    });

    test(`${main} starts with a token, and warns`, async (context) => {
      const program = await startProgram(main, { ...env, DUET_SERVICE_TOKEN: token });
      context.onTestFinished(() => program.stop());
      assert.match(program.url, /^http:/);
      await until("it warns", () => /DUET_SERVICE_TOKEN .* unencrypted/.test(program.written), 5_000);
      assert.ok(!program.written.includes(token));
    });

    test(`${main} starts with certificates`, async (context) => {
      const { settings, remove } = toFiles(createAuthority("home").issue("service"));
      context.onTestFinished(remove);
      const program = await startProgram(main, { ...env, ...settings });
      context.onTestFinished(() => program.stop());
      assert.match(program.url, /^https:/);
      assert.equal(program.written, "");
    });
  }

  test("edge/main.ts reads the same settings, and serves everybody wherever it is told to", async (context) => {
    const env = {
      DUET_EDGE_LISTEN: open,
      DUET_EDGE_OPEN_TO_ALL: "1",
      DUET_EDGE_GENERATE_URL: "http://gpu.example:50051",
      DUET_TLS_CERT: "/nowhere",
    };
    await assert.rejects(startProgram("edge/main.ts", env), {
      message: /ended with 1: DUET_TLS_KEY and DUET_TLS_CA are not set: /,
    });
    const { settings, remove } = toFiles(createAuthority("home").issue("edge"));
    context.onTestFinished(remove);
    await assert.rejects(startProgram("edge/main.ts", { ...env, ...settings }), {
      message: /ended with 1: DUET_EDGE_GENERATE_URL=http:.* would be called unencrypted.*\n$/,
    });
    const program = await startProgram("edge/main.ts", { DUET_EDGE_LISTEN: open, DUET_EDGE_OPEN_TO_ALL: "1" });
    await program.stop();
  });
});

test("the commands of the README make certificates that are taken", skipFor(noOpenssl()), (context) => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const commands = readme.match(/^openssl req .*$/gm) ?? [];
  assert.equal(commands.length, 3);
  const folder = mkdtempSync(join(tmpdir(), "duet-trust-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const command of commands) execFileSync("sh", ["-c", command], { cwd: folder, stdio: "pipe" });
  for (const name of ["gpu", "edge"]) {
    const path = (file: string) => join(folder, file);
    read({ DUET_TLS_CERT: path(`${name}.pem`), DUET_TLS_KEY: path(`${name}.key`), DUET_TLS_CA: path("ca.pem") });
    const open = (file: string) => new X509Certificate(readFileSync(path(file)));
    const [own, ca] = [open(`${name}.pem`), open("ca.pem")];
    assert.ok(ca.ca && own.checkIssued(ca) && own.verify(ca.publicKey) && !own.ca, name);
    assert.equal(own.checkHost("gpu"), name === "gpu" ? "gpu" : undefined);
    // A service's certificate proves nothing of a caller, and the edge's nothing of a service.
    for (const [purpose, holder] of [
      ["sslserver", "gpu"],
      ["sslclient", "edge"],
    ] as const) {
      const verify = ["verify", "-CAfile", "ca.pem", "-purpose", purpose, `${name}.pem`];
      const { status } = spawnSync("openssl", verify, { cwd: folder, stdio: "pipe" });
      assert.equal(status === 0, name === holder, `${name} as ${purpose}`);
    }
  }
});

/** Why OpenSSL's own command cannot be run here; false if it can. */
function noOpenssl(): string | false {
  try {
    return /^OpenSSL [3-9]/.test(execFileSync("openssl", ["version"], { encoding: "utf8" }))
      ? false
      : "this machine's openssl is not OpenSSL 3";
  } catch {
    return "openssl is not on this machine";
  }
}
