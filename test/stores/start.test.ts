import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { inspect } from "node:util";
import { test } from "vitest";
import { storeKey } from "../../infra/stores/keys.ts";
import { startRedis } from "../support/redis.ts";
import { createAuthority, toFiles } from "../trust/certificates.ts";
import { hastyClock, openStore, setting } from "./open.ts";

const key = storeKey("turn", "log");
const patient = { timeout: 30_000 };
const hasty = { clock: hastyClock };

test("no Redis: the error names the setting, the place, the cause and the remedy", patient, async (context) => {
  const server = await startRedis(context);
  await server.kill();
  await assert.rejects(openStore(context, server.url, hasty), {
    name: "StoreError",
    fault: "away",
    message: `${setting}: Redis at ${server.url} is not ready after 5 s (connect ECONNREFUSED 127.0.0.1:${server.port}): start Redis, or correct its address`,
  });
});

test("a Redis that takes connections and does not answer is not waited for without end", patient, async (context) => {
  const server = await startRedis(context);
  server.freeze();
  await assert.rejects(openStore(context, server.url, hasty), { fault: "away", message: /is not ready after 5 s/ });
});

test("a Redis that comes a little later is waited for", patient, async (context) => {
  const server = await startRedis(context);
  await server.kill();
  const opening = openStore(context, server.url);
  await server.restart();
  const { store } = await opening;
  assert.equal(await store.run((client) => client.get(key)), null);
});

test(
  "a wrong password or database is told at once, with the remedy and without the password",
  patient,
  async (context) => {
    const server = await startRedis(context, "--requirepass", "right-secret");
    const refused = async (userinfo: string, database: string, message: RegExp) => {
      const error: unknown = await openStore(context, `redis://${userinfo}127.0.0.1:${server.port}${database}`).catch(
        (error) => error,
      );
      assert.ok(error instanceof Error);
      assert.match(error.message, message);
      assert.match(error.message, /^redis\.url \(DUET_REDIS_URL\): Redis at redis:\/\/127/);
      assert.doesNotMatch(inspect(error, { depth: 9 }), /secret/);
    };
    const remedy = /refuses the connection \((?:NOAUTH|WRONGPASS) .*\): correct the user and password in the address/;
    await refused("", "", remedy);
    await refused(":wrong-secret@", "", remedy);
    await refused("nobody:right-secret@", "", remedy);
    await refused(
      ":right-secret@",
      "/99",
      /refuses the connection \(ERR DB index is out of range\): choose a database number that exists on that server/,
    );
    const { store } = await openStore(context, `redis://:right-secret@127.0.0.1:${server.port}/3`);
    assert.match(String(await store.run((client) => client.client("INFO"))), / db=3 /);
  },
);

test("over TLS, with a certificate of a CA that Node believes", patient, async (context) => {
  const { settings, remove } = toFiles(createAuthority("home").issue("redis"));
  context.onTestFinished(remove);
  const server = await startRedis(context);
  await server.restart(
    ...["--port", "0", "--tls-port", `${server.port}`, "--tls-auth-clients", "no"],
    ...["--tls-cert-file", settings.DUET_TLS_CERT, "--tls-key-file", settings.DUET_TLS_KEY],
    ...["--tls-ca-cert-file", settings.DUET_TLS_CA],
  );
  const url = server.url.replace("redis:", "rediss:");
  await assert.rejects(openStore(context, url, hasty), {
    message: /Redis at rediss:.* is not ready after 5 s \(.*certificate/,
  });

  const believed = getCACertificates();
  context.onTestFinished(() => setDefaultCACertificates(believed));
  setDefaultCACertificates([...believed, readFileSync(settings.DUET_TLS_CA, "utf8")]);
  const { store } = await openStore(context, url);
  assert.equal(await store.run((client) => client.set(key, "1")), "OK");
});
