import { ours, type RuleRow, transcribe, vllm } from "./row.ts";

/** Recognizers of speech. */
export const transcribeRows: readonly RuleRow[] = [
  {
    rule: "transcribe/cards",
    severity: "error",
    config: transcribe("gpus: [4]"),
    path: "engine.transcribe.gpus",
    remedy: /below 4/,
  },
  {
    rule: "transcribe/memory",
    severity: "error",
    config: transcribe("memoryGib: 13\ngpus: [0, 0]"),
    path: "engine.transcribe.memoryGib",
    remedy: /fewer/,
  },
  {
    rule: "transcribe/licence",
    severity: "warning",
    config: transcribe("model: iic/SenseVoiceSmall"),
    path: "engine.transcribe.model",
    remedy: /Whisper/,
  },
  {
    rule: "duet/transcribe-kind",
    severity: "error",
    config: `transcribe: { kind: speaches }\n${transcribe("server: vllm-whisper")}`,
    path: "transcribe.kind",
    remedy: /to vllm-whisper/,
  },
  {
    rule: "duet/transcribe-kind",
    severity: "error",
    config: transcribe("server: whisper-cpp"),
    path: "transcribe.kind",
    remedy: /to whisper-cpp/,
  },
  {
    rule: "duet/transcribe-kind",
    severity: "error",
    config: `transcribe: { kind: auto }\n${transcribe("server: funasr-ws")}`,
    path: "transcribe.kind",
    remedy: /to funasr-ws/,
  },
  // Its usual model comes under the same licence as SenseVoice.
  {
    rule: "transcribe/licence",
    severity: "warning",
    config: transcribe("server: funasr-ws"),
    path: "engine.transcribe.model",
    remedy: /FunASR Model License/,
  },
  {
    rule: "duet/transcribe-serial",
    severity: "warning",
    config: `transcribe: { kind: whisper-cpp }\n${transcribe("server: whisper-cpp")}`,
    path: "transcribe.maxAtOnce",
    remedy: /to 1/,
  },
  {
    rule: "duet/transcribe-servers",
    severity: "warning",
    config: `transcribe: { url: "http://a, http://b" }\n${transcribe("gpus: [0]")}`,
    path: "transcribe.url",
    remedy: /List the address of each server/,
  },
  // A model on all four cards at the usual nine tenths leaves no room for anybody.
  {
    rule: "duet/same-card",
    severity: "error",
    config: `${vllm("parallelism: { tensor: 4 }\ngpus: [0, 1, 2, 3]", "gpuCount: 4")}\n  transcribe:\n    gpus: [3]`,
    path: "engine.transcribe.gpus",
    remedy: /No other GPU has that much memory left.*gpuMemoryUtilization to 0\.77/,
    vllm: ours,
  },
  // Beside Fish-Speech there is room for it; beside both there is none.
  {
    rule: "duet/same-card",
    severity: "error",
    config: `${vllm("cache: { gpuMemoryUtilization: 0.7 }\ngpus: [0]", "gpuCount: 2")}\n  speech:\n    gpus: [0]\n    memoryGib: 4\n  transcribe:\n    gpus: [0]`,
    path: "engine.transcribe.gpus",
    remedy: /Use other GPUs/,
    vllm: ours,
  },
];
