import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, test } from "vitest";
import { bundle } from "../../edge/playground/bundle.ts";
import { createPlayground } from "../../edge/playground/serve.ts";

let server: Server;
beforeAll(async () => {
  const playground = await createPlayground();
  server = createServer(async (request, response) => {
    if (!(await playground.answer(request.url ?? "", response))) response.writeHead(404).end("not the page's");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.close());

async function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const request = httpRequest({ port, host: "127.0.0.1", path, headers, method, agent: false }).end();
  const [response] = await once(request, "response");
  return response;
}

for (const [path, type, part] of [
  ["/", "text/html; charset=utf-8", /<script type="module" src="playground\.js">/],
  ["/playground.js", "text/javascript; charset=utf-8", /AudioWorkletNode/],
  ["/playground-worklet.js", "text/javascript; charset=utf-8", /registerProcessor/],
  ["/playground-ear.js", "text/javascript; charset=utf-8", /registerProcessor/],
  ["/playground-silero.js", "text/javascript; charset=utf-8", /InferenceSession/],
  ["/playground-silero.wasm", "application/wasm", /^\0asm/],
  ["/playground-silero.onnx", "application/octet-stream", /stateN/],
  ["/playground.css", "text/css; charset=utf-8", /::highlight/],
  ["/playground.svg", "image/svg+xml; charset=utf-8", /<svg/],
] as const)
  test(`serves ${path} with its type, and nothing may run or be shown that is not its own`, async () => {
    const response = await get(path);
    assert.equal(response.statusCode, 200);
    assert.equal(response.headers["content-type"], type);
    assert.equal(response.headers["x-content-type-options"], "nosniff");
    const policy = response.headers["content-security-policy"] ?? "";
    assert.match(String(policy), /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/);
    assert.doesNotMatch(String(policy).replace("'wasm-unsafe-eval'", ""), /unsafe|\*/);
    assert.ok(part.test(await text(response)));
  });

test("what the browser has already is not sent again", async () => {
  const { etag = "" } = (await get("/playground.js")).resume().headers;
  const again = await get("/playground.js", { "if-none-match": etag });
  assert.equal(again.statusCode, 304);
  assert.equal(await text(again), "");
});

test("the script is sent small", async () => {
  const response = await get("/playground.js", { "accept-encoding": "gzip, br" });
  assert.equal(response.headers["content-encoding"], "gzip");
  const bytes = Number(response.resume().headers["content-length"]);
  assert.ok(bytes < 74_000, `${bytes} bytes`);
});

test("what bundles the page is a process of its own, and gives its memory back", async () => {
  await text(await get("/playground.js"));
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
  assert.deepEqual(
    sharedObjects.filter((file) => file.includes("rolldown")),
    [],
  );
});

test("what cannot be bundled is told, and what is asked for with it is there", async () => {
  const [broken, whole] = await Promise.allSettled([bundle("page/nowhere.ts"), bundle("page/ear/worklet.ts")]);
  assert.equal(whole.status, "fulfilled");
  assert.match(
    String(broken.status === "rejected" && broken.reason),
    /page\/nowhere\.ts could not be bundled: .*nowhere/s,
  );
});

test("HEAD tells the length and sends nothing", async () => {
  const response = await get("/", {}, "HEAD");
  assert.ok(Number(response.headers["content-length"]) > 1000);
  assert.equal(await text(response), "");
});

test("leaves every other path to others", async () => {
  for (const path of ["/nothing", "/playground", "/__proto__", "/constructor"])
    assert.equal((await get(path)).resume().statusCode, 404, path);
});
