import type { Dashboard } from "./grafana.ts";

/**
 * The dashboards of a deployment. The queries for Duet and vLLM are run against a real Prometheus by test/watch; those
 * for GPUs are not.
 */
export const dashboards: readonly Dashboard[] = [
  {
    uid: "duet-overview",
    title: "Duet: overview",
    panels: [
      {
        title: "Turns by outcome",
        unit: "reqps",
        queries: ["sum by (outcome) (rate(duet_edge_turn_outcomes_total[5m]))"],
      },
      { title: "First audio, p50 and p95", unit: "s", queries: quantiles("duet_edge_ttfa_seconds") },
      { title: "First text, p50 and p95", unit: "s", queries: quantiles("duet_edge_ttft_seconds") },
      {
        title: "Failures by reason",
        unit: "reqps",
        queries: ["sum by (outcome, reason) (rate(duet_edge_failures_total[5m]))"],
      },
      { title: "Gaps in the speech per turn", unit: "short", queries: ["duet:edge_gaps:per_turn"] },
      {
        title: "First audio at the listener, p50 and p95",
        unit: "s",
        queries: quantiles("duet_edge_listener_ttfa_seconds"),
      },
      {
        title: "Gaps in the speech that listeners heard",
        unit: "reqps",
        queries: ["sum(rate(duet_edge_listener_gaps_total[5m]))"],
      },
      { title: "Processes that are up", unit: "short", queries: ['up{job=~"duet-.*"}'] },
      { title: "Services that are ready for work", unit: "short", queries: ["duet_edge_service_ready"] },
      { title: "Builds", unit: "short", queries: ["count by (version, node) (duet_build_info)"] },
    ],
  },
  {
    uid: "duet-latency",
    title: "Duet: what turns wait for",
    panels: [
      {
        title: "Mean time to first audio, stacked by phase",
        unit: "s",
        stacked: true,
        queries: ["duet:edge_phase_seconds:mean"],
      },
      {
        title: "Phases, p95",
        unit: "s",
        queries: ["histogram_quantile(0.95, sum by (le, phase) (rate(duet_edge_phase_seconds_bucket[5m])))"],
      },
      {
        title: "Wait for admission to the model, p50 and p95",
        unit: "s",
        queries: quantiles("duet_generate_queue_seconds"),
      },
      {
        title: "Time to the model's first text, p50 and p95",
        unit: "s",
        queries: quantiles("duet_generate_ttft_seconds"),
      },
      {
        title: "Wait for a voice worker, p50 and p95",
        unit: "s",
        queries: quantiles("duet_synthesize_queue_seconds"),
      },
      {
        title: "Time to the voice's first audio, p50 and p95",
        unit: "s",
        queries: quantiles("duet_synthesize_ttfa_seconds"),
      },
      { title: "Duration of turns, p50 and p95", unit: "s", queries: quantiles("duet_edge_turn_seconds") },
    ],
  },
  {
    uid: "duet-engines",
    title: "Duet: engines and GPUs",
    panels: [
      {
        title: "Servers in rotation",
        unit: "short",
        queries: ["duet_generate_server_available", "duet_synthesize_server_available"],
      },
      {
        title: "Requests in a model server",
        unit: "short",
        queries: ["duet_generate_server_running", "duet_generate_server_waiting"],
      },
      { title: "KV cache in use", unit: "percentunit", queries: ["duet_generate_server_kv_cache_usage_ratio"] },
      { title: "Tokens", unit: "short", queries: ["sum by (kind) (rate(duet_generate_tokens_total[5m]))"] },
      {
        title: "Seconds of speech made per second of engine work",
        unit: "short",
        queries: [
          "sum by (engine) (rate(duet_synthesize_audio_seconds_total[5m])) / sum by (engine) (rate(duet_synthesize_engine_seconds_total[5m]))",
        ],
      },
      {
        title: "Engine work wasted on speech that nobody heard",
        unit: "percentunit",
        queries: ["duet:synthesize_engine_seconds:wasted_ratio"],
      },
      {
        title: "Segments by outcome",
        unit: "reqps",
        queries: ["sum by (outcome) (rate(duet_synthesize_segments_total[5m]))"],
      },
      {
        title: "Clauses by result of the cache lookup",
        unit: "reqps",
        queries: ["sum by (outcome) (rate(duet_synthesize_cache_clauses_total[5m]))"],
      },
      { title: "vLLM's requests", unit: "short", queries: ["vllm:num_requests_running", "vllm:num_requests_waiting"] },
      { title: "GPU in use", unit: "percent", queries: ["DCGM_FI_DEV_GPU_UTIL"] },
      { title: "GPU memory in use", unit: "decmbytes", queries: ["DCGM_FI_DEV_FB_USED"] },
    ],
  },
  {
    uid: "duet-capacity",
    title: "Duet: capacity",
    panels: [
      {
        title: "Running turns as a share of the limit",
        unit: "percentunit",
        queries: ["duet:edge_turns:saturation_ratio"],
      },
      {
        title: "Answers being written as a share of the limit",
        unit: "percentunit",
        queries: ["duet:generate_admission:saturation_ratio"],
      },
      {
        title: "Share of voice workers in use",
        unit: "percentunit",
        queries: ["duet:synthesize_slots:saturation_ratio"],
      },
      {
        title: "Running turns and their limit",
        unit: "short",
        queries: ["duet_edge_turns_in_flight", "duet_edge_turns_limit"],
      },
      {
        title: "Answers being written, answers waiting, and the limit",
        unit: "short",
        queries: [
          "duet_generate_admission_in_flight",
          "duet_generate_admission_queued",
          "duet_generate_admission_limit",
        ],
      },
      { title: "Texts being spoken", unit: "short", queries: ["duet_synthesize_sessions_in_flight"] },
      {
        title: "Refusals",
        unit: "reqps",
        queries: ["rate(duet_generate_admission_refused_total[5m])", "duet:edge_turns:refused_ratio"],
      },
      {
        title: "CPU of the processes, in cores",
        unit: "short",
        queries: ['rate(process_cpu_seconds_total{job=~"duet-.*"}[5m])'],
      },
      { title: "Memory of the processes", unit: "bytes", queries: ['process_resident_memory_bytes{job=~"duet-.*"}'] },
    ],
  },
  {
    uid: "duet-tenants",
    title: "Duet: tenants",
    panels: [
      { title: "Turns", unit: "reqps", queries: ["sum by (tenant) (rate(duet_edge_tenant_turns_total[5m]))"] },
      { title: "Tokens", unit: "short", queries: ["sum by (tenant, kind) (rate(duet_edge_tenant_tokens_total[5m]))"] },
      {
        title: "Seconds of speech per second",
        unit: "short",
        queries: ["sum by (tenant) (rate(duet_edge_tenant_audio_seconds_total[5m]))"],
      },
      {
        title: "Turns that did not complete",
        unit: "reqps",
        queries: ['sum by (tenant, outcome) (rate(duet_edge_tenant_turns_total{outcome!="completed"}[5m]))'],
      },
    ],
  },
];

/** Queries for the median and the 95th percentile of a histogram. */
function quantiles(name: string): string[] {
  return [0.5, 0.95].map((share) => `histogram_quantile(${share}, sum by (le) (rate(${name}_bucket[5m])))`);
}
