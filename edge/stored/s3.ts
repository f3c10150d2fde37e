/**
 * Stores speech in an S3 bucket; only this file uses the client library (s3mini). URLs are presigned for the public
 * endpoint, since a signature includes the host and is not valid for another one.
 */
import { S3mini } from "s3mini";
import type { Failure } from "../errors.ts";
import { storeAway } from "./failures.ts";
import { isOver, type SpeechStore } from "./store.ts";
import { watchWork } from "./watched.ts";

/** A bucket, and the credentials to write to it. */
export interface S3Settings {
  /** The bucket's URL that the edge uses, in path style: `https://s3.example/duet`. */
  readonly endpoint: string;
  /** The bucket's URL that callers use. Default: `endpoint`. */
  readonly publicEndpoint?: string | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Options of openBucket. */
export interface S3Options extends S3Settings {
  /** Returns the current Unix time in milliseconds, for the expiry of URLs. */
  readonly unixNow: () => number;
}

const requestTimeoutMs = 30_000;
// The maximum number of files that S3 lists or deletes in one request.
const pageSize = 1_000;

/** Opens a bucket as a store of speech. The bucket need not be reachable yet. */
export function openBucket({ endpoint, publicEndpoint = endpoint, unixNow, ...access }: S3Options): SpeechStore {
  const { region, accessKeyId, secretAccessKey } = access;
  const options = { region, accessKeyId, secretAccessKey, requestAbortTimeout: requestTimeoutMs };
  const bucket = new S3mini({ ...options, endpoint });
  const seen = publicEndpoint === endpoint ? bucket : new S3mini({ ...options, endpoint: publicEndpoint });
  const { run, fault } = watchWork(toFailure);
  return {
    kind: "s3",
    notReady: fault,
    put: ({ key, bytes, contentType }) =>
      run(async () => {
        await bucket.putObject(key, Buffer.from(bytes), contentType, undefined, undefined, bytes.length);
      }),
    urlOf: (key, expiresAt) =>
      run(() => {
        const seconds = Math.max(1, Math.floor((expiresAt - unixNow()) / 1000));
        return seen.getPresignedUrl("GET", key, seconds);
      }),
    sweep: (before) =>
      run(async () => {
        const left = { files: 0, bytes: 0 };
        let token: string | undefined;
        do {
          const page = await bucket.listObjectsPaged("/", "", pageSize, token);
          const objects = page?.objects ?? [];
          const old: string[] = [];
          for (const { Key, Size } of objects)
            if (isOver(Key.split("/").at(-2) ?? "", before)) old.push(Key);
            else {
              left.files++;
              left.bytes += Number(Size);
            }
          if (old.length > 0) await bucket.deleteObjects(old);
          token = page?.nextContinuationToken;
        } while (token !== undefined && token !== "");
        return left;
      }),
  };
}

/**
 * Converts an error of the S3 server or of the connection to a failure, without repeating the request, which contains
 * signatures.
 */
function toFailure(error: unknown): Failure {
  const { code, status } = error as { code?: string; status?: number };
  const said = code ?? status ?? (error instanceof Error ? error.name : "unknown");
  return storeAway(`DUET_EDGE_STORED_S3_ENDPOINT: the bucket answered ${said}: check its address and keys`, error);
}
