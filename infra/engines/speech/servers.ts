/** What differs between servers of `/v1/audio/speech` when they are started. How each is spoken with is Synthesize's affair. */
export interface SpeechServer {
  /** The model that it serves where none is named. */
  readonly model: string;
  /** The command that starts it on a machine where it is installed. */
  command(start: SpeechStart): readonly string[];
  /** What its image is run with instead. */
  readonly image: string;
  containerArgs(start: SpeechStart): readonly string[];
  /** Variables of its container. */
  readonly env: Readonly<Record<string, string>>;
  /** The port that its image listens at. */
  readonly containerPort: number;
  /** Where the image keeps the weights that it fetches. */
  readonly weights: string;
  /** Memory of a card that it takes with its usual model, GiB; 0 where a card is not needed. */
  readonly memoryGib: number;
}

/** What a server is started with. */
export interface SpeechStart {
  readonly model: string;
  readonly host: string;
  readonly port: number;
}

/** Where images are told to keep what they fetch from the hub. */
const hub = "/models";
const none = () => [];

/** Servers by the name that `engine.speech.server` takes. */
export const speechServers: Readonly<Record<string, SpeechServer>> = {
  // vllm-omni docs/serving/speech_api.md, and docs/getting_started/installation/gpu: since 0.25.0 the image has no entry point.
  // VoxCPM2 (Apache-2.0, 2 B) fits beside an LLM on 24 GB.
  "vllm-omni": {
    model: "openbmb/VoxCPM2",
    command: ({ model, host, port }) => ["vllm", "serve", model, "--omni", "--host", host, "--port", `${port}`],
    image: "vllm/vllm-omni:v0.25.0",
    containerArgs: ({ model }) => ["vllm", "serve", model, "--omni", "--host", "0.0.0.0", "--port", "8091"],
    env: { HF_HOME: hub },
    containerPort: 8091,
    weights: hub,
    memoryGib: 10,
  },
  // sglang-omni README and docs/cookbook, which know no VoxCPM. CustomVoice (Apache-2.0) needs no recording, and is not streamed;
  // Base streams and wants one. The only tag that its documentation names is `dev`.
  "sglang-omni": {
    model: "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice",
    command: ({ model, host, port }) => [
      ...["sgl-omni", "serve", "--model-path", model],
      ...["--host", host, "--port", `${port}`],
    ],
    image: "lmsysorg/sglang-omni:dev",
    containerArgs: ({ model }) => ["sgl-omni", "serve", "--model-path", model, "--host", "0.0.0.0", "--port", "8000"],
    env: { HF_HOME: hub },
    containerPort: 8000,
    weights: hub,
    memoryGib: 10,
  },
  // Kokoro-FastAPI start-gpu.sh and docker/gpu/Dockerfile: 82 M parameters, below 2 GB.
  "kokoro-fastapi": {
    model: "kokoro",
    command: ({ host, port }) => ["uvicorn", "api.src.main:app", "--host", host, "--port", `${port}`],
    image: "ghcr.io/remsky/kokoro-fastapi-gpu:latest",
    containerArgs: none,
    env: { HF_HOME: hub },
    containerPort: 8880,
    weights: hub,
    memoryGib: 2,
  },
  // LocalAI docs: it computes on the processor unless its image is one of those for cards.
  localai: {
    model: "tts-1",
    command: ({ host, port }) => ["local-ai", "run", "--address", `${host}:${port}`],
    image: "localai/localai:latest",
    containerArgs: none,
    env: {},
    containerPort: 8080,
    weights: "/models",
    memoryGib: 0,
  },
  // speaches docs: the image for processors; `latest-cuda` is the other one.
  speaches: {
    model: "speaches-ai/Kokoro-82M-v1.0-ONNX",
    command: ({ host, port }) => [
      ...["uvicorn", "--factory", "speaches.main:create_app"],
      ...["--host", host, "--port", `${port}`],
    ],
    image: "ghcr.io/speaches-ai/speaches:latest-cpu",
    containerArgs: none,
    env: { HF_HOME: hub },
    containerPort: 8000,
    weights: hub,
    memoryGib: 0,
  },
  // openedai-speech README: the minimal image speaks by Piper alone.
  "openedai-speech": {
    model: "tts-1",
    command: ({ host, port }) => ["python", "speech.py", "--host", host, "--port", `${port}`],
    image: "ghcr.io/matatonic/openedai-speech-min",
    containerArgs: none,
    env: {},
    containerPort: 8000,
    weights: "/app/voices",
    memoryGib: 0,
  },
};
