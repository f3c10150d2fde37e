import assert from "node:assert/strict";
import { test } from "vitest";
import { OpenerMode } from "../../../services/gen/duet/synthesize/v1/synthesize.ts";
import { openStore } from "../../stores/open.ts";
import { startRedis } from "../../support/redis.ts";
import { until } from "../../support/until.ts";
import { start } from "./fixture.ts";

const greeting = "您好，很高兴为您服务。";
const openings = ["这个问题问得好。", "我来说一说。"];

/** A number as it is said, digit by digit. */
const said = (number: number) => [...String(number)].map((digit) => "零一二三四五六七八九"[Number(digit)]).join("");

test("Redis killed and started again while texts are spoken costs nobody a word", async (context) => {
  const redis = await startRedis(context);
  const settings = { DUET_REDIS_CACHE_URL: redis.url, DUET_SYNTHESIZE_OPENER_LIST_FROM_MS: "0" };
  const { service, speak } = await start(context, { settings });
  let spoken = 0;
  let isOver = false;
  const one = async (opener: OpenerMode) => {
    while (!isOver) {
      const text = `${openings[0]}这是第${said(spoken)}句话。${greeting}`;
      const { words } = await speak(text, { opener, openings });
      assert.equal(words.join(""), text);
      spoken++;
    }
  };
  const more = async (what: string) => {
    const from = spoken;
    await until(`texts are spoken ${what}`, () => spoken >= from + 5, 20_000);
  };
  const all = Promise.all([OpenerMode.LIST, OpenerMode.LIST, OpenerMode.SOFT].map(one));
  all.catch(() => {});
  await more("while Redis is there");
  await redis.kill();
  await more("while it is away");
  await redis.restart();
  await more("once it is there again");
  const { store } = await openStore(context, redis.url, { mayEvict: true });
  let entries = 0;
  while (entries === 0) {
    await more("until something is shared again");
    entries = (await store.run((client) => client.keys("duet:{segments}:entry:*"))).length;
  }
  isOver = true;
  await all;
  assert.match(service.written, /Redis is unreachable.*Redis answers again/s);
}, 60_000);
