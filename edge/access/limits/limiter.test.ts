import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import type { Failure } from "../../errors.ts";
import { createLimiter } from "./limiter.ts";
import { flicksOfSeconds, type Subject } from "./limits.ts";

const acme: Subject = { name: "tenant acme", id: ["tenant", "acme"], limits: { audioSecondsPerDay: 60 } };
const audio = (leastSeconds: number, mostSeconds: number) => ({ leastSeconds, mostSeconds });
const full = ({ reason }: Failure) => reason === "AUDIO_QUOTA_USED";

test("a turn reserves as much as it may take, no more than is left, and is let in where enough to begin with is left", async () => {
  const limiter = createLimiter({ clock: createVirtualClock(), unixNow: () => 0 });
  const first = await limiter.admit([acme], audio(10, 35));
  const second = await limiter.admit([acme], audio(10, 15));
  await assert.rejects(limiter.admit([acme], audio(11, 50)), full);
  const third = await limiter.admit([acme], audio(10, 300));
  await assert.rejects(limiter.admit([acme], audio(0.1, 0.1)), full);

  // What was sent takes the place of what was reserved: 60 s become 5 + 15 + 10.
  await first.settle(flicksOfSeconds(5));
  await limiter.admit([acme], audio(30, 30)).then(({ settle }) => settle(0));
  await assert.rejects(limiter.admit([acme], audio(30.1, 40)), full);
  // A turn may speak longer than was reserved.
  await second.settle(flicksOfSeconds(40));
  await assert.rejects(limiter.admit([acme], audio(5.1, 9)), full);
  await third.settle(0);
  const last = await limiter.admit([acme], audio(15, 15));
  await assert.rejects(limiter.admit([acme], audio(0.1, 0.1)), full);
  await last.settle(0);
  await limiter.close();
});
