import assert from "node:assert/strict";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { noBrowser, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

describe("the page, elsewhere than at the root of this machine", skipFor(noBrowser), () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startPageStack({ edge: { allowedHosts: ["duet.test"] } });
  });
  afterAll(() => stack?.close());

  const listen = async (url: string, t: { onTestFinished(end: () => unknown): void }) => {
    const browser = await startBrowser(["--host-resolver-rules=MAP duet.test 127.0.0.1"]);
    t.onTestFinished(() => browser.close());
    const visitor = await visit(browser, url);
    await visitor.page.locator("#questions button").first().click();
    await visitor.page.waitForFunction(() => Reflect.get(globalThis, "hearing")().loudest > 0.01);
    // Chromium tells everybody on plain http that such a header means nothing there.
    assert.deepEqual(
      visitor.complaints.filter((text) => !text.startsWith("The Cross-Origin-Opener-Policy header has been ignored")),
      [],
    );
    return visitor.page;
  };

  it("sounds over plain http, where a browser has no audio worklet", async (t) => {
    const page = await listen(`http://duet.test:${stack.edge.address.port}/`, t);
    assert.deepEqual(await page.evaluate(() => [isSecureContext, "audioWorklet" in AudioContext.prototype]), [
      false,
      false,
    ]);
  });

  it("works below a path, as a proxy serves it that leaves the path out", async (t) => {
    const proxy = createServer((request, response) => {
      if (!request.url?.startsWith("/duet/")) return void response.writeHead(404).end();
      const { method, headers } = request;
      const asked = httpRequest(
        stack.url + request.url.slice("/duet".length),
        { method, headers, agent: false },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      request.pipe(asked.on("error", () => response.destroy()));
      response.on("close", () => asked.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    t.onTestFinished(() => {
      proxy.closeAllConnections();
      proxy.close();
    });
    await listen(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/duet/`, t);
  });
});
