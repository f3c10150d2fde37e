import assert from "node:assert/strict";
import { it } from "vitest";
import { ratesBetween, readVllmMetrics, type VllmCounts } from "./vllm-metrics.ts";

const page = `# HELP vllm:num_requests_running Number of requests in model execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="m"} 3.0
vllm:num_requests_running{engine="1",model_name="m"} 4.0
vllm:num_requests_waiting{engine="0",model_name="m"} 2.0
vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.5
vllm:cache_config_info{block_size="16",cache_dtype="auto",enable_prefix_caching="True",engine="0"} 1.0
vllm:generation_tokens_total{engine="0",model_name="m"} 1e+06
vllm:generation_tokens_created{engine="0",model_name="m"} 1.7e+09
vllm:prefix_cache_queries_total{engine="0",model_name="m"} 400.0
vllm:prefix_cache_hits_total{engine="0",model_name="m"} 300.0
vllm:spec_decode_num_drafts_total{engine="0",model_name="m"} 100.0
vllm:spec_decode_num_draft_tokens_total{engine="0",model_name="m"} 300.0
vllm:spec_decode_num_accepted_tokens_total{engine="0",model_name="m"} 120.0
process_cpu_seconds_total 3.0
`;

it("reads vLLM's page, engines together", () => {
  const counts = readVllmMetrics(page) as VllmCounts;
  assert.deepEqual(
    [counts.running, counts.waiting, counts.kvCacheUsage, counts.generationTokens],
    [7, 2, 0.5, 1_000_000],
  );
  assert.equal(counts.cacheConfig.get("enable_prefix_caching"), "True");
  assert.deepEqual(counts.speculation, { drafts: 100, draftTokens: 300, acceptedTokens: 120 });
});

it("knows a page that is not vLLM's", () => {
  for (const other of ["", "<html>", "go_goroutines 12\n", page.replaceAll("vllm:", "other:")])
    assert.equal(readVllmMetrics(other), undefined);
});

it("takes rates between two readings, and from the start of a server that was started anew", () => {
  const after = readVllmMetrics(page) as VllmCounts;
  const before = { ...after, generationTokens: 5, prefixCacheQueries: 300, prefixCacheHits: 250 };
  assert.equal(ratesBetween(before, after).prefixCacheHitRate, 0.5);
  assert.equal(ratesBetween(before, after).acceptanceRate, undefined, "nothing was guessed in between");
  assert.deepEqual(ratesBetween({ ...after, generationTokens: 2_000_000 }, after), {
    prefixCacheHitRate: 0.75,
    acceptanceRate: 0.4,
    meanAcceptanceLength: 2.2,
  });
});
