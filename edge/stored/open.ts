import type { Page } from "../http/routes.ts";
import { openFolder } from "./folder.ts";
import type { StoredFormName } from "./output.ts";
import { serveFolder } from "./serve.ts";
import { createShelf, type Shelf, type ShelfLimits } from "./shelf.ts";

/** Settings of stored speech. */
export interface StoredSettings extends ShelfLimits {
  readonly folder?: string | undefined;
  readonly s3?: {
    readonly endpoint?: string | undefined;
    readonly publicEndpoint?: string | undefined;
    readonly region: string;
    readonly accessKeyId?: string | undefined;
    readonly secretAccessKey?: string | undefined;
  };
  /** The format of stored files if the request names none. */
  readonly form: StoredFormName;
  readonly urlSecret?: string | undefined;
  readonly oldUrlSecret?: string | undefined;
}

/** An open store of speech. */
export interface Stored {
  readonly shelf: Shelf;
  /** Serves stored speech by URL. If speech is in a bucket, callers fetch it there, and this page serves nothing. */
  readonly page: Page;
}

const noPage: Page = async () => false;

/** Opens the store of speech; undefined if none is configured. Throws SettingsError if the store is not writable. */
export async function openStored(
  settings: StoredSettings,
  tools: Parameters<typeof createShelf>[2],
): Promise<Stored | undefined> {
  const { folder, s3, urlSecret, oldUrlSecret } = settings;
  const { unixNow } = tools;
  if (s3?.endpoint !== undefined) {
    // The S3 client is loaded only here, so that an edge without a bucket need not load it.
    const { openBucket } = await import("./s3.ts");
    const { endpoint, publicEndpoint, region, accessKeyId = "", secretAccessKey = "" } = s3;
    const store = openBucket({ endpoint, publicEndpoint, region, accessKeyId, secretAccessKey, unixNow });
    return { shelf: createShelf(store, settings, tools), page: noPage };
  }
  if (folder === undefined) return undefined;
  const secrets = [urlSecret, oldUrlSecret].filter((secret) => secret !== undefined);
  const store = await openFolder({ folder, secrets, unixNow });
  return { shelf: createShelf(store, settings, tools), page: serveFolder(store, unixNow) };
}
