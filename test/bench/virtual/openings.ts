import type { OpeningLists } from "../../../edge/turn/openings.ts";
import type { Clock } from "../../../infra/clock/clock.ts";
import { languageOf } from "../../../infra/text/language/language.ts";
import { createOpeningHabit, type OpeningHabit } from "../../../infra/twins/vllm/answer/openings.ts";
import { askFor } from "../../../services/generate/layers/openings.ts";
import { createSegmentCache } from "../../../services/synthesize/cache/cache.ts";
import { type ClauseCache, createClauseCache } from "../../../services/synthesize/cache/clauses.ts";
import { createMemoryTier } from "../../../services/synthesize/cache/memory.ts";

/** Listed openings in a run. */
export interface VirtualOpenings {
  /** Those of each language. */
  readonly lists: OpeningLists;
  /** The share of answers that begin with one, 0 to 1. */
  readonly share: number;
  /** Whether they are asked for; else answers begin with the same ones all the same, so that runs can be paired. */
  readonly asked: boolean;
  /** To how many of them the model is held; 0: it is not. */
  readonly held: number;
}

/** How the model takes it. */
export function habitOf({ lists, share, asked }: VirtualOpenings): OpeningHabit {
  const habit = createOpeningHabit(share);
  if (asked) return habit;
  return {
    begin(answer, prompt) {
      const openings = lists[languageOf(answer) ?? ""] ?? [];
      const [message] = askFor(openings, [{ role: "user", content: prompt }]);
      return habit.begin(answer, openings.length === 0 ? prompt : (message?.content ?? ""));
    },
  };
}

/** Keeps listed openings and nothing else: the replies of a bench come again, as those of people do not. */
export function keepOpenings({ lists }: VirtualOpenings, sampleRateHertz: number, clock: Clock): ClauseCache {
  const cache = createSegmentCache({ memory: createMemoryTier(2 ** 24), clock });
  const all = createClauseCache({ cache, sampleRateHertz, revision: () => "", looked() {} });
  const listed = new Set(Object.values(lists).flat());
  const take = all.take.bind(all);
  all.take = (clauses) =>
    listed.has(clauses.map(({ clause }) => clause.text.trim()).join("")) ? take(clauses) : undefined;
  return all;
}
