import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { connect } from "node:tls";
import { test } from "vitest";
import { createServices } from "../../edge/hosts/clients.ts";
import { daysLeft, observeCertificate, renewOnHangup } from "../../infra/net/certificates.ts";
import type { Credentials, Tls } from "../../infra/net/credentials.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { until } from "../support/until.ts";
import { createAuthority } from "./certificates.ts";
import { createKeptLog, startService } from "./service.ts";

const home = createAuthority("home");
const serialOf = (cert: Buffer) => new X509Certificate(cert).serialNumber;
const credentialsOf = (tls: Tls): Credentials => ({ token: undefined, tls: { ...tls } });

/** The serial number of the certificate that a server presents to somebody of the house. */
async function presented(port: number): Promise<string> {
  const { cert, key, ca } = home.issue("guest");
  const socket = connect({ port, host: "127.0.0.1", cert, key, ca, ALPNProtocols: ["h2"] });
  await once(socket, "secureConnect");
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  await once(socket, "close");
  return serialNumber;
}

/** Resolves when a connection has ended, however. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on("error", () => {}).once("close", () => resolve()));
}

test("SIGHUP has service and edge present new certificates, and bad ones change nothing", async (context) => {
  const [old, fresh] = [home.issue("service"), home.issue("service")];
  const mine = credentialsOf(old);
  const { server, port } = await startService(context, mine);
  const { log, lines } = createKeptLog();
  let next: () => Credentials = () => {
    throw new Error("DUET_TLS_CERT=cert.pem: there is no such file");
  };
  const stop = renewOnHangup({ credentials: mine, read: () => next(), onRenewed: server.renew, log });
  context.onTestFinished(stop);

  assert.equal(await presented(port), serialOf(old.cert));
  process.kill(process.pid, "SIGHUP");
  await until("the fault is told", () => lines.length === 1);
  assert.match(`${lines[0]?.level} ${lines[0]?.fields.error}`, /^error DUET_TLS_CERT=cert\.pem: there is no such file/);
  assert.equal(await presented(port), serialOf(old.cert));

  next = () => credentialsOf(fresh);
  process.kill(process.pid, "SIGHUP");
  await until("it is told", () => lines.length === 2);
  assert.equal(lines[1]?.message, "certificates were reloaded");
  assert.equal(await presented(port), serialOf(fresh.cert));

  // The edge: its old certificate is of nobody that the service knows.
  const theirs = credentialsOf({ ...createAuthority("foreign").issue("edge"), ca: old.ca });
  const services = createServices({ generateUrl: server.url, synthesizeUrl: server.url }, theirs);
  context.onTestFinished(() => {
    services.generate.close();
    services.synthesize.close();
  });
  const ask = () => services.generate.health.check({ service: "" }, { signal: AbortSignal.timeout(5000) });
  await assert.rejects(ask());
  const stopEdge = renewOnHangup({ credentials: theirs, read: () => credentialsOf(home.issue("edge")), log });
  context.onTestFinished(stopEdge);
  process.kill(process.pid, "SIGHUP");
  await until("both have read again", () => lines.length === 4);
  await ask();
});

test("handshakes that fail are counted, and told of once in a while", async (context) => {
  const { lines, port, metrics } = await startService(context, credentialsOf(home.issue("service")));
  for (let i = 0; i < 5; i++) {
    const stranger = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ALPNProtocols: ["h2"] });
    await closeOf(stranger);
  }
  const plain = connectTcp({ port, host: "127.0.0.1" });
  plain.write("GET / HTTP/1.1\r\n\r\n");
  await closeOf(plain);
  const failed = async () =>
    /^duet_generate_tls_handshakes_failed_total (\d+)$/m.exec(await metrics.registry.metrics())?.[1];
  assert.equal(await failed(), "6");
  const told = lines.filter(({ message }) => message.startsWith("a TLS handshake failed"));
  assert.deepEqual(
    told.map(({ level, fields }) => [level, fields.peer]),
    [["warn", "127.0.0.1"]],
  );
});

test("the days of a certificate are a metric, and the last thirty are told of", async () => {
  const endsAt = new Date(Date.now() + 10.5 * 86_400_000);
  const credentials = credentialsOf(home.issue("service", { endsAt }));
  const metrics = createMetrics({ runtime: false });
  const { log, lines } = createKeptLog();
  observeCertificate(metrics, "generate", credentials, log);
  const shown = /^duet_generate_certificate_days_left (\S+)$/m.exec(await metrics.registry.metrics())?.[1];
  assert.ok(Math.abs(Number(shown) - 10.5) < 0.01);
  assert.deepEqual(
    lines.map(({ fields }) => fields.days),
    [10],
  );
  assert.ok(daysLeft((credentials.tls as Tls).cert, endsAt.getTime() + 1000) < 0);
});
