import assert from "node:assert/strict";
import { test } from "vitest";
import { maskPasswords } from "./mask.ts";

const rows: [text: string, masked: string][] = [
  ["http://gpu:8000", "http://gpu:8000"],
  ["http://u:SECRET@h", "http://u:…@h"],
  ["HTTP://u:SECRET@h", "HTTP://u:…@h"],
  ["http://SECRET@h", "http://…@h"],
  ["http://u:SEC@RET@h/p", "http://u:…@h/p"],
  ["htp://u:SECRET@h", "htp://u:…@h"],
  ["redis://:SECRET@h:6379/0", "redis://:…@h:6379/0"],
  ["redis://h:6379?password=SECRET", "redis://h:6379?password=…"],
  ...["password", "passwd", "token", "secret", "key", "apikey", "api_key", "auth", "API_KEY"].map(
    (name): [string, string] => [`http://h/p?a=b&${name}=SECRET&c=d#e`, `http://h/p?a=b&${name}=…&c=d#e`],
  ),
  ["http://h/p?monkey=1&author=2", "http://h/p?monkey=1&author=2"],
  ["http://a, http://u:SECRET@b", "http://a, http://u:…@b"],
  ["write to a@b.example", "write to a@b.example"],
];

for (const [text, masked] of rows)
  test(`${masked} is what is shown of an address`, () => assert.equal(maskPasswords(text), masked));
