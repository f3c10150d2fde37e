import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { parseOrigin } from "./origin.ts";

const rows: [text: string, origin: string | undefined][] = [
  ["https://a.example", "https://a.example"],
  ["https://a.example/", "https://a.example"],
  ["https://A.Example", "https://a.example"],
  ["HTTPS://a.example", "https://a.example"],
  ["https://a.example:443", "https://a.example"],
  ["http://a.example:80", "http://a.example"],
  ["http://a.example:443", "http://a.example:443"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["http://[::1]:3000", "http://[::1]:3000"],
  ["https://bücher.example", "https://xn--bcher-kva.example"],
  ["chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop"],
  ["tauri://localhost", "tauri://localhost"],
  ["a.example", undefined],
  ["a.example:8080", undefined],
  ["//a.example", undefined],
  ["https://", undefined],
  ["https://*.example.com", undefined],
  ["https://a.example/app", undefined],
  ["https://a.example?x", undefined],
  ["https://a.example#x", undefined],
  ["https://user@a.example", undefined],
  ["https://a.example:99999", undefined],
  ["https://a b.example", undefined],
  ["wss://a.example", undefined],
  ["file:///index.html", undefined],
  ["file://host", undefined],
  ["null", undefined],
  ["", undefined],
];

describe("the origin that a text names", () => {
  for (const [text, origin] of rows)
    it(`${text || "nothing"}: ${origin ?? "none"}`, () => assert.equal(parseOrigin(text), origin));
});
