import assert from "node:assert/strict";
import { test } from "vitest";
import { readProcess } from "../read-process.ts";

const folder = { DUET_EDGE_STORED_FOLDER: "/tmp/audio" };
const bucket = { DUET_EDGE_STORED_S3_ENDPOINT: "https://s3.example/duet" };
const keys = { DUET_EDGE_STORED_S3_ACCESS_KEY_ID: "duet", DUET_EDGE_STORED_S3_SECRET_ACCESS_KEY: "secret" };

const table: readonly (readonly [env: Record<string, string>, says: RegExp | undefined])[] = [
  [{}, undefined],
  [folder, undefined],
  [{ ...bucket, ...keys }, undefined],
  [{ ...folder, ...bucket, ...keys }, /speech is stored in only one place/],
  [bucket, /without credentials/],
  [{ ...bucket, DUET_EDGE_STORED_S3_ACCESS_KEY_ID: "duet" }, /without credentials/],
  [{ ...keys, DUET_EDGE_STORED_S3_ENDPOINT: "https://s3.example" }, /contains no bucket name/],
  [{ ...bucket, ...keys, DUET_EDGE_STORED_S3_PUBLIC_ENDPOINT: "https://audio.example/" }, /contains no bucket name/],
];

test("speech is stored in one place, which can be written to", () => {
  for (const [env, says] of table)
    if (says === undefined) readProcess("edge", env);
    else assert.throws(() => readProcess("edge", env), says, JSON.stringify(env));
});
