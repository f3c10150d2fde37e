import { parseOrigin } from "../../net/origin.ts";
import type { Kind, Yaml } from "../../settings/kind.ts";
import { address, httpUrl, httpUrls, origins, redisUrl } from "../../settings/kinds.ts";
import { nearest } from "./did-you-mean.ts";

/** The requirements for a value, as in JSON Schema: what is suggested instead of an invalid value depends on them. */
export interface Wanted {
  /** The type of the value, as in JSON Schema. */
  readonly type?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly enum?: unknown;
}

/**
 * What to write instead of an invalid value, in one or two sentences; undefined if there is nothing to add to the error
 * message. If the value is a percentage, or a number with a unit or in quotes, the remedy guesses what was meant.
 */
export function remedyFor(path: string, value: Yaml, wanted: Wanted, kind?: Kind<unknown>): string | undefined {
  if (kind === address) return forAddress(value);
  if (kind === httpUrl || kind === httpUrls || kind === redisUrl)
    return forUrl(value, kind === redisUrl ? "redis" : "http");
  if (kind === origins) return forOrigins(value);
  if (Array.isArray(wanted.enum)) return forWord(value, wanted.enum.map(String));
  switch (wanted.type) {
    case "boolean":
      return forFlag(value);
    case "integer":
    case "number":
      return forNumber(path, value, wanted.type === "integer", Number(wanted.minimum), Number(wanted.maximum));
    case "string":
      return typeof value === "number" || typeof value === "boolean" ? `Put it in quotes: "${value}".` : undefined;
    default:
      return isScalar(value) && Array.isArray(wanted.type) ? `Write it as a list: [${value}].` : undefined;
  }
}

function forWord(value: Yaml, words: readonly string[]): string {
  const near = typeof value === "string" ? nearest(value, words) : undefined;
  return `${near === undefined ? "" : `Did you mean ${near}? `}It must be one of ${words.join(", ")}.`;
}

function forFlag(value: Yaml): string {
  const text = String(value).toLowerCase();
  if (/^(?:yes|y|on|true|1)$/.test(text)) return "Write true, without quotes.";
  return /^(?:no|n|off|false|0)$/.test(text) ? "Write false, without quotes." : "Write true or false.";
}

function forAddress(value: Yaml): string {
  const text = String(value);
  const [, port] = /(?:^|:)(\d+)$/.exec(text) ?? [];
  if (port !== undefined && Number(port) > 65_535) return "A port is at most 65535.";
  if (/^https?:\/\//.test(text)) return "Write only host:port, without http:// or a path.";
  if (/^\d+:\d+$/.test(text)) return `Write 127.0.0.1:${port}, or 0.0.0.0:${port} for all interfaces.`;
  return /^[\w.-]+$/.test(text) && port === undefined
    ? `Add the port: ${text}:8080.`
    : "Write host:port, such as 127.0.0.1:8080, or only a port to listen on the loopback interface.";
}

function forOrigins(value: Yaml): string {
  const all = (Array.isArray(value) ? value : String(value).split(",")).map((text) => String(text).trim());
  const wrong = all.find((text) => text !== "*" && parseOrigin(text) === undefined) ?? "";
  if (wrong.includes("*")) return "List each origin in full: patterns with wildcards are not supported.";
  const [, scheme = "https", host = ""] = /^(?:(\w+):\/\/)?([\w.:[\]-]+)/.exec(wrong) ?? [];
  const meant = parseOrigin(`${scheme}://${host}`);
  return meant === undefined ? "Write the scheme and host, such as https://shop.example." : `Write ${meant}.`;
}

function forUrl(value: Yaml, scheme: string): string | undefined {
  const [first] = typeof value === "string" ? value.split(",") : Array.isArray(value) ? value : [];
  if (typeof first !== "string") return undefined;
  const meant = `${scheme}://${first.trim().replace(/^[a-z]+:\/*(?=\D)/i, "")}`;
  return URL.canParse(meant) && new URL(meant).host !== "" && !first.includes("@")
    ? `Write ${meant}.`
    : `Write an address such as ${scheme}://127.0.0.1:${scheme === "redis" ? 6379 : 8000}.`;
}

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const bytes: Readonly<Record<string, number>> = {
  b: 1,
  k: 2 ** 10,
  kb: 2 ** 10,
  kib: 2 ** 10,
  m: 2 ** 20,
  mb: 2 ** 20,
  mib: 2 ** 20,
  g: 2 ** 30,
  gb: 2 ** 30,
  gib: 2 ** 30,
  t: 2 ** 40,
  tb: 2 ** 40,
};
const thousands: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 };

/**
 * The units that people may use for a field, each as a multiple of a base unit. `name` is the field's own unit, which
 * is inferred from the end of the field's name; `own` is that unit as a multiple of the base unit.
 */
function unitsOf(path: string, most: number): { units: Readonly<Record<string, number>>; own: number; name: string } {
  if (/Ms$/.test(path)) return { units: milliseconds, own: 1, name: "milliseconds" };
  if (/seconds(?:PerDay)?$/i.test(path)) return { units: milliseconds, own: 1_000, name: "seconds" };
  if (/Gib$/.test(path)) return { units: bytes, own: 2 ** 30, name: "GiB" };
  if (/Bytes$/.test(path)) return { units: bytes, own: 1, name: "bytes" };
  if (most === 1) return { units: { "%": 0.01 }, own: 1, name: "a share" };
  // Whether the field is a number of tokens: then `16k` means 16384.
  const tokens = /len|tokens|position/i.test(path.split(".").at(-1) as string);
  return { units: tokens ? { k: 1_024, m: 1_048_576 } : thousands, own: 1, name: "" };
}

function forNumber(path: string, value: Yaml, whole: boolean, least: number, most: number): string {
  const fits = (number: number) => number >= least && number <= most && (!whole || Number.isInteger(number));
  const { units, own, name } = unitsOf(path, most);
  const range = `Write a ${whole ? "whole " : ""}number from ${least} to ${most}${name === "" || most === 1 ? "" : ` (${name})`}.`;
  if (typeof value === "string") {
    const [, digits, unit] = /^\s*(-?[\d_]*\.?\d+)\s*([a-z%]*)\s*$/i.exec(value) ?? [];
    if (digits === undefined || unit === undefined) return range;
    const number = Number(digits.replaceAll("_", ""));
    if (unit === "") return fits(number) ? `Write ${number}, without quotes.` : range;
    const factor = Object.hasOwn(units, unit.toLowerCase()) ? (units[unit.toLowerCase()] as number) : undefined;
    const meant = factor === undefined ? Number.NaN : round((number * factor) / own);
    return fits(meant) ? `Write ${meant}${name === "" || most === 1 ? "" : `: it is in ${name}`}.` : range;
  }
  if (typeof value !== "number") return range;
  const meant = guesses(path, value, most).map(round).find(fits);
  if (meant !== undefined) return `It is ${most === 1 ? "a share" : `in ${name}`}: write ${meant}.`;
  return whole && !Number.isInteger(value) && fits(Math.round(value)) ? `Write ${Math.round(value)}.` : range;
}

/** The numbers that people may have meant, if they gave the value in a unit other than the field's. */
function guesses(path: string, value: number, most: number): number[] {
  if (most === 1) return value > 1 ? [value / 100] : [];
  if (/Ms$/.test(path)) return [value * 1_000];
  return /Gib$/.test(path) ? [value / 1_024, value / 2 ** 30] : [];
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}

function isScalar(value: Yaml): boolean {
  return value !== null && typeof value !== "object";
}
