import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { Ears } from "../../ears/ears.ts";
import { StoreKind } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { ChatTools } from "../../stored/chat.ts";
import { toCacheStatus, toEarsStatus, toJobsStatus, toServiceStatus, toStoredStatus, toStoreStatus } from "./parts.ts";

/** Something of a kind that does not work for a reason; by default it works. */
const part = (kind: string, why?: string) => ({ kind, notReady: () => why });
const why = "Redis at 10.0.0.1 is away";

describe("the status of a part", () => {
  const stored = (kind: string, why?: string) => ({ shelf: part(kind, why) }) as unknown as ChatTools;
  const jobs = (kind: string, why?: string) => part(kind, why) as unknown as Jobs;
  const ears = (why?: string) => part("", why) as unknown as Ears;
  const own = /^sessions are kept only in this process's memory/;
  const short = /^jobs are kept only in this process's memory/;

  const rows: [
    what: string,
    status: { ready: boolean; message: string; kind?: StoreKind },
    told: [boolean, string | RegExp, StoreKind?],
  ][] = [
    ["sessions in Redis", toStoreStatus("sessions", part("redis") as never), [true, "", StoreKind.REDIS]],
    [
      "sessions without Redis",
      toStoreStatus("sessions", part("redis", why) as never),
      [false, /^sessions cannot be kept at the moment/, StoreKind.REDIS],
    ],
    ["sessions in memory", toStoreStatus("sessions", part("memory") as never), [true, own, StoreKind.MEMORY]],
    ["stored speech in S3", toStoredStatus(stored("s3"), false), [true, "", StoreKind.S3]],
    ["stored speech in a folder", toStoredStatus(stored("folder"), true), [true, "", StoreKind.FOLDER]],
    [
      "stored speech without its store",
      toStoredStatus(stored("s3", why), false),
      [false, /^speech cannot be stored/, StoreKind.S3],
    ],
    ["stored speech without its store, in full", toStoredStatus(stored("s3", why), true), [false, why, StoreKind.S3]],
    ["jobs in Redis", toJobsStatus(jobs("redis"), false), [true, "", StoreKind.REDIS]],
    ["jobs in memory", toJobsStatus(jobs("memory"), false), [true, short, StoreKind.MEMORY]],
    [
      "jobs without Redis",
      toJobsStatus(jobs("redis", why), false),
      [false, /^jobs cannot be accepted/, StoreKind.REDIS],
    ],
    ["jobs without Redis, in full", toJobsStatus(jobs("redis", why), true), [false, why, StoreKind.REDIS]],
    ["ears", toEarsStatus(ears(), false), [true, ""]],
    ["deaf ears", toEarsStatus(ears(why), false), [false, /^recordings cannot be transcribed/]],
    ["deaf ears, in full", toEarsStatus(ears(why), true), [false, why]],
  ];
  it.each(rows)("is told of %s", (_, { ready, message, kind }, [isReady, words, ofKind]) => {
    assert.deepEqual([ready, kind], [isReady, ofKind]);
    if (typeof words === "string") assert.equal(message, words);
    else assert.match(message, words);
  });

  it("names no address, but to those who run the deployment", () => {
    const service = { ready: false, message: "away", why } as never;
    assert.deepEqual(toServiceStatus(service, false), { ready: false, message: "away" });
    assert.deepEqual(toServiceStatus(service, true), { ready: false, message: why });
  });

  it("says how full a cache is, but to those who run the deployment alone", () => {
    const cache = { kind: StoreKind.REDIS, ready: true, bytes: 5n, hits: 2n } as never;
    assert.equal(toCacheStatus(cache, true), cache);
    assert.deepEqual(toCacheStatus(cache, false), { kind: StoreKind.REDIS, ready: true });
    assert.deepEqual(toCacheStatus({ bytes: 5n } as never, false), {});
  });
});
