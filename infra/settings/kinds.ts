import { type Address, formatAddress, parseAddress } from "../net/address.ts";
import { parseHost } from "../net/host.ts";
import { parseOrigin } from "../net/origin.ts";
import { parseNetwork } from "../net/peer.ts";
import { canonicalTag } from "../text/language/tag.ts";
import type { Kind, Reading, Yaml } from "./kind.ts";

/** A string; in duet.yaml it may be empty. */
export const text: Kind<string> = texts("text", { type: "string" }, (value) => ({ value }));

/** A string of at least one character: a name, a file, a folder. */
export const name: Kind<string> = texts("text", { type: "string", minLength: 1 }, (value) =>
  value === "" ? { fault: "must not be empty" } : { value },
);

/** A language as a BCP 47 tag. */
export const language: Kind<string> = texts("BCP 47 tag", { type: "string" }, (value) => {
  const tag = canonicalTag(value);
  return tag === undefined ? { fault: "must be a BCP 47 tag such as zh, en-US or ja" } : { value: tag };
});

/** A file's path, absolute or relative to duet.yaml's folder (in an environment variable: to the working directory). */
export const file: Kind<string> = { ...name, mapPaths: (path, place) => place({ path, is: "file" }) };

/** The path of a folder that the process reads. Relative paths are resolved as in `file`. */
export const folder: Kind<string> = { ...name, mapPaths: (path, place) => place({ path, is: "folder" }) };

/** The path of a folder that the process writes to. Relative paths are resolved as in `file`. */
export const writtenFolder: Kind<string> = {
  ...name,
  mapPaths: (path, place) => place({ path, is: "folder", isWritten: true }),
};

/** An `http:` or `https:` URL; trailing slashes are dropped. */
export const httpUrl: Kind<string> = maySecret(texts("text", { type: "string" }, readHttpUrl), hasPassword);

/** The URL of a Redis server: `redis:`, or `rediss:` with TLS. */
export const redisUrl: Kind<string> = maySecret(
  texts("text", { type: "string" }, (value) =>
    /^rediss?:/.test(value) && URL.canParse(value)
      ? { value }
      : { fault: "must be an address such as redis://127.0.0.1:6379" },
  ),
  hasPassword,
);

/** One of the given words. A word such as 1.4, which YAML takes for a number, needs no quotes in duet.yaml. */
export function choice<const Word extends string>(words: readonly Word[]): Kind<Word> {
  const read = (value: string): Reading<Word> => {
    const found = words.find((word) => word === value);
    return found === undefined ? { fault: `must be one of ${words.join(", ")}` } : { value: found };
  };
  return {
    ...texts(words.map((word) => `\`${word}\``).join(", "), { enum: words }, read),
    fromYaml: (value) => read(isScalar(value) ? String(value) : ""),
  };
}

/** A secret that must match the regular expression `pattern`; `fault` is the message if it does not. */
export function secret(pattern = /./, fault = "must not be empty"): Kind<string> {
  const read = (value: string): Reading<string> => (pattern.test(value) ? { value } : { fault });
  return { ...texts("secret", { oneOf: secretPlaces() }, read), secret: true };
}

/**
 * Extends a kind whose values may contain a secret, such as a URL with a password: a config file may then refer to a
 * variable or a file that contains the whole value.
 */
function maySecret<T>(kind: Kind<T>, holdsSecret: (value: T) => boolean): Kind<T> {
  return { ...kind, schema: { oneOf: [kind.schema, ...secretPlaces()] }, holdsSecret };
}

/** Returns the kind of a setting whose value is an integer from `least` to `most`. */
export function whole(least: number, most: number): Kind<number> {
  return numbers("integer", least, most, (value) =>
    Number.isInteger(value) ? { value } : { fault: "must be a whole number" },
  );
}

/** Returns the kind of a setting whose value is a number from `least` to `most`. */
export function decimal(least: number, most: number): Kind<number> {
  return numbers("number", least, most, (value) => ({ value }));
}

/** A boolean: 1 or 0 in a variable, true or false in YAML. */
export const flag: Kind<boolean> = {
  fromText: (value) => (value === "1" || value === "0" ? { value: value === "1" } : { fault: "must be 0 or 1" }),
  fromYaml: (value) => (typeof value === "boolean" ? { value } : { fault: "must be true or false" }),
  write: (value) => (value ? "1" : "0"),
  toYaml: (value) => value,
  schema: { type: "boolean" },
  values: "true, false",
};

/** The address on which a server listens: `host:port`, or just a port, which is then open to this machine only. */
export const address: Kind<Address> = {
  fromText: readAddress,
  fromYaml: (value) => readAddress(typeof value === "number" || typeof value === "string" ? String(value) : ""),
  write: formatAddress,
  toYaml: formatAddress,
  schema: { type: ["string", "integer"] },
  values: "text",
};

/** A list of strings: comma-separated in a variable, a list in YAML. */
export const list: Kind<readonly string[]> = lists((value) => ({ value }), "must have at least one item", 0);

/**
 * A list of web origins (`https://shop.example`), or `*` for any: comma-separated in a variable, a list in YAML. The
 * origins are converted to a browser's notation.
 */
export const origins: Kind<readonly string[]> = lists(readOrigin, "must have at least one item", 0);

/** A list of hosts, without scheme and port: comma-separated in a variable, a list in YAML. */
export const hosts: Kind<readonly string[]> = lists(readHost, "must have at least one item", 0);

/** A list of IP addresses and networks (`10.0.0.0/8`): comma-separated in a variable, a list in YAML. */
export const networks: Kind<readonly string[]> = lists(readNetwork, "must have at least one item", 0);

/** One or more URLs, each `http:` or `https:`. */
export const httpUrls: Kind<readonly string[]> = maySecret(
  lists(readHttpUrl, "must name at least one address such as http://127.0.0.1:8000", 1),
  (urls) => urls.some(hasPassword),
);

function texts<T extends string>(
  values: string,
  schema: Kind<T>["schema"],
  read: (text: string) => Reading<T>,
): Kind<T> {
  return {
    fromText: read,
    fromYaml: (value) => (typeof value === "string" ? read(value) : { fault: "must be a string" }),
    write: (value) => value,
    toYaml: (value) => value,
    schema,
    values,
  };
}

function numbers(
  type: "integer" | "number",
  least: number,
  most: number,
  check: (value: number) => Reading<number>,
): Kind<number> {
  // The condition is written so that NaN counts as out of range.
  const read = (value: number): Reading<number> =>
    value >= least && value <= most ? check(value) : { fault: `must be a number from ${least} to ${most}` };
  return {
    fromText: (text) => read(text.trim() === "" ? Number.NaN : Number(text)),
    fromYaml: (value) => read(typeof value === "number" ? value : Number.NaN),
    write: String,
    toYaml: (value) => value,
    schema: { type, minimum: least, maximum: most },
    values: `${least} to ${most}`,
  };
}

function lists(
  readItem: (text: string) => Reading<string>,
  faultIfFew: string,
  least: number,
): Kind<readonly string[]> {
  const read = (items: readonly string[]): Reading<readonly string[]> => {
    if (items.length < least) return { fault: faultIfFew };
    const value: string[] = [];
    for (const item of items) {
      const read = readItem(item);
      if ("fault" in read) return read;
      value.push(read.value);
    }
    return { value };
  };
  const fromText = (text: string) =>
    read(
      text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== ""),
    );
  return {
    fromText,
    fromYaml(value) {
      if (typeof value === "string") return fromText(value);
      if (!Array.isArray(value)) return { fault: "must be a list, such as [a, b]" };
      // No item may contain a comma, since variables separate items by commas and must be able to express every list.
      const isItem = (item: Yaml) => isScalar(item) && !String(item).includes(",");
      return value.every(isItem)
        ? read(value.map(String))
        : { fault: "must have items that are single values without commas" };
    },
    write: (value) => value.join(","),
    toYaml: (value) => value,
    schema: { type: ["array", "string"], items: { type: "string" } },
    values: "list",
  };
}

function readHttpUrl(text: string): Reading<string> {
  const url = text.trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url)
    ? { value: url.replace(/\/+$/, "") }
    : { fault: "must be an address such as http://127.0.0.1:8000" };
}

function readOrigin(text: string): Reading<string> {
  const value = text === "*" ? text : parseOrigin(text);
  return value === undefined
    ? { fault: "must be web origins such as https://shop.example, without a path or wildcard, or * for any" }
    : { value };
}

function readHost(text: string): Reading<string> {
  // Unlike in a URL, an IPv6 address may be written without brackets.
  const host = text.includes("*") ? undefined : (parseHost(text) ?? parseHost(`[${text}]`));
  return host === undefined || host.port !== undefined
    ? { fault: "must be hosts such as duet.example, without a scheme, port or wildcard" }
    : { value: host.name };
}

/** JSON Schemas of what a config file may contain instead of a secret: `{ env: NAME }` or `{ file: PATH }`. */
function secretPlaces(): object[] {
  return ["env", "file"].map((key) => ({
    type: "object",
    additionalProperties: false,
    properties: { [key]: { type: "string" } },
    required: [key],
  }));
}

/** Whether a valid URL contains a password. */
function hasPassword(url: string): boolean {
  return new URL(url).password !== "";
}

function readNetwork(text: string): Reading<string> {
  return parseNetwork(text) === undefined
    ? { fault: "must be IP addresses or networks, such as 10.0.0.0/8" }
    : { value: text };
}

function readAddress(text: string): Reading<Address> {
  const value = parseAddress(text);
  return value === undefined ? { fault: "must be host:port, such as 127.0.0.1:8080" } : { value };
}

function isScalar(value: Yaml): value is string | number | bigint | boolean {
  return value !== null && typeof value !== "object";
}
