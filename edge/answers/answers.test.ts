import assert from "node:assert/strict";
import { it } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { createCall, everybody } from "../call.ts";
import { Outcome } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { createResume } from "../resume/resume.ts";
import { createMemoryLogs } from "../resume/store/memory.ts";
import type { TurnEvent } from "../turn/events.ts";
import { createTurns } from "../turn/turns.ts";
import { type AskedQuestion, createAnswers } from "./answers.ts";

/** Who asks what, and what answers it. */
interface Asked {
  readonly tenant: string;
  readonly engines: string;
  readonly question: AskedQuestion;
}

const first: Asked = {
  tenant: "default",
  engines: "Qwen2.5-7B-Instruct, Fish-Speech 1.5.1",
  question: { text: "When do you open?", profile: "shop", isInstructed: false, depends: ["emma", "Be brief.", 0.7] },
};
const having = (question: Partial<AskedQuestion>): Asked => ({
  ...first,
  question: { ...first.question, ...question },
});

const rows: [what: string, second: Asked, isFound: boolean][] = [
  ["the same question", first, true],
  ["the same in other letters", having({ text: "when do you open" }), true],
  ["another question", having({ text: "When do you close?" }), false],
  ["another tenant's", { ...first, tenant: "other" }, false],
  ["one to another model or voice server", { ...first, engines: "Qwen3-8B, Fish-Speech 1.5.1" }, false],
  ["one to another profile", having({ profile: "museum" }), false],
  ["one in another voice", having({ depends: ["oliver", "Be brief.", 0.7] }), false],
  ["one with other instructions", having({ depends: ["emma", "Be kind.", 0.7] }), false],
  ["one whose fields only join to the same text", having({ depends: ["emmaBe brief.", "", 0.7] }), false],
];
for (const [what, second, isFound] of rows)
  it(`an answer ${isFound ? "is given again to" : "is never met by"} ${what}`, async () => {
    const tools = {
      clock: systemClock,
      log: createLog({ service: "test", level: "silent" }),
      metrics: createMetrics({ runtime: false }),
    };
    const turns = createTurns({ maxTurns: 4, clock: systemClock });
    const store = createMemoryLogs({ clock: systemClock, mostBytes: 1 << 20 });
    const bounds = { mostBytes: 1 << 20, patienceMs: 1_000, heartbeatIntervalMs: 60_000 };
    const resume = await createResume({ ...tools, ...bounds, store, turns });
    let { engines } = first;
    const answers = createAnswers({
      ...tools,
      resume,
      keepsModel: true,
      ttlMs: 60_000,
      mostAnswers: 10,
      readEngines: async () => engines,
    });
    let made = 0;
    const ask = async (asked: Asked) => {
      engines = asked.engines;
      const call = createCall({
        identity: { ...everybody, tenant: asked.tenant },
        signal: new AbortController().signal,
      });
      const given = await answers.find(call, asked.question, async function* () {
        made++;
        const events: TurnEvent[] = [
          { case: "started", value: { turnId: `${made}` } },
          { case: "finished", value: { outcome: Outcome.COMPLETED } },
        ];
        for (const [index, event] of events.entries()) yield { sequence: index + 1, event };
      });
      return Array.fromAsync(given?.(call) ?? []);
    };
    await ask(first);
    const [started] = await ask(second);
    assert.equal(made, isFound ? 1 : 2);
    assert.equal(started?.case === "started" && started.value.fromCache === true, isFound);
    await resume.close();
  });
