import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { bundle } from "./bundle.ts";

/** The web page for talking with the assistant. */
export interface Playground {
  /** Answers GET or HEAD if `path` is `/` or one of the page's assets. Resolves to whether it has answered. */
  answer(path: string, response: ServerResponse): Promise<boolean>;
}

interface Asset {
  readonly type: string;
  readonly load: () => Promise<string | Buffer>;
  /** Set if most visitors never request this asset, so that it is not loaded in advance. */
  readonly rare?: true;
}

interface Loaded {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly packed: Buffer;
}

const styles = ["base", "frame", "dock", "composer", "ear", "key", "turn", "player", "answer", "timeline", "sessions"];

const assets: Readonly<Record<string, Asset>> = {
  "/": { type: "text/html", load: () => read("page/index.html") },
  "/playground.js": {
    type: "text/javascript",
    load: () => bundle("page/main.ts", { "./silero.ts": "./playground-silero.js" }),
  },
  "/playground-worklet.js": { type: "text/javascript", load: () => bundle("page/audio/worklet.ts") },
  "/playground-ear.js": { type: "text/javascript", load: () => bundle("page/ear/worklet.ts") },
  // The voice activity detector, for hands-free mode.
  "/playground-silero.js": { type: "text/javascript", load: () => bundle("page/ear/silero.ts"), rare: true },
  "/playground-silero.wasm": {
    type: "application/wasm",
    load: () => readModule("onnxruntime-web/ort-wasm-simd-threaded.wasm"),
    rare: true,
  },
  "/playground-silero.onnx": {
    type: "application/octet-stream",
    load: () => readModule("@ricky0123/vad-web/dist/silero_vad_v6.onnx"),
    rare: true,
  },
  "/playground.css": { type: "text/css", load: loadStyles },
  "/playground.svg": { type: "image/svg+xml", load: () => read("page/icon.svg") },
};

// How long after the start of the process the page is bundled, in milliseconds: bundling takes the CPU for a moment,
// and the ports should open first. The first visitor comes later than that.
const warmAfterMs = 300;

const securityHeaders = {
  "content-security-policy": [
    "default-src 'none'",
    // `wasm-unsafe-eval` allows WebAssembly, which the voice activity detector needs, but not `eval`.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // The browser then rejects strings in `innerHTML` and the like, so that a model's text can't become markup.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

/** Makes the playground. The page is bundled a moment later, or when the first visitor comes if that is sooner. */
export async function createPlayground(): Promise<Playground> {
  const loading = new Map<string, Promise<Loaded>>();
  const get = (path: string, asset: Asset): Promise<Loaded> => {
    const known = loading.get(path);
    if (known !== undefined) return known;
    const loaded = load(asset);
    loading.set(path, loaded);
    // A file that could not be read is retried on the next request.
    loaded.catch(() => loading.delete(path));
    return loaded;
  };
  const warm = () => {
    for (const [path, asset] of Object.entries(assets))
      if (asset.rare === undefined) void get(path, asset).catch(() => undefined);
  };
  setTimeout(warm, warmAfterMs).unref();

  return {
    async answer(path, response) {
      const asset = Object.hasOwn(assets, path) ? assets[path] : undefined;
      if (asset === undefined) return false;
      send(response, await get(path, asset));
      return true;
    },
  };
}

async function load({ type, load }: Asset): Promise<Loaded> {
  const plain = Buffer.from(await load());
  const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
  return { type, etag, plain, packed: await promisify(gzip)(plain, { level: 9 }) };
}

function send(response: ServerResponse, { type, etag, plain, packed }: Loaded): void {
  const { "if-none-match": known, "accept-encoding": encodings = "" } = response.req.headers;
  const headers = { ...securityHeaders, etag, "cache-control": "no-cache", vary: "accept-encoding" };
  if (known === etag) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  const zipped = /\bgzip\b/.test(String(encodings));
  const body = zipped ? packed : plain;
  response.writeHead(200, {
    ...headers,
    ...(zipped ? { "content-encoding": "gzip" } : {}),
    "content-type": /^text|svg/.test(type) ? `${type}; charset=utf-8` : type,
    "content-length": body.length,
  });
  response.end(body);
}

function read(file: string): Promise<string> {
  return readFile(new URL(file, import.meta.url), "utf8");
}

/** Reads a file of an npm package. */
function readModule(file: string): Promise<Buffer> {
  return readFile(fileURLToPath(import.meta.resolve(file)));
}

async function loadStyles(): Promise<string> {
  const files = await Promise.all(styles.map((name) => read(`page/styles/${name}.css`)));
  return `@layer page {\n${files.join("\n")}}\n${await read("page/styles/rules.css")}`;
}
