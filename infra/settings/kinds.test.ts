import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { Kind, Yaml } from "./kind.ts";
import {
  address,
  choice,
  decimal,
  flag,
  hosts,
  httpUrl,
  httpUrls,
  list,
  name,
  origins,
  redisUrl,
  secret,
  text,
  whole,
} from "./kinds.ts";
import { pairs } from "./pairs.ts";

/** What a kind makes of a variable's text and of YAML: a value, or what is wrong as a pattern. */
interface Row {
  readonly kind: Kind<unknown>;
  readonly text: readonly (readonly [text: string, means: unknown])[];
  readonly yaml: readonly (readonly [value: Yaml, means: unknown])[];
}

const port = { host: "127.0.0.1", port: 9000 };
const http = /must be an address such as http/;
const rows: Readonly<Record<string, Row>> = {
  pairs: {
    kind: pairs,
    text: [
      ["fish/emma=speech/anna, b = c d ", { "fish/emma": "speech/anna", b: "c d" }],
      ["emma", /must be pairs/],
      ["a=b=c", /must be pairs/],
      ["a=", /must be pairs/],
      ["=b", /must be pairs/],
      ["a=b,a=c", /names a twice/],
    ],
    yaml: [
      [{ a: "b" }, { a: "b" }],
      [{}, {}],
      [{ a: "b,c" }, /no comma in a pair/],
      [{ a: 1 }, /must be pairs/],
      [{ a: ["b"] }, /must be pairs/],
      [["a=b"], /must be a map/],
      ["a=b", /must be a map/],
      [null, /must be a map/],
    ],
  },
  text: {
    kind: text,
    text: [["a b ", "a b "]],
    yaml: [
      ["", ""],
      [5, /must be a string/],
      [["a"], /must be a string/],
      [{ a: "b" }, /must be a string/],
    ],
  },
  name: {
    kind: name,
    text: [["a", "a"]],
    yaml: [
      ["a", "a"],
      ["", /must not be empty/],
      [true, /must be a string/],
    ],
  },
  choice: {
    kind: choice(["1.4", "s1"]),
    text: [
      ["1.4", "1.4"],
      ["s2", /must be one of 1\.4, s1/],
    ],
    yaml: [
      [1.4, "1.4"],
      ["s1", "s1"],
      ["S1", /must be one of/],
      [["s1"], /must be one of/],
    ],
  },
  secret: {
    kind: secret(/^x+$/, "must be x"),
    text: [
      ["xx", "xx"],
      ["y", /must be x/],
    ],
    yaml: [],
  },
  whole: {
    kind: whole(1, 100),
    text: [
      ["64", 64],
      [" 64 ", 64],
      ["0", /from 1 to 100/],
      ["1.5", /whole number/],
      ["many", /from 1 to 100/],
      [" ", /from/],
    ],
    yaml: [
      [64, 64],
      [1.5, /whole number/],
      ["64", /from 1 to 100/],
      [true, /from 1 to 100/],
      [101, /from 1 to 100/],
    ],
  },
  decimal: {
    kind: decimal(0, 10),
    text: [
      ["0.5", 0.5],
      ["11", /from 0 to 10/],
      ["-1", /from 0 to 10/],
      ["1e400", /from 0 to 10/],
    ],
    yaml: [
      [0, 0],
      [0.5, 0.5],
      [Number.NaN, /from 0 to 10/],
    ],
  },
  flag: {
    kind: flag,
    text: [
      ["1", true],
      ["0", false],
      ["yes", /must be 0 or 1/],
      ["true", /must be 0 or 1/],
    ],
    yaml: [
      [true, true],
      [false, false],
      [1, /must be true or false/],
      ["true", /must be true or false/],
    ],
  },
  address: {
    kind: address,
    text: [
      ["9000", port],
      ["[::1]:9000", { host: "::1", port: 9000 }],
      ["localhost:99999", /must be host:port/],
    ],
    yaml: [
      [9000, port],
      ["127.0.0.1:9000", port],
      ["a:b", /must be host:port/],
      [true, /must be host:port/],
    ],
  },
  httpUrl: {
    kind: httpUrl,
    text: [
      ["http://a:1//", "http://a:1"],
      ["localhost:8000", http],
      ["ftp://a", http],
      ["http://", http],
    ],
    yaml: [
      ["https://a/b/", "https://a/b"],
      [["http://a"], /must be a string/],
    ],
  },
  redisUrl: {
    kind: redisUrl,
    text: [
      ["rediss://me:pw@a:1", "rediss://me:pw@a:1"],
      ["http://a", /such as redis:/],
    ],
    yaml: [["redis://a", "redis://a"]],
  },
  list: {
    kind: list,
    text: [
      ["anna, bert,", ["anna", "bert"]],
      [",", []],
    ],
    yaml: [
      [
        ["a", 1],
        ["a", "1"],
      ],
      ["a, b", ["a", "b"]],
      [[], []],
      [["a,b"], /without commas/],
      [[["a"]], /single values/],
      [5, /must be a list/],
    ],
  },
  origins: {
    kind: origins,
    text: [
      ["https://a.example, http://b.example:3000,", ["https://a.example", "http://b.example:3000"]],
      ["https://A.example/, https://b.example:443", ["https://a.example", "https://b.example"]],
      ["chrome-extension://abc", ["chrome-extension://abc"]],
      ["*", ["*"]],
      [",", []],
      ["a.example", /must be web origins such as https/],
      ["https://*.example.com", /wildcard/],
      ["https://a.example/app", /without a path/],
      ["null", /must be web origins/],
    ],
    yaml: [
      [["https://a.example"], ["https://a.example"]],
      ["https://a.example", ["https://a.example"]],
      [[], []],
      [["https://a.example,https://b.example"], /without commas/],
      [[["https://a.example"]], /single values/],
      [5, /must be a list/],
    ],
  },
  hosts: {
    kind: hosts,
    text: [
      ["duet.example, Other.example.", ["duet.example", "other.example"]],
      ["10.0.0.7, [fd00::7]", ["10.0.0.7", "fd00::7"]],
      ["fd00::7", ["fd00::7"]],
      ["https://duet.example", /must be hosts such as duet\.example/],
      ["duet.example:8080", /without a scheme, port/],
      ["*.example.com", /wildcard/],
    ],
    yaml: [
      [["duet"], ["duet"]],
      [[], []],
    ],
  },
  httpUrls: {
    kind: httpUrls,
    text: [
      ["http://a/, http://b ,", ["http://a", "http://b"]],
      [",", /must name at least one address/],
      ["http://a,b", http],
    ],
    yaml: [
      [["http://a/"], ["http://a"]],
      ["http://a", ["http://a"]],
      [[], /must name at least one address/],
    ],
  },
};

describe("kinds", () => {
  for (const [what, { kind, text, yaml }] of Object.entries(rows))
    test(`${what} reads what it should, and says what is wrong with the rest`, () => {
      const readings = [
        ...text.map(([given, means]) => [given, kind.fromText(given), means] as const),
        ...yaml.map(([given, means]) => [given, kind.fromYaml(given), means] as const),
      ];
      for (const [given, reading, means] of readings) {
        const at = JSON.stringify(given);
        if (means instanceof RegExp) assert.match("fault" in reading ? reading.fault : `read ${at}`, means);
        else assert.deepEqual(reading, { value: means }, at);
      }
    });

  for (const [what, { kind, text, yaml }] of Object.entries(rows))
    test(`${what} reads what it writes`, () => {
      const right = [...text, ...yaml].map(([, means]) => means).filter((means) => !(means instanceof RegExp));
      for (const value of right) {
        if (kind.write(value) !== "" && String(value).trim() !== "")
          assert.deepEqual(kind.fromText(kind.write(value)), { value });
        assert.deepEqual(kind.fromYaml(kind.toYaml(value)), { value });
      }
    });
});
