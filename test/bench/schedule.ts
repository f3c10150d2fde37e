/**
 * What an event costs the schedule, by how many sessions are open: CPU time, in virtual time, of the schedule alone.
 *
 *     node test/bench/schedule.ts [SESSIONS ...]
 *
 * Every session (default 10, 100, 1,000 and 10,000 of them) is given a clause each few seconds, somewhat sooner than
 * its listener needs it, and reads its sound as it comes. Eight workers have as many slots as that takes at fifteen
 * times real time, so that all sessions but a few are waiting for something. For each number: events, CPU time of each,
 * and that as a multiple of what it is for the fewest sessions, beside the same multiple of the logarithm.
 */
import { createRandom, type Random } from "../../infra/random/random.ts";
import type { Command } from "../../services/synthesize/schedule/command.ts";
import { createHeap } from "../../services/synthesize/schedule/queue/heap.ts";
import { createSchedule } from "../../services/synthesize/schedule/schedule.ts";
import type { Work } from "../../services/synthesize/schedule/segment.ts";

const given = process.argv.slice(2).map(Number);
const counts = given.length > 0 ? given : [10, 100, 1000, 10_000];
/** Two thirds of what twelve sessions a slot would be: room enough that nobody's sound runs out. */
const sessionsPerSlot = 8;
const workerCount = 8;
const events = { warm: 30_000, measured: 200_000 };

/** Something that happens at a time. */
interface Happening {
  readonly nth: number;
  readonly happen: () => readonly Command<Work>[];
}

/** Runs a schedule of so many sessions, and returns the CPU time of an event in microseconds. */
function measure(sessions: number): number {
  const each = Math.max(1, Math.round(sessions / sessionsPerSlot / workerCount));
  const schedule = createSchedule<Work>({ slots: Array(workerCount).fill(each), segmentMaxCharacters: 80 });
  const random: Random = createRandom(1);
  const coming = createHeap<Happening>(({ nth }) => nth);
  let now = 0;
  let nth = 0;
  const heard = new Set<string>();
  let alarm: Happening | undefined;
  const at = (time: number, happen: Happening["happen"]) => coming.set({ nth: nth++, happen }, time);

  function follow(commands: readonly Command<Work>[]): void {
    for (const command of commands) {
      if (command.kind === "wakeAt") {
        if (alarm !== undefined) coming.remove(alarm);
        alarm = { nth: nth++, happen: () => schedule.tick(now) };
        if (command.at < Number.POSITIVE_INFINITY) coming.set(alarm, Math.max(now, command.at));
      }
      if (command.kind !== "dispatch") continue;
      const { id, session, clauses } = command;
      const seconds = clauses.reduce((sum, clause) => sum + clause.seconds, 0);
      at(now + 45 + (seconds * 1000) / 15, () => {
        const commands = schedule.sounded(id, 0, now);
        commands.push(...schedule.ended(id, { seconds, sign: "well" }, now));
        if (!heard.has(session)) schedule.heard(session, now);
        heard.add(session);
        return [...commands, ...schedule.taken(session, seconds, now)];
      });
    }
  }

  function write(session: string): readonly Command<Work>[] {
    const seconds = 1 + 3 * random();
    at(now + 990 * seconds, () => write(session));
    return schedule.offer(session, [{ seconds, characters: Math.round(4.5 * seconds) }], now);
  }

  for (let session = 0; session < sessions; session++) at(10_000 * random(), () => write(String(session)));
  const run = (count: number) => {
    for (let done = 0; done < count; done++) {
      const next = coming.first as Happening;
      now = coming.least;
      coming.remove(next);
      follow(next.happen());
    }
  };
  run(events.warm + 10 * sessions);
  const before = process.cpuUsage();
  run(events.measured);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / events.measured;
}

// What comes first is compiled while it runs.
measure(counts[0] as number);
let first: { readonly sessions: number; readonly cost: number } | undefined;
for (const sessions of counts) {
  const cost = measure(sessions);
  first ??= { sessions, cost };
  const times = (cost / first.cost).toFixed(2);
  const logarithm = (Math.log(sessions) / Math.log(first.sessions)).toFixed(2);
  process.stdout.write(
    `${sessions} sessions: ${cost.toFixed(1)} µs an event, ${times} times (logarithm: ${logarithm})\n`,
  );
}
