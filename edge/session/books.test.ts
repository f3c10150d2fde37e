import assert from "node:assert/strict";
import fc from "fast-check";
import { it } from "vitest";
import { course, createSession } from "./changes.fixture.ts";
import { leaseMs, type Place, reportTurn, saveTurn, undoTurn } from "./changes.ts";
import { messagesOf } from "./prompt.ts";
import { reportMs } from "./record.ts";

type Kept = ReturnType<typeof createSession>;

interface Turn extends Place {
  readonly asked: boolean;
  /** Whether its caller was told that it has started. */
  started: boolean;
  /** Until when its caller may report, as far as the session knows. */
}

const bound = { maxMessages: 8, maxBytes: 1_600 };

const position = fc.record({ segment: fc.nat(2), offset: fc.constantFrom(0, 1, 500, 999, 1_000) });
const passed = fc.constantFrom(1, 400, 1_000, leaseMs, reportMs, reportMs + 1, 2_000 + reportMs);
const count = fc.integer({ min: 1, max: 9 });
const turn = fc.nat(20);
const step = fc.oneof(
  fc.record({ does: fc.constant("open" as const), asked: fc.boolean(), given: fc.constantFrom("", "Welcome!") }),
  fc.record({ does: fc.constant("pass" as const), ms: passed }),
  fc.record({ does: fc.constant("save" as const), turn, count }),
  fc.record({ does: fc.constant("end" as const), turn, count, played: fc.option(position), isCut: fc.boolean() }),
  fc.record({ does: fc.constant("undo" as const), turn }),
  fc.record({ does: fc.constant("report" as const), turn, played: position, stop: fc.boolean() }),
);

/** What holds of a session at any time. */
function check(kept: Kept, turns: readonly Turn[]): void {
  const { head, message } = kept.session();
  if (head === undefined) return;
  const messages = messagesOf(kept.session());
  assert.equal(head.count, messages.length, "its messages are counted");
  assert.equal(kept.sizes().size, messages.length, "none lies where nobody looks");
  const sounds = kept.names().filter((name) => name.startsWith("s"));
  assert.deepEqual(sounds, head.spoken.map(({ place }) => `s${place}`).sort(), "it knows of what sound is kept");
  for (const { turn, place } of head.spoken) assert.equal(message(place)?.turn, turn);
  const { running } = head;
  if (running !== undefined) assert.equal(message(running.place)?.turn, running.turn);
  for (const { text, heard } of messages) assert.ok(heard >= 0 && heard <= text.length);
  for (const { turn, asked } of turns) {
    const roles = messages.filter((one) => one.turn === turn).map(({ role }) => role);
    if (roles.length > 0)
      assert.deepEqual(roles, asked ? ["user", "assistant"] : ["assistant"], "an exchange is whole");
  }
  assert.deepEqual(
    messages.map((one) => one.turn),
    messages.map((one) => one.turn).sort((one, other) => Number(one) - Number(other)),
    "what was asked first stands first",
  );
}

it("whatever becomes of its turns, a session's books balance", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const kept = createSession();
      const turns: Turn[] = [];
      for (const step of steps) {
        if (step.does === "pass") kept.pass(step.ms);
        else if (step.does === "open") {
          const name = `${turns.length}`;
          const place = kept.open(name, { question: step.asked ? name : undefined, given: step.given }, bound);
          turns.push({ ...place, asked: step.asked, started: false });
          assert.equal(kept.session().head?.running?.turn, name);
          assert.ok(kept.sizes().size <= bound.maxMessages, "it is within its bounds");
        } else {
          const mine = turns[step.turn % turns.length];
          if (mine === undefined) continue;
          const others = () => messagesOf(kept.session()).filter(({ turn }) => turn !== mine.turn);
          const before = others();
          const session = kept.session();
          if (step.does === "save") {
            const isSaved = kept.apply(saveTurn(session, mine, course(undefined, undefined, step.count)));
            assert.equal(isSaved, session.head?.running?.turn === mine.turn, "only what has the session is saved");
            mine.started ||= isSaved;
          } else if (step.does === "end") {
            kept.end(mine, course(step.played ?? undefined, step.isCut ? session.now : undefined, step.count));
            mine.started = true;
          } else if (step.does === "undo") {
            if (!mine.started) kept.apply(undoTurn(session, mine));
            assert.ok(mine.started || messagesOf(kept.session()).every(({ turn }) => turn !== mine.turn));
          } else kept.apply(reportTurn(session, mine, step.played, step.stop));
          assert.deepEqual(others(), before, "what others said stays as it is");
        }
        check(kept, turns);
      }
    }),
    { numRuns: 300 },
  );
});
