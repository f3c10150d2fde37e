import type { Kept } from "../schedule/kept.ts";
import { joinClauses } from "../text/join.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import { createBeginnings } from "./beginnings.ts";
import type { Found, SegmentCache } from "./cache.ts";
import { utteranceKey } from "./key.ts";

/** For whom, and in which voice, clauses are to be spoken. */
export interface Wanted {
  readonly voice: string;
  /** The tenant that may use the speech; empty if every tenant may. */
  readonly tenant: string;
  /** Whether lookups are counted. Default: true. */
  readonly counted?: boolean;
}

/**
 * The cache of the speech of clauses. Consecutive clauses that are spoken as one segment are stored as one entry, under
 * their joint spoken text.
 */
export interface ClauseCache extends Kept<SpeakableClause> {
  /**
   * Records who wants these clauses, which come after `before` in their text, and loads shared speech for them into
   * memory: for each clause alone and, while the text has only begun, for all its clauses together. Takes a few
   * milliseconds at most.
   */
  look(clauses: readonly SpeakableClause[], before: readonly SpeakableClause[], wanted: Wanted): Promise<void>;
  /**
   * Records for which tenant and voice clauses are wanted that were not looked up: the rest of a clause, or a part of a
   * clause that is still being written.
   */
  want(clauses: readonly SpeakableClause[], wanted: Wanted): void;
  /** Records that whoever wants a clause also wants the parts into which the clause was split. */
  parted(clause: SpeakableClause, parts: readonly SpeakableClause[]): void;
  /** The seconds of speech that are probably cached for the text that is being written, judging by its beginning. */
  foresee(written: string, wanted: Wanted): number | undefined;
  /** The cached speech of a segment, if it is in memory. */
  get(clauses: readonly SpeakableClause[]): Int16Array | undefined;
  /** Prepares to store a segment's speech while it is synthesized; undefined if the speech may not be cached. */
  take(clauses: readonly SpeakableClause[]): Take | undefined;
}

/** Receives the speech of a segment while it is synthesized. */
export interface Take {
  add(samples: Int16Array): void;
  /** Stores the speech. Call this only once the speech is complete, and if it sounds as it should. */
  keep(): void;
}

/** Options of createClauseCache. */
export interface ClauseCacheOptions {
  readonly cache: SegmentCache;
  readonly sampleRateHertz: number;
  /**
   * Returns what a voice's sound depends on besides the words, as in `Utterance.revision`; undefined if the voice
   * sounds different each time.
   */
  readonly revision: (voice: string) => string | undefined;
  /** Called for each look-up of a clause, with where its speech was found. */
  readonly looked: (found: Found | undefined) => void;
}

/** Who wants a clause, in which voice, and what the sound of that voice depends on (`revision`). */
interface Whose {
  readonly voice: string;
  readonly tenant: string;
  readonly revision: string;
}

/** A segment's key for speech of one tenant, and its key for speech that was prepared for all tenants. */
interface Keys {
  readonly own: string;
  readonly common: string;
}

/** The maximum number of clauses that are looked up together in the cache, as the first segment of a text. */
export const mostJoined = 4;

class SharedClauseCache implements ClauseCache {
  readonly #options: ClauseCacheOptions;
  /** For each clause: its voice and tenant, and the keys of the segments that begin with it, by number of clauses. */
  readonly #known = new WeakMap<SpeakableClause, { readonly of: Whose; readonly keys: Map<number, Keys> }>();
  readonly #beginnings = createBeginnings();

  constructor(options: ClauseCacheOptions) {
    this.#options = options;
  }

  keyOf(clauses: readonly SpeakableClause[]): string | undefined {
    const keys = this.#keysOf(clauses);
    if (keys === undefined) return undefined;
    const { cache } = this.#options;
    return cache.has(keys.own) || !cache.has(keys.common) ? keys.own : keys.common;
  }

  async look(clauses: readonly SpeakableClause[], before: readonly SpeakableClause[], wanted: Wanted): Promise<void> {
    const of = this.#whose(wanted);
    if (of === undefined) return;
    this.#want(clauses, of);
    const begins = clauses.map((_, at) => [...before, ...clauses.slice(0, at + 1)]);
    const joined = begins.filter(({ length }) => length > 1 && length <= mostJoined);
    const keys = [...clauses.map((clause) => [clause]), ...joined].map((segment) => this.#keysOf(segment) as Keys);
    const found = await this.#options.cache.fetch(
      keys.flatMap(({ own, common }) => (own === common ? [own] : [own, common])),
    );
    if (wanted.counted === false) return;
    for (const { own, common } of keys.slice(0, clauses.length))
      this.#options.looked(found.get(own) ?? found.get(common));
  }

  want(clauses: readonly SpeakableClause[], wanted: Wanted): void {
    const of = this.#whose(wanted);
    if (of !== undefined) this.#want(clauses, of);
  }

  parted(clause: SpeakableClause, parts: readonly SpeakableClause[]): void {
    const of = this.#known.get(clause)?.of;
    if (of !== undefined) this.#want(parts, of);
  }

  foresee(written: string, wanted: Wanted): number | undefined {
    const of = this.#whose(wanted);
    if (of === undefined) return undefined;
    const own = this.#beginnings.find(JSON.stringify(of), written);
    return own ?? this.#beginnings.find(JSON.stringify({ ...of, tenant: "" }), written);
  }

  secondsOf(key: string): number | undefined {
    const samples = this.#options.cache.get(key);
    return samples === undefined ? undefined : samples.length / this.#options.sampleRateHertz;
  }

  get(clauses: readonly SpeakableClause[]): Int16Array | undefined {
    const key = this.keyOf(clauses);
    return key === undefined ? undefined : this.#options.cache.get(key);
  }

  take(clauses: readonly SpeakableClause[]): Take | undefined {
    const key = this.#keysOf(clauses)?.own;
    const of = this.#known.get(clauses[0] as SpeakableClause)?.of;
    if (key === undefined || of === undefined) return undefined;
    const runs: Int16Array[] = [];
    return {
      add: (samples) => void runs.push(samples),
      keep: () => {
        this.#options.cache.keep(key, runs);
        const sampleCount = runs.reduce((sum, { length }) => sum + length, 0);
        this.#remember(clauses, of, sampleCount);
      },
    };
  }

  #whose({ voice, tenant }: Wanted): Whose | undefined {
    const made = this.#options.revision(voice);
    return made === undefined ? undefined : { voice, tenant, revision: made };
  }

  #want(clauses: readonly SpeakableClause[], of: Whose): void {
    for (const clause of clauses) if (!this.#known.has(clause)) this.#known.set(clause, { of, keys: new Map() });
  }

  /** Notes that the speech of a segment is now cached. */
  #remember(clauses: readonly SpeakableClause[], of: Whose, sampleCount: number): void {
    // A segment that ends inside a clause is not recorded: where it ends is unknown while the clause is being written.
    if ((clauses.at(-1)?.ends ?? "mark") !== "mark") return;
    const text = clauses.map(({ clause }) => clause.text).join("");
    this.#beginnings.add(JSON.stringify(of), text, sampleCount / this.#options.sampleRateHertz);
  }

  #keysOf(clauses: readonly SpeakableClause[]): Keys | undefined {
    const entry = this.#known.get(clauses[0] as SpeakableClause);
    const made = entry?.keys.get(clauses.length);
    if (entry === undefined || made !== undefined) return made;
    const { spoken } = joinClauses(clauses);
    const of = { spoken, sampleRateHertz: this.#options.sampleRateHertz, ...entry.of };
    const own = utteranceKey(of);
    const common = of.tenant === "" ? own : utteranceKey({ ...of, tenant: "" });
    const keys = { own, common };
    entry.keys.set(clauses.length, keys);
    return keys;
  }
}

/** Creates a clause cache. */
export function createClauseCache(options: ClauseCacheOptions): ClauseCache {
  return new SharedClauseCache(options);
}
