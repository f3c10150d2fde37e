import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { blockTokens } from "./batch/prefix.ts";

/** The stand-in's metrics, under the names that vLLM's own `/metrics` uses. */
export interface VllmMetrics {
  /** To be called after a step of the batch, with the number of tokens in the step. */
  onStep(tokens: number): void;
  /** To be called for each request, with the number of its prompt's tokens, and how many of these were in the cache. */
  onPrompt(tokens: number, cachedTokens: number): void;
  /** To be called for each request in a speculative step, with the numbers of draft tokens and of accepted ones. */
  onGuess(tokens: number, accepted: number): void;
  /** To be called when a request's first token is sent, `ms` milliseconds after the request arrived. */
  onFirstToken(ms: number): void;
  /** To be called for each token that is sent. */
  onToken(): void;
  /** To be called when any token but the first is sent, `ms` milliseconds after the token before it. */
  onTokenAfter(ms: number): void;
  /** To be called when a request ends, `ms` milliseconds after its arrival, with the number of tokens sent. */
  onEnd(reason: string, ms: number, tokens: number): void;
  /** Renders the metrics in Prometheus's text format. */
  render(load: { running: number; waiting: number; kvUsage: number }): Promise<string>;
  readonly contentType: string;
}

const firstToken = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560,
];
const betweenTokens = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];
const endToEnd = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];
const iteration = [1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384];

const tokenCounts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];

/** The parts of the stand-in's configuration that appear in its metrics. */
export interface ShownConfig {
  modelName: string;
  prefixCaching: boolean;
  kvTokens: number;
  /** The number of draft tokens per request and step; undefined without speculative decoding. */
  guesses: number | undefined;
}

/** Creates the metrics of one stand-in. */
export function createVllmMetrics({ modelName, prefixCaching, kvTokens, guesses }: ShownConfig): VllmMetrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ["engine", "model_name"] as const;
  const labels = { engine: "0", model_name: modelName };
  const gauge = (name: string, help: string) => new Gauge({ name: `vllm:${name}`, help, labelNames, registers });
  const counter = (name: string, help: string) => {
    const made = new Counter({ name: `vllm:${name}_total`, help, labelNames, registers });
    made.inc(labels, 0);
    return made;
  };
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `vllm:${name}`, help, labelNames, registers, buckets });

  const running = gauge("num_requests_running", "Number of requests in model execution batches.");
  const waiting = gauge("num_requests_waiting", "Number of requests waiting to be processed.");
  const kvUsage = gauge("kv_cache_usage_perc", "KV-cache usage. 1 means 100 percent usage.");
  const promptTokens = counter("prompt_tokens", "Number of prefill tokens processed.");
  const generationTokens = counter("generation_tokens", "Number of generation tokens processed.");
  const cacheQueries = counter("prefix_cache_queries", "Prefix cache queries, in terms of number of queried tokens.");
  const cacheHits = counter("prefix_cache_hits", "Prefix cache hits, in terms of number of cached tokens.");
  // The stand-in never preempts; the metric exists for clients that read it.
  counter("num_preemptions", "Cumulative number of preemption from the engine.");
  const drafts =
    guesses === undefined ? undefined : counter("spec_decode_num_drafts", "Number of spec decoding drafts.");
  const draftTokens =
    guesses === undefined ? undefined : counter("spec_decode_num_draft_tokens", "Number of draft tokens.");
  const acceptedTokens =
    guesses === undefined ? undefined : counter("spec_decode_num_accepted_tokens", "Number of accepted tokens.");
  const cacheConfig = {
    block_size: `${blockTokens}`,
    cache_dtype: "auto",
    enable_prefix_caching: prefixCaching ? "True" : "False",
    gpu_memory_utilization: "0.92",
    num_gpu_blocks: `${Math.floor(kvTokens / blockTokens)}`,
    engine: "0",
  };
  new Gauge({
    name: "vllm:cache_config_info",
    help: "Information of the LLMEngine CacheConfig",
    labelNames: Object.keys(cacheConfig),
    registers,
  }).set(cacheConfig, 1);
  const ended = new Counter({
    name: "vllm:request_success_total",
    help: "Count of successfully processed requests.",
    labelNames: [...labelNames, "finished_reason"],
    registers,
  });
  for (const reason of ["stop", "length", "abort", "error", "repetition"])
    ended.inc({ ...labels, finished_reason: reason }, 0);
  const ttft = histogram("time_to_first_token_seconds", "Histogram of time to first token in seconds.", firstToken);
  const itl = histogram("inter_token_latency_seconds", "Histogram of inter-token latency in seconds.", betweenTokens);
  const e2e = histogram("e2e_request_latency_seconds", "Histogram of e2e request latency in seconds.", endToEnd);
  const prompts = histogram("request_prompt_tokens", "Number of prefill tokens processed.", tokenCounts);
  const generated = histogram("request_generation_tokens", "Number of generation tokens processed.", tokenCounts);
  const steps = histogram("iteration_tokens_total", "Histogram of number of tokens per engine_step.", iteration);

  return {
    onStep: (tokens) => steps.observe(labels, tokens),
    onPrompt(tokens, cachedTokens) {
      promptTokens.inc(labels, tokens);
      prompts.observe(labels, tokens);
      if (!prefixCaching) return;
      cacheQueries.inc(labels, tokens);
      cacheHits.inc(labels, cachedTokens);
    },
    onGuess(tokens, accepted) {
      drafts?.inc(labels);
      draftTokens?.inc(labels, tokens);
      acceptedTokens?.inc(labels, accepted);
    },
    onFirstToken: (ms) => ttft.observe(labels, ms / 1000),
    onToken: () => generationTokens.inc(labels),
    onTokenAfter: (ms) => itl.observe(labels, ms / 1000),
    onEnd(reason, ms, tokens) {
      ended.inc({ ...labels, finished_reason: reason });
      e2e.observe(labels, ms / 1000);
      generated.observe(labels, tokens);
    },
    render(load) {
      running.set(labels, load.running);
      waiting.set(labels, load.waiting);
      kvUsage.set(labels, load.kvUsage);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
