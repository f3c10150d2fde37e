import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createForecast } from "./forecast.ts";

/** Six hanzi are 1.32 s of speech, seven are 1.54: a first segment is 1.4. */
const [six, seven] = ["今天天气很好", "今天天气非常好"];
const near = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) < 1e-6, `${found}, not ${expected}`);

function open(slots = 2) {
  const clock = createVirtualClock();
  const load = { busy: 0, slots };
  return { clock, load, forecast: createForecast({ load: () => load, clock }) };
}

describe("what is foreseen", () => {
  it("is, of an engine that nothing is known of, that it is fast", () => {
    const { forecast, load } = open();
    near(forecast.followMs(), 90 + 140);
    near(forecast.firstWordsMs(), 60 + 90 + 140);
    near(forecast.writtenMs(0), 60);
    near(forecast.writtenMs(0.7), 60 + 45);
    load.busy = 2;
    near(forecast.followMs(), 90 + 140);
  });

  it("is how long earlier texts took to begin, and then to be written for a first segment", async () => {
    const { clock, forecast } = open();
    const text = forecast.begin();
    await clock.advance(200);
    text.wrote("今");
    near(forecast.writtenMs(0), 200);
    await clock.advance(50);
    text.wrote("天天气很好");
    near(forecast.followMs(), 90 + 140);
    await clock.advance(250);
    text.wrote("，");
    near(forecast.followMs(), 300 + 140);
    near(forecast.writtenMs(0.7), 200 + 150);
    near(forecast.firstWordsMs(), 200 + 300 + 140);
    await clock.advance(1000);
    text.wrote(seven);
    near(forecast.followMs(), 300 + 140);
  });

  it("is nothing of how a text was written that ended too soon", async () => {
    const { clock, forecast } = open();
    const text = forecast.begin();
    text.wrote("");
    await clock.advance(500);
    text.wrote(six);
    text.end();
    near(forecast.followMs(), 90 + 140);
    near(forecast.writtenMs(0), 0);
  });

  it("is their mean, of many the newer ones more", async () => {
    const { clock, forecast } = open();
    const write = async (ms: number) => {
      const text = forecast.begin();
      await clock.advance(ms);
      text.wrote(seven);
    };
    let mean = 0;
    for (let count = 1; count <= 30; count++) {
      await write(10 * count);
      mean += Math.max(0.1, 1 / count) * (10 * count - mean);
      near(forecast.writtenMs(0), mean);
    }
  });

  it("is how long the engine takes, if it has made anything", () => {
    const { forecast } = open();
    const text = forecast.begin();
    text.made(0, 900);
    text.made(1.4, 0);
    near(forecast.followMs(), 90 + 140);
    text.made(1.4, 500);
    near(forecast.followMs(), 90 + 500);
  });
});

describe("the wait for an engine", () => {
  /** How long it is taken to be, of which a segment takes 100 ms. */
  function waiting(slots = 2) {
    const opened = open(slots);
    opened.forecast.begin().made(1.4, 100);
    opened.load.busy = slots;
    return { ...opened, waitMs: () => opened.forecast.followMs() - 90 - 100 };
  }

  it("is none while it has a free slot", () => {
    const { forecast, load, waitMs } = waiting();
    forecast.begin().wrote(six);
    load.busy = 1;
    near(waitMs(), 0);
    load.busy = 2;
    near(waitMs(), 75);
    load.busy = 3;
    near(waitMs(), 75);
  });

  it("is half a segment, and one for each text before that is still to be heard, over all slots", () => {
    const { forecast, waitMs } = waiting();
    near(waitMs(), 25);
    const texts = [1, 2, 3].map(() => forecast.begin());
    near(waitMs(), 25);
    for (const text of texts) text.wrote("今天");
    for (const text of texts) text.wrote("很好");
    near(waitMs(), 175);
    texts[0]?.heard();
    texts[0]?.heard();
    texts[0]?.end();
    near(waitMs(), 125);
    texts[1]?.end();
    near(waitMs(), 75);
    texts[1]?.wrote("，");
    near(waitMs(), 75);
  });

  it("is none the longer for a text that was heard or ended before it was written", () => {
    const { forecast, waitMs } = waiting();
    const [heard, ended] = [forecast.begin(), forecast.begin()];
    heard.heard();
    ended.end();
    near(waitMs(), 25);
    heard.wrote(six);
    heard.end();
    near(waitMs(), 25);
  });

  it("is known of an engine without slots too", () => near(waiting(0).waitMs(), 50));
});
