import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type RpcName, rpcRules } from "../../edge/access/scopes.ts";
import { AssistantService } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { ErrorInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { createApiKey } from "../../infra/net/api-key.ts";
import { createGrpcClient } from "../support/callers.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { bearer, createKeysFile, secret, signToken } from "./credentials.ts";
import { rpcNames, ways } from "./ways.ts";

const file = createKeysFile();
const [whole, expired, speaker, reader] = file.write([
  "tenant: acme",
  "tenant: acme, expires: 2026-01-31",
  "tenant: acme, scopes: [speak]",
  "tenant: acme, scopes: [sessions]",
]) as [string, string, string, string];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    timeScale: 0,
    edge: {
      access: "jwt",
      keys: { file: file.path },
      jwt: { secret, audience: "duet", tenantClaim: "tenant" },
      corsOrigins: ["https://shop.example"],
      page: async (path, response) => path === "/" && response.end("the page") !== undefined,
    },
  });
});
afterAll(async () => {
  await stack.close();
  file.remove();
});

// What comes of a right request about things that do not exist, once the caller is let in.
const letIn: Record<RpcName, Code | undefined> = {
  Converse: undefined,
  Speak: undefined,
  Resume: Code.NotFound,
  Chat: Code.Unimplemented,
  SubmitChat: Code.Unimplemented,
  GetJob: Code.Unimplemented,
  CancelJob: Code.Unimplemented,
  Transcribe: Code.Unimplemented,
  Interrupt: Code.NotFound,
  ReportPlayback: Code.NotFound,
  GetSession: Code.NotFound,
  ListSessions: undefined,
  DeleteSession: undefined,
  ListVoices: undefined,
  GetStatus: undefined,
};
const only = (...allowed: RpcName[]) =>
  Object.fromEntries(rpcNames.map((rpc) => [rpc, allowed.includes(rpc) ? letIn[rpc] : Code.PermissionDenied]));
const nobody = Object.fromEntries(rpcNames.map((rpc) => [rpc, Code.Unauthenticated]));
const past = Math.floor(Date.now() / 1000) - 60;
/** The same token about another tenant, with the old signature. */
const forge = (token: string) => {
  const [head, claims = "", signature] = token.split(".");
  const other = Buffer.from(claims, "base64url").toString().replace('"acme"', '"evil"');
  return [head, Buffer.from(other).toString("base64url"), signature].join(".");
};
const swapLast = (text: string) => text.slice(0, -1) + (text.endsWith("A") ? "B" : "A");

/** What a call brings, what comes of each RPC, and the reason where it is refused. */
const table: Record<string, [() => unknown, Record<string, Code | undefined>, string?]> = {
  nothing: [() => undefined, nobody, "CREDENTIALS_MISSING"],
  "something else than a bearer": [() => `Basic ${btoa("acme:duet")}`, nobody, "CREDENTIALS_MISSING"],
  "a key": [() => whole, letIn],
  "a key that nobody has made": [() => createApiKey().key, nobody, "CREDENTIALS_WRONG"],
  "a key with one letter changed": [() => swapLast(whole), nobody, "CREDENTIALS_WRONG"],
  "a key cut short": [() => whole.slice(0, -1), nobody, "CREDENTIALS_WRONG"],
  "a key that has expired": [() => expired, nobody, "CREDENTIALS_EXPIRED"],
  "a key that may speak": [
    () => speaker,
    only("Speak", "Resume", "Interrupt", "ReportPlayback", "ListVoices", "GetStatus"),
    "SCOPE_MISSING",
  ],
  "a key that may read sessions": [
    () => reader,
    only("GetSession", "ListSessions", "DeleteSession", "GetStatus"),
    "SCOPE_MISSING",
  ],
  "a token": [() => signToken({}), letIn],
  "a token with the scopes of others besides": [
    () => signToken({ scope: "openid speak" }),
    only("Speak", "Resume", "Interrupt", "ReportPlayback", "ListVoices", "GetStatus"),
    "SCOPE_MISSING",
  ],
  "a token with no scope of ours": [() => signToken({ scope: "openid" }), only("GetStatus"), "SCOPE_MISSING"],
  "a token with two audiences": [() => signToken({ aud: ["other", "duet"] }), letIn],
  "a token that somebody else has signed": [() => signToken({}, `${secret}!`), nobody, "CREDENTIALS_WRONG"],
  "a token that is changed": [async () => forge(await signToken({})), nobody, "CREDENTIALS_WRONG"],
  "a token that has expired": [() => signToken({ exp: past }), nobody, "CREDENTIALS_EXPIRED"],
  "a token that never expires": [() => signToken({ exp: undefined as never }), nobody, "CREDENTIALS_WRONG"],
  "a token that is not good yet": [() => signToken({ nbf: past + 600 }), nobody, "CREDENTIALS_WRONG"],
  "a token for others": [() => signToken({ aud: "other" }), nobody, "CREDENTIALS_WRONG"],
  "a token of nobody": [() => signToken({ sub: undefined as never }), nobody, "CREDENTIALS_WRONG"],
  "a token of no tenant": [() => signToken({ tenant: undefined }), nobody, "CREDENTIALS_WRONG"],
  "a token of a tenant that cannot be": [() => signToken({ tenant: "a/b" }), nobody, "CREDENTIALS_WRONG"],
  "an unsigned token": [
    async () => {
      const [, claims] = (await signToken({})).split(".");
      return `${Buffer.from('{"alg":"none"}').toString("base64url")}.${claims}.`;
    },
    nobody,
    "CREDENTIALS_WRONG",
  ],
  "no token at all": [() => "hello", nobody, "CREDENTIALS_WRONG"],
};

it("the table knows every RPC", () => {
  const names = AssistantService.methods.map(({ name }) => name).sort();
  assert.deepEqual([...rpcNames].sort(), names);
  assert.deepEqual(Object.keys(rpcRules).sort(), names);
});

for (const [name, make] of Object.entries(ways))
  describe(`over ${name}`, () => {
    for (const [brought, [credential, expected, reason]] of Object.entries(table))
      it(`whoever brings ${brought}`, async () => {
        const way = make(stack.url);
        const sent = (await credential()) as string | undefined;
        const headers = sent?.startsWith("Basic") ? { authorization: sent } : bearer(`${sent}`).headers;
        for (const rpc of way.rpcs) {
          const said = await way.call(rpc, sent === undefined ? {} : { headers }).then(
            () => undefined,
            (error: ConnectError) => error,
          );
          assert.equal(said?.code, expected[rpc], `${rpc}: ${said?.message}`);
          if (said?.code !== Code.Unauthenticated && said?.code !== Code.PermissionDenied) continue;
          assert.equal(said.findDetails(ErrorInfoSchema)[0]?.reason, reason, rpc);
          assert.ok(!said.message.includes("DUET_") && !said.message.includes(`${sent}`), said.message);
        }
        way.close();
      });
  });

describe("without a key", () => {
  const rpcPath = `/${AssistantService.typeName}/Speak`;
  const paths: [method: string, path: string, status: number][] = [
    ["GET", "/", 200],
    ["HEAD", "/", 200],
    ["GET", "/healthz", 200],
    ["GET", "/readyz", 200],
    ["GET", "/metrics", 200],
    ["GET", "/nothing", 404],
    ["POST", "/nothing", 404],
    ["GET", rpcPath, 405],
    ["POST", rpcPath, 401],
    ["POST", `/${AssistantService.typeName}/GetStatus`, 401],
  ];
  for (const [method, path, status] of paths)
    it(`${method} ${path} is ${status}`, async () => {
      const headers = { "content-type": "application/json" };
      const body = method === "POST" ? { body: "{}" } : {};
      const answer = await fetch(stack.url + path, { method, headers, ...body });
      await answer.arrayBuffer();
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get("www-authenticate"), status === 401 ? 'Bearer realm="duet"' : null);
    });

  it("a page of another origin may ask whether it may send one", async () => {
    const asked = {
      origin: "https://shop.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    };
    const { status, headers } = await fetch(stack.url + rpcPath, { method: "OPTIONS", headers: asked });
    assert.equal(status, 204);
    assert.ok(String(headers.get("access-control-allow-headers")).split(", ").includes("authorization"));
    const refused = await fetch(stack.url + rpcPath, { method: "POST", headers: { origin: asked.origin } });
    await refused.arrayBuffer();
    assert.ok(String(refused.headers.get("access-control-expose-headers")).split(", ").includes("retry-after"));
  });

  it("what reads no user's data comes before a bad request: nobody learns what the edge thinks of it", async () => {
    const { client, close } = createGrpcClient(stack.url);
    await assert.rejects(Array.fromAsync(client.speak({ text: "" })), { code: Code.Unauthenticated });
    await assert.rejects(client.getSession({ sessionId: "" }), { code: Code.Unauthenticated });
    close();
  });
});
