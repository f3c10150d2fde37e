/** How recognizers differ in the way they are started. The differences in their APIs are the edge's concern. */
export interface TranscribeServer {
  /** The model that the recognizer serves by default. */
  readonly model: string;
  /** The command that starts the recognizer on a machine where it is installed. */
  command(start: TranscribeStart): readonly string[];
  /** The recognizer's image, and the arguments with which the image is started. */
  readonly image: string;
  containerArgs(start: TranscribeStart): readonly string[];
  /** Environment variables of the recognizer's container. */
  readonly env: Readonly<Record<string, string>>;
  /** The port on which the recognizer listens inside its container. */
  readonly containerPort: number;
  /** The folder inside the container for the weights that the recognizer downloads. */
  readonly weights: string;
  /** GPU memory that the recognizer takes with its default model, in GiB; 0 if no GPU is needed. */
  readonly memoryGib: number;
}

/** What the command that starts a recognizer contains: the model, where to listen, and how much memory to take. */
export interface TranscribeStart {
  readonly model: string;
  readonly host: string;
  readonly port: number;
  /** The share of its GPU's memory that the server may take. */
  readonly share: number;
}

/** The folder in a container into which servers download models from the Hugging Face hub. */
const hub = "/models";

// Arguments that save GPU memory, since another engine may use the same GPU. A recording is only a few hundred tokens,
// and without CUDA graphs (`--enforce-eager`) a server takes some gigabytes less (vllm#7553).
const small = (share: number) => [
  ...["--gpu-memory-utilization", share.toFixed(2), "--max-num-seqs", "16", "--enforce-eager"],
];

const vllm = (model: string, memoryGib: number, maxModelLen: number): TranscribeServer => {
  const args = ({ model, share }: TranscribeStart) => [model, ...small(share), "--max-model-len", `${maxModelLen}`];
  return {
    model,
    command: (start) => ["vllm", "serve", ...args(start), "--host", start.host, "--port", `${start.port}`],
    // The image's entry point already starts the server, so only arguments are given.
    image: "vllm/vllm-openai:v0.29.0",
    containerArgs: (start) => [...args(start), "--host", "0.0.0.0", "--port", "8000"],
    env: { HF_HOME: hub },
    containerPort: 8000,
    weights: hub,
    memoryGib,
  };
};

/** Servers by the value of `engine.transcribe.server`. */
export const transcribeServers: Readonly<Record<string, TranscribeServer>> = {
  // Whisper's decoder is limited to 448 tokens.
  "vllm-whisper": vllm("openai/whisper-large-v3-turbo", 5, 448),
  // The weights take 3.87 GB; 6 GiB are planned, since the server may exceed its share of the GPU (Qwen3-ASR#20).
  "vllm-qwen3-asr": vllm("Qwen/Qwen3-ASR-1.7B", 6, 4096),
  // speaches docs/installation: a model is downloaded when it is requested.
  speaches: {
    model: "Systran/faster-whisper-large-v3",
    command: ({ host, port }) => [
      ...["uvicorn", "--factory", "speaches.main:create_app", "--host", host, "--port", `${port}`],
    ],
    image: "ghcr.io/speaches-ai/speaches:latest-cuda",
    containerArgs: () => [],
    env: { HF_HUB_CACHE: hub },
    containerPort: 8000,
    weights: hub,
    memoryGib: 5,
  },
  // Without -l the server assumes English (whisper.cpp examples/server). Its weights must be provided manually.
  "whisper-cpp": {
    model: "/models/ggml-large-v3-turbo.bin",
    command: ({ model, host, port }) => [
      ...["whisper-server", "-m", model, "-l", "auto", "--host", host, "--port", `${port}`],
    ],
    image: "ghcr.io/ggml-org/whisper.cpp:main-cuda",
    // The image's entry point is a shell that takes a single command line (.devops/main-cuda.Dockerfile).
    containerArgs: ({ model }) => [`whisper-server -m ${model} -l auto --host 0.0.0.0 --port 8080`],
    env: {},
    containerPort: 8080,
    weights: hub,
    memoryGib: 3,
  },
  // FunASR's C++ runtime, on the CPU (runtime/run_server.sh, with its default models). Without TLS, since a self-signed
  // certificate would be rejected.
  "funasr-ws": {
    model: "damo/speech_paraformer-large_asr_nat-zh-cn-16k-common-vocab8404-onnx",
    command: ({ model, host, port }) => [
      ...["funasr-wss-server", "--download-model-dir", "models", "--model-dir", model],
      ...["--vad-dir", "damo/speech_fsmn_vad_zh-cn-16k-common-onnx"],
      ...["--punc-dir", "damo/punc_ct-transformer_zh-cn-common-vocab272727-onnx"],
      ...["--listen-ip", host, "--port", `${port}`, "--certfile", "", "--keyfile", ""],
    ],
    image: "registry.cn-hangzhou.aliyuncs.com/funasr_repo/funasr:funasr-runtime-sdk-cpu-0.4.6",
    containerArgs: ({ model }) => [
      ...["bash", "-c", 'cd /workspace/FunASR/runtime && exec bash run_server.sh "$@"', "run_server.sh"],
      ...["--download-model-dir", "/workspace/models", "--model-dir", model, "--port", "10095", "--certfile", "0"],
    ],
    env: {},
    containerPort: 10095,
    weights: "/workspace/models",
    memoryGib: 0,
  },
};
