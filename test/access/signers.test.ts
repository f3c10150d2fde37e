import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose";
import { type TestContext, test } from "vitest";
import { createReadToken, type ReadToken } from "../../edge/access/tokens.ts";
import type { Failure } from "../../edge/errors.ts";
import type { Log } from "../../infra/log/log.ts";

interface Signer {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: object;
}

async function createSigner(kid: string, alg: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg } };
}

function sign({ kid, alg, privateKey }: Signer, claims: object = {}): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 60;
  return new SignJWT({ iss: "https://id.example", aud: "duet", sub: "ada", tenant: "acme", exp, ...claims })
    .setProtectedHeader({ alg, kid })
    .sign(privateKey);
}

/** Who serves the keys of those who sign. */
async function serve(context: TestContext, signers: readonly Signer[]) {
  const state = { signers, asked: 0 };
  const server = createServer((_, response) => {
    state.asked++;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ keys: state.signers.map(({ jwk }) => jwk) }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  context.onTestFinished(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`, state, stop };
}

const warnings: object[] = [];
const log = { warn: (fields: object) => void warnings.push(fields) } as unknown as Log;
const issuer = "https://id.example";
const read = (jwksUrl: string, more = {}) =>
  createReadToken({ jwksUrl, issuer, audience: "duet", tenantClaim: "tenant", log, ...more });
const refused = (read: ReadToken, token: string, reason: string) =>
  assert.rejects(read(token), (error: Failure) => {
    assert.equal(error.reason, reason);
    return true;
  });

test("keys are fetched once, whoever of their owners has signed", async (context) => {
  const signers = await Promise.all(["ES256", "RS256", "EdDSA"].map((alg) => createSigner(alg, alg)));
  const { url, state } = await serve(context, signers);
  const readToken = read(url);
  for (const signer of signers)
    assert.deepEqual(await readToken(await sign(signer)), {
      tenant: "acme",
      user: "ada",
      profiles: { own: undefined, allowed: undefined },
      key: undefined,
      scopes: new Set(["converse", "speak", "sessions"]),
    });
  assert.equal(state.asked, 1);
  await refused(readToken, await sign(signers[0] as Signer, { iss: "https://evil.example" }), "CREDENTIALS_WRONG");
});

test("a public key is no shared secret", async (context) => {
  const signer = await createSigner("a", "RS256");
  const { url } = await serve(context, [signer]);
  const secret = new TextEncoder().encode(JSON.stringify(signer.jwk));
  const forged = await new SignJWT({ iss: "https://id.example", aud: "duet", sub: "ada", tenant: "acme" })
    .setExpirationTime("1m")
    .setProtectedHeader({ alg: "HS256", kid: "a" })
    .sign(secret);
  await refused(read(url), forged, "CREDENTIALS_WRONG");
});

test("many tokens of unknown keys are no flood for who serves the known ones", async (context) => {
  const [known, unknown] = await Promise.all(["a", "b"].map((kid) => createSigner(kid, "ES256")));
  const { url, state } = await serve(context, [known as Signer]);
  const readToken = read(url);
  await readToken(await sign(known as Signer));
  for (let times = 0; times < 20; times++) await refused(readToken, await sign(unknown as Signer), "CREDENTIALS_WRONG");
  assert.equal(state.asked, 1);
});

test("whoever is known goes on while the keys cannot be fetched, and nobody is told that a right token is wrong", async (context) => {
  const signer = await createSigner("a", "ES256");
  const { url, stop } = await serve(context, [signer]);
  const readToken = read(url, { keysMaxAgeMs: 1 });
  const token = await sign(signer);
  await readToken(token);
  await stop();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await readToken(token)).tenant, "acme");

  const late = read(url);
  await assert.rejects(late(token), ({ code, reason, message, details }: Failure) => {
    assert.deepEqual([code, reason, details.retryDelayMs], ["UNAVAILABLE", "SIGNERS_UNREACHABLE", 1_000]);
    assert.ok(!message.includes("127.0.0.1"));
    return true;
  });
  assert.equal((warnings.at(-1) as { url: string }).url, url, "who runs it is told");
});
