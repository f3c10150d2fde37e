import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { connect } from "node:tls";
import { Code, ConnectError } from "@connectrpc/connect";
import { test } from "vitest";
import { Failure } from "../../edge/errors.ts";
import { createServices } from "../../edge/hosts/clients.ts";
import { ErrorInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { type Credentials, noCredentials } from "../../infra/net/credentials.ts";
import { createAuthority } from "./certificates.ts";
import { startService, token, wrongToken } from "./service.ts";

const home = createAuthority("home");
const foreign = createAuthority("foreign");
const expired = { startsAt: new Date(Date.now() - 10_000_000), endsAt: new Date(Date.now() - 10_000) };
const service = home.issue("service");
const edge = home.issue("edge");
const withTls = (tls: Credentials["tls"]): Credentials => ({ token: undefined, tls });
const asIs = (url: string) => url;

interface Row {
  what: string;
  service: Credentials;
  edge: Credentials;
  /** How the edge is told of the service. */
  url?: (url: string) => string;
  /** What the edge tells its operator; undefined if all is well. */
  says: RegExp | undefined;
  reason?: string;
}

const rows: Row[] = [
  { what: "certificates of one CA", service: withTls(service), edge: withTls(edge), says: undefined },
  {
    what: "certificates and the token",
    service: { token, tls: service },
    edge: { token, tls: edge },
    says: undefined,
  },
  {
    what: "certificates and a wrong token",
    service: { token, tls: service },
    edge: { token: wrongToken, tls: edge },
    says: /rejects this edge.*DUET_SERVICE_TOKEN/,
  },
  {
    what: "no token",
    service: { token, tls: undefined },
    edge: noCredentials,
    says: /rejects this edge.*DUET_SERVICE_TOKEN/,
  },
  {
    what: "an edge's certificate of a foreign CA",
    service: withTls(service),
    edge: withTls({ ...foreign.issue("edge"), ca: service.ca }),
    says: /rejects the edge's certificate: .*DUET_TLS_CERT.*DUET_TLS_CA/,
  },
  {
    what: "an edge's certificate that has expired",
    service: withTls(service),
    edge: withTls(home.issue("edge", expired)),
    says: /the edge's certificate, which expired on .*: renew DUET_TLS_CERT/,
  },
  {
    what: "a service's certificate of a foreign CA",
    service: withTls({ ...foreign.issue("service"), ca: edge.ca }),
    edge: withTls(edge),
    says: /no CA in the edge's DUET_TLS_CA has signed/,
  },
  {
    what: "a service's certificate that has expired",
    service: withTls(home.issue("service", expired)),
    edge: withTls(edge),
    says: /not valid today: renew the service's DUET_TLS_CERT/,
  },
  {
    what: "a service's certificate for another host",
    service: withTls(home.issue("service", { hosts: ["10.0.0.1"] })),
    edge: withTls(edge),
    says: /add 127\.0\.0\.1 to the subjectAltName of its DUET_TLS_CERT, or set DUET_EDGE_GENERATE_URL/,
  },
  {
    what: "an edge without certificates",
    service: withTls(service),
    edge: noCredentials,
    says: /set DUET_TLS_CERT, DUET_TLS_KEY and DUET_TLS_CA/,
  },
  {
    what: "http:// to a service that speaks TLS",
    service: withTls(service),
    edge: withTls(edge),
    url: (url) => url.replace("https:", "http:"),
    says: /set DUET_EDGE_GENERATE_URL \(to an https:\/\/ address if the service has DUET_TLS_CERT\)/,
    reason: "GENERATE_UNREACHABLE",
  },
  {
    what: "https:// to a service that does not",
    service: noCredentials,
    edge: withTls(edge),
    url: (url) => url.replace("http:", "https:"),
    says: /does not speak TLS: .* or write http:\/\/ in DUET_EDGE_GENERATE_URL/,
  },
];

for (const { what, says, url = asIs, reason = "GENERATE_UNTRUSTED", ...both } of rows)
  test(`${what}: ${says === undefined ? "the edge calls the service" : "one line says what to set"}`, async (context) => {
    const { server, callers } = await startService(context, both.service);
    const { generate } = connectTo(url(server.url), both.edge);
    context.onTestFinished(() => generate.close());
    const ask = () => Array.fromAsync(generate.client.generate({}, { signal: context.signal }));
    const check = () => generate.health.check({ service: "" }, { signal: context.signal });
    if (says === undefined) {
      assert.equal((await ask()).length, 1);
      assert.equal((await check()).status, 1);
      return;
    }
    for (const call of [ask, check])
      await assert.rejects(call(), (error) => {
        assert.ok(error instanceof ConnectError && error.cause instanceof Failure);
        assert.equal(error.code, Code.Unavailable);
        // Its operator reads what to set; whoever calls the edge does not.
        assert.match(error.cause.inFull, says);
        assert.doesNotMatch(error.rawMessage, /DUET_|127\.0\.0\.1/);
        assert.equal(error.findDetails(ErrorInfoSchema)[0]?.reason, reason);
        return true;
      });
    assert.deepEqual(callers, [], "no call reached the service");
  });

test("whoever has no certificate gets no connection, though he believes the service's", async (context) => {
  const { port } = await startService(context, withTls(service));
  const socket = connect({ host: "127.0.0.1", port, ca: service.ca, ALPNProtocols: ["h2"] });
  context.onTestFinished(() => void socket.destroy());
  const heard = new Promise<string>((resolve) => {
    socket.on("data", (data) => resolve(`${data.length} bytes`));
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
    socket.on("close", () => resolve("hung up"));
  });
  socket.resume();
  assert.match(await heard, /^(?:ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED|ECONNRESET|hung up)$/);
});

test("a service that dies is not taken for one that does not trust the edge", async (context) => {
  const { server } = await startService(context, withTls(service));
  const { generate } = connectTo(server.url, withTls(edge));
  context.onTestFinished(() => generate.close());
  await generate.health.check({ service: "" });
  await server.close();
  const reader = createServer((socket) => socket.destroy()).listen(server.address.port, "127.0.0.1");
  await once(reader, "listening");
  context.onTestFinished(() => void reader.close());
  await assert.rejects(
    generate.health.check({ service: "" }),
    (error) =>
      error instanceof ConnectError &&
      error.code === Code.Unavailable &&
      error.cause instanceof Failure &&
      /start it/.test(error.cause.inFull),
  );
});

test("an edge with certificates calls no other machine unencrypted", () => {
  const urls = { generateUrl: "http://gpu.example:50051", synthesizeUrl: "https://gpu.example:50052" };
  assert.throws(
    () => createServices(urls, withTls(edge)),
    /^SettingsError: DUET_EDGE_GENERATE_URL=http:.* write https:/,
  );
});

function connectTo(url: string, credentials: Credentials) {
  return createServices({ generateUrl: url, synthesizeUrl: url }, credentials);
}
