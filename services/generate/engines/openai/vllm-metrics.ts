/** What a vLLM server reports at `/metrics`, summed over its engines. Counters start at zero when the server starts. */
export interface VllmCounts {
  readonly running: number;
  readonly waiting: number;
  /** The fraction of the KV cache in use, 0 to 1, in the engine where this fraction is largest. */
  readonly kvCacheUsage: number;
  readonly generationTokens: number;
  /** How many tokens of prompts were looked up in the prefix cache, and how many of those were found. */
  readonly prefixCacheQueries: number;
  readonly prefixCacheHits: number;
  /** Counters of speculative decoding; undefined if the server does not use it. */
  readonly speculation:
    | { readonly drafts: number; readonly draftTokens: number; readonly acceptedTokens: number }
    | undefined;
  /** The fields of the server's cache config, in Python notation; empty if not reported. */
  readonly cacheConfig: ReadonlyMap<string, string>;
}

const sampleForm = /^vllm:([a-z_]+)(?:\{(.*)\})? (\S+)$/;

/** Parses metrics in the Prometheus text format; undefined if they are not vLLM's. */
export function readVllmMetrics(text: string): VllmCounts | undefined {
  const values = new Map<string, number[]>();
  let cacheConfig: string | undefined;
  for (const line of text.split("\n")) {
    const [, name = "", labels = "", value = ""] = sampleForm.exec(line) ?? [];
    if (name === "") continue;
    if (name === "cache_config_info") cacheConfig ??= labels;
    const all = values.get(name) ?? [];
    all.push(Number(value));
    values.set(name, all);
  }
  if (!values.has("num_requests_running")) return undefined;
  const sum = (name: string) => (values.get(name) ?? []).reduce((all, value) => all + value, 0);
  return {
    running: sum("num_requests_running"),
    waiting: sum("num_requests_waiting"),
    kvCacheUsage: Math.max(0, ...(values.get("kv_cache_usage_perc") ?? [])),
    generationTokens: sum("generation_tokens_total"),
    prefixCacheQueries: sum("prefix_cache_queries_total"),
    prefixCacheHits: sum("prefix_cache_hits_total"),
    speculation: values.has("spec_decode_num_drafts_total")
      ? {
          drafts: sum("spec_decode_num_drafts_total"),
          draftTokens: sum("spec_decode_num_draft_tokens_total"),
          acceptedTokens: sum("spec_decode_num_accepted_tokens_total"),
        }
      : undefined,
    cacheConfig: new Map(
      [...(cacheConfig ?? "").matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    ),
  };
}

/** The rates of a vLLM server between two readings of its counters. */
export interface VllmRates {
  /** The share of looked-up prompt tokens that were in the prefix cache; undefined if none were looked up. */
  readonly prefixCacheHitRate: number | undefined;
  /** The share of drafted tokens that were accepted; undefined if no tokens were drafted. */
  readonly acceptanceRate: number | undefined;
  /** The mean number of tokens that one step adds to an answer, at least 1; undefined if no tokens were drafted. */
  readonly meanAcceptanceLength: number | undefined;
}

/** The rates between two observations of a server; if it has restarted in between, the rates since its restart. */
export function ratesBetween(before: VllmCounts | undefined, after: VllmCounts): VllmRates {
  const base = before !== undefined && before.generationTokens <= after.generationTokens ? before : undefined;
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : undefined);
  const drafts = (after.speculation?.drafts ?? 0) - (base?.speculation?.drafts ?? 0);
  const accepted = (after.speculation?.acceptedTokens ?? 0) - (base?.speculation?.acceptedTokens ?? 0);
  const drafted = (after.speculation?.draftTokens ?? 0) - (base?.speculation?.draftTokens ?? 0);
  return {
    prefixCacheHitRate: share(
      after.prefixCacheHits - (base?.prefixCacheHits ?? 0),
      after.prefixCacheQueries - (base?.prefixCacheQueries ?? 0),
    ),
    acceptanceRate: share(accepted, drafted),
    meanAcceptanceLength: drafts > 0 ? 1 + accepted / drafts : undefined,
  };
}
