import type { Kept } from "../schedule/kept.ts";
import { joinClauses } from "../text/join.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import { createBeginnings } from "./beginnings.ts";
import type { Found, SegmentCache } from "./cache.ts";
import { utteranceKey } from "./key.ts";

/** Who wants clauses spoken. */
export interface Wanted {
  readonly voice: string;
  /** Empty for what everybody may hear. */
  readonly tenant: string;
  /** Whether it is told what was found. Default true. */
  readonly counted?: boolean;
}

/** The cache as the speech of texts uses it. Consecutive clauses that make a segment are kept under what they sound like together. */
export interface ClauseCache extends Kept<SpeakableClause> {
  /**
   * Makes out who wants the clauses of a text that came after `before`, and brings to memory what is shared of them: each alone, and all
   * together where the text has only begun. Takes a few milliseconds at most.
   */
  look(clauses: readonly SpeakableClause[], before: readonly SpeakableClause[], wanted: Wanted): Promise<void>;
  /** Clauses are wanted by the same: what is left of some that were looked for, or what is taken of one that is being written. */
  want(clauses: readonly SpeakableClause[], wanted: Wanted): void;
  /** Parts of a clause are wanted by whoever wants the clause. */
  parted(clause: SpeakableClause, parts: readonly SpeakableClause[]): void;
  /** How many seconds of speech are likely at hand for a text that goes on as this one, which is being written, begins. */
  foresee(written: string, wanted: Wanted): number | undefined;
  /** The speech of a segment, if it is in memory. */
  get(clauses: readonly SpeakableClause[]): Int16Array | undefined;
  /** Takes the speech of a segment while it is made. Undefined where it is nobody else's. */
  take(clauses: readonly SpeakableClause[]): Take | undefined;
}

/** Speech of a segment while it is made. */
export interface Take {
  add(samples: Int16Array): void;
  /** It is whole, and sounds as it should. */
  keep(): void;
}

/** Options of createClauseCache. */
export interface ClauseCacheOptions {
  readonly cache: SegmentCache;
  readonly sampleRateHertz: number;
  /** What the sound of a voice depends on besides the words, as in Utterance; undefined where it is not fixed. */
  readonly revision: (voice: string) => string | undefined;
  /** A clause was looked for. */
  readonly looked: (found: Found | undefined) => void;
}

/** Who wants a clause, and what the sound of their voice depends on. */
interface Whose {
  readonly voice: string;
  readonly tenant: string;
  readonly revision: string;
}

/** The key under which a tenant's own speech is kept, and that of what was prepared for everybody. */
interface Keys {
  readonly own: string;
  readonly common: string;
}

/** A text of more clauses than this is past its first segment. */
export const mostJoined = 4;

class SharedClauseCache implements ClauseCache {
  readonly #options: ClauseCacheOptions;
  /** By a clause: who wants it, and the keys of the segments that begin with it, by their number of clauses. */
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

  /** Speech of a segment is at hand for somebody. */
  #remember(clauses: readonly SpeakableClause[], of: Whose, sampleCount: number): void {
    // Of one that ends inside a clause it is not known when it has been written.
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

/** Makes it. */
export function createClauseCache(options: ClauseCacheOptions): ClauseCache {
  return new SharedClauseCache(options);
}
