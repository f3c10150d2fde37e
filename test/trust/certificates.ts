import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tls } from "../../infra/net/credentials.ts";

/** What may differ from a certificate that is valid today and for 127.0.0.1. */
export interface IssueOptions {
  startsAt?: Date;
  endsAt?: Date;
  /** IPv4 addresses for which it is. */
  hosts?: readonly string[];
}

/** A certificate authority in memory. */
export interface Authority {
  /** Makes a certificate with a key of its own, and the CA's beside it. */
  issue(name: string, options?: IssueOptions): Tls;
}

const dayMs = 86_400_000;

/** Makes an authority: no tool is needed for it, and certificates of any date can be had. */
export function createAuthority(name: string): Authority {
  const ca = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const self = { subject: name, issuer: name, signer: ca.privateKey };
  const pem = toPem(certify({ ...self, publicKey: ca.publicKey, extensions: [extension(oid.basicConstraints, isCa)] }));
  return {
    issue(subject, { startsAt, endsAt, hosts = ["127.0.0.1"] } = {}) {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const names = hosts.map((host) => der(0x87, Buffer.from(host.split(".").map(Number))));
      const extensions = [extension(oid.subjectAltName, sequence(...names))];
      return {
        cert: toPem(certify({ ...self, subject, publicKey, extensions, startsAt, endsAt })),
        key: Buffer.from(privateKey.export({ type: "pkcs8", format: "pem" })),
        ca: pem,
      };
    },
  };
}

/** Writes a certificate to files, as settings name them; `remove` deletes them. */
export function toFiles(tls: Tls) {
  const folder = mkdtempSync(join(tmpdir(), "duet-trust-"));
  const write = (name: string, content: Buffer) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const settings = {
    DUET_TLS_CERT: write("cert.pem", tls.cert),
    DUET_TLS_KEY: write("key.pem", tls.key),
    DUET_TLS_CA: write("ca.pem", tls.ca),
  };
  return { settings, remove: () => rmSync(folder, { recursive: true }) };
}

interface Certificate {
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  signer: KeyObject;
  extensions: Buffer[];
  startsAt?: Date | undefined;
  endsAt?: Date | undefined;
}

/** X.509 version 3 (RFC 5280, section 4.1), signed by ECDSA with SHA-256. */
function certify({ subject, issuer, publicKey, signer, extensions, startsAt, endsAt }: Certificate): Buffer {
  const from = startsAt ?? new Date(Date.now() - dayMs);
  const to = endsAt ?? new Date(Date.now() + 365 * dayMs);
  const algorithm = sequence(oid.ecdsaWithSha256);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    commonName(issuer),
    sequence(time(from), time(to)),
    commonName(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  return sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, signer)])));
}

const oid = {
  ecdsaWithSha256: Buffer.from("06082a8648ce3d040302", "hex"),
  commonName: Buffer.from("0603550403", "hex"),
  basicConstraints: Buffer.from("0603551d13", "hex"),
  subjectAltName: Buffer.from("0603551d11", "hex"),
};
const isCa = Buffer.from("30030101ff", "hex");

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid.commonName, der(0x0c, Buffer.from(name)))));
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, der(0x04, value));
}

function time(moment: Date): Buffer {
  return der(0x18, Buffer.from(`${moment.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`));
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** One value of ASN.1, at most 64 KiB, as DER writes it. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function toPem(certificate: Buffer): Buffer {
  const lines = certificate.toString("base64").replace(/.{64}/g, "$&\n");
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
}
