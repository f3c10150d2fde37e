import assert from "node:assert/strict";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { ConverseRequestSchema } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { createPlayground } from "../../edge/playground/serve.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { createKeysFile, secret, signToken } from "../access/credentials.ts";
import { openEdge } from "../sessions/edges.ts";
import { startRedis } from "../support/redis.ts";
import { skipFor } from "../support/skip.ts";
import type { Stack } from "../support/stack.ts";
import { ask, keptOf, reaches, until } from "./actions.ts";
import { noBrowser, startBrowser, visit } from "./browser.ts";
import { startPageStack } from "./stack.ts";

describe("what is kept, and for whom", skipFor(noBrowser), () => {
  let stack: Stack;
  let browser: Browser;
  beforeAll(async () => {
    stack = await startPageStack({ timeScale: 0.1 });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it("where conversations cannot be kept for a while, the page says so in a line, refuses nothing silently, and goes on", async (context) => {
    const redis = await startRedis(context, "--appendonly", "yes");
    const page = (await createPlayground()).answer;
    const { edge } = await openEdge(context, stack, redis.url, { page });
    const url = `http://${formatAddress(edge.address)}`;
    const visitor = await visit(browser, url, { locale: "zh-CN" });
    const kept = visitor.page.locator(".dock .kept");
    assert.equal(await kept.isVisible(), false, "Redis keeps what it is told");
    await ask(visitor.page, "[[say:一。]]");
    await reaches(visitor.page.locator(".turn"), "done");
    // Redis is killed once all is told: else the model would know of less.
    const heard = async () => (await keptOf(visitor.page, url))[1]?.heardEnd;
    await until(visitor.page, "it is known to be heard", heard, (end) => end === 2);
    await redis.kill();
    await ask(visitor.page, "[[say:二。]]");
    await visitor.page.getByRole("alert").getByText("对话暂时无法保存，请稍后再试。").waitFor();
    await kept.getByText("对话暂时无法保存。").waitFor();
    await redis.restart();
    await visitor.page.waitForTimeout(1_500);
    await visitor.page.getByRole("button", { name: "重试" }).click();
    await reaches(visitor.page.locator(".turn").nth(1), "done");
    assert.deepEqual(await visitor.page.locator(".answer").allInnerTexts(), ["一。", "二。"]);
    await visitor.page.reload();
    await reaches(visitor.page.locator(".turn").nth(1), "done");
    assert.equal(await kept.isVisible(), false);
    await visitor.leave();
  });

  it("a person's conversations are theirs, another tenant's are not there, and a key that may not read them says so", async (context) => {
    const file = createKeysFile();
    context.onTestFinished(() => file.remove());
    const [acme = "", globex = "", narrow = ""] = file.write([
      "tenant: acme",
      "tenant: globex",
      "tenant: acme, scopes: [converse]",
    ]);
    const page = (await createPlayground()).answer;
    const access = {
      access: "jwt",
      keys: { file: file.path },
      jwt: { secret, audience: "duet", tenantClaim: "tenant" },
    } as const;
    const { edge } = await openEdge(context, stack, undefined, { page, ...access });
    const { page: tab, leave } = await visit(browser, `http://${formatAddress(edge.address)}`);
    const give = async (key: string) => {
      await tab.evaluate(() => sessionStorage.removeItem("duet.key"));
      await tab.reload();
      await tab.locator("#key input").fill(key);
      await tab.locator("#key input").press("Enter");
      await tab.locator("#key").waitFor({ state: "hidden" });
    };
    const listed = async () => {
      await tab.locator("#show-sessions").click();
      await tab
        .locator("#sessions .news:not([data-say='sessions.loading']), #sessions li")
        .first()
        .waitFor({ state: "attached" });
      await tab.locator("#sessions .news[data-say='sessions.loading']:visible").waitFor({ state: "detached" });
      const titles = await tab.locator("#sessions .title").allInnerTexts();
      await tab.keyboard.press("Escape");
      return titles;
    };
    await give(acme);
    await ask(tab, "[[say:Of acme.]]");
    await reaches(tab.locator(".turn"), "done");
    assert.deepEqual(await listed(), ["[[say:Of acme.]]"]);
    await give(globex);
    await tab.getByText("That conversation was deleted or has expired. This is a new one.").waitFor();
    assert.deepEqual(await listed(), []);
    await ask(tab, "[[say:Of globex.]]");
    await reaches(tab.locator(".turn"), "done");
    await give(await signToken({ sub: "ada", tenant: "globex" }));
    await tab.getByText("That conversation belongs to somebody else. This is a new one.").waitFor();
    assert.deepEqual(await listed(), []);
    await give(acme);
    assert.deepEqual(await listed(), ["[[say:Of acme.]]"]);
    await give(narrow);
    await ask(tab, "[[say:Narrow.]]");
    await reaches(tab.locator(".turn"), "done");
    await tab.locator("#show-sessions").click();
    await tab.getByText("This key may not read earlier conversations.").waitFor();
    await tab.keyboard.press("Escape");
    await tab.reload();
    await tab.getByText("This key may not read earlier conversations: a reload begins a new one.").waitFor();
    await leave();
  });

  it("a question that the server finds too long comes back to the field", async () => {
    const { page, leave } = await visit(browser, stack.url);
    // As if this server took less than the page knows: what is sent is longer than it was.
    await page.route(/Converse$/, async (route) => {
      const request = fromBinary(
        ConverseRequestSchema,
        (route.request().postDataBuffer() ?? Buffer.alloc(5)).subarray(5),
      );
      const longer = toBinary(ConverseRequestSchema, { ...request, text: request.text.repeat(2_000) });
      const envelope = Buffer.alloc(5);
      envelope.writeUInt32BE(longer.length, 1);
      await route.continue({ postData: Buffer.concat([envelope, longer]) });
    });
    await ask(page, "A question");
    await page.getByRole("alert").getByText("This question is too long. It is back in the field below").waitFor();
    assert.match(await page.locator(".problem .detail").innerText(), /20000 characters: shorten it to at most 8000/);
    assert.equal(await page.locator("#ask textarea").inputValue(), "A question");
    await leave();
  });
});
