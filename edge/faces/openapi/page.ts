import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { openapi } from "../../gen/openapi/openapi.ts";
import type { Page } from "../../http/routes.ts";

interface Asset {
  readonly type: string;
  readonly load: () => Promise<string>;
}

const dist = (file: string) => readFile(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${file}`)), "utf8");

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Duet's API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

// The page requests nothing from other hosts: by default Swagger UI would ask an online validator, and so tell that
// host something about what is installed here.
const start = `SwaggerUIBundle({
  url: "docs/openapi.json",
  dom_id: "#docs",
  validatorUrl: null,
  deepLinking: true,
  tryItOutEnabled: true,
});
`;

/** The API description, with `server` as the address that calls go to. */
function describe(server: { readonly url: string; readonly description?: string }): Asset {
  return { type: "application/json", load: async () => JSON.stringify({ ...openapi, servers: [server] }) };
}

const assets: Readonly<Record<string, Asset>> = {
  // Calls made on the page go to the page's own origin: a browser would block any other.
  "/docs/openapi.json": describe({ url: "..", description: "the server that this page came from" }),
  "/docs": { type: "text/html; charset=utf-8", load: async () => html },
  "/docs/start.js": { type: "text/javascript; charset=utf-8", load: async () => start },
  "/docs/swagger-ui-bundle.js": {
    type: "text/javascript; charset=utf-8",
    load: () => dist("swagger-ui-bundle.js"),
  },
  "/docs/swagger-ui.css": { type: "text/css; charset=utf-8", load: () => dist("swagger-ui.css") },
};

const securityHeaders = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    // Needed since Swagger UI sets inline styles, and embeds its images in them as `data:` URLs.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/**
 * Serves `/openapi.json`, the API's description, and `/docs`, a page for reading and trying the API. The description
 * says that calls go to `publicUrl`, or by default to the address that the description was loaded from.
 */
export function createDocs(publicUrl = "."): Page {
  const served = { ...assets, "/openapi.json": describe({ url: publicUrl.replace(/(?<=.)\/+$/, "") }) };
  const loaded = new Map<string, Promise<{ etag: string; packed: Buffer }>>();
  const get = (path: string, { load }: Asset) => {
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const loading = load().then(async (text) => ({
      etag: `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`,
      packed: await promisify(gzip)(text),
    }));
    loaded.set(path, loading);
    // A file that could not be read is forgotten, so that the next request tries to read it again.
    loading.catch(() => loaded.delete(path));
    return loading;
  };
  return async (path, response) => {
    if (path === "/docs/") {
      // The page names its assets relative to `/docs`, so a trailing slash is redirected away.
      response.writeHead(308, { location: "../docs" }).end();
      return true;
    }
    const asset = Object.hasOwn(served, path) ? served[path as keyof typeof served] : undefined;
    if (asset === undefined) return false;
    await send(response, asset.type, await get(path, asset));
    return true;
  };
}

async function send(response: ServerResponse, type: string, { etag, packed }: { etag: string; packed: Buffer }) {
  const { "if-none-match": known, "accept-encoding": encodings = "" } = response.req.headers;
  const headers = { ...securityHeaders, etag, "cache-control": "no-cache", vary: "accept-encoding" };
  if (known === etag) return response.writeHead(304, headers).end();
  const zipped = /\bgzip\b/.test(String(encodings));
  const body = zipped ? packed : await promisify(gunzip)(packed);
  response.writeHead(200, {
    ...headers,
    "content-type": type,
    "content-length": body.length,
    ...(zipped && { "content-encoding": "gzip" }),
  });
  return response.end(body);
}
