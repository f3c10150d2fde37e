import assert from "node:assert/strict";
import { test } from "vitest";
import { withoutCredentials } from "./address.ts";

const rows: [address: string, shown: string][] = [
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://127.0.0.1:8080/", "http://127.0.0.1:8080"],
  ["https://me:secret@voice.example/fish//?key=secret#secret", "https://voice.example/fish"],
  ["http://[::1]:8000/v1", "http://[::1]:8000/v1"],
];

for (const [address, shown] of rows)
  test(`${address} is shown as ${shown}`, () => assert.equal(withoutCredentials(address), shown));
