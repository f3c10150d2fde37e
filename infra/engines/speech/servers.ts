/**
 * How a kind of server of `/v1/audio/speech` is started. The differences between the servers' APIs are Synthesize's
 * concern.
 */
export interface SpeechServer {
  /** The model that the server serves by default. */
  readonly model: string;
  /** The command that starts the server on a machine where it is installed. */
  command(start: SpeechStart): readonly string[];
  /** The server's image, and the arguments with which the image is started. */
  readonly image: string;
  containerArgs(start: SpeechStart): readonly string[];
  /** Environment variables of the server's container. */
  readonly env: Readonly<Record<string, string>>;
  /** The port on which the server listens inside its container. */
  readonly containerPort: number;
  /** The folder inside the container for the weights that the server downloads. */
  readonly weights: string;
  /** GPU memory that the server takes with its default model, in GiB; 0 if no GPU is needed. */
  readonly memoryGib: number;
}

/** What the command that starts a server contains: the model, and the address to listen on. */
export interface SpeechStart {
  readonly model: string;
  readonly host: string;
  readonly port: number;
}

/** The folder in a container where servers are told to keep what they download from the Hugging Face hub. */
const hub = "/models";
const none = () => [];

/** Servers by the value of `engine.speech.server`. */
export const speechServers: Readonly<Record<string, SpeechServer>> = {
  // Sources: vllm-omni docs/serving/speech_api.md, and docs/getting_started/installation/gpu. Since 0.25.0 the image
  // has no entry point. VoxCPM2 (Apache-2.0, 2 B parameters) fits beside an LLM on 24 GB.
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
  // Sources: sglang-omni README and docs/cookbook, which do not mention VoxCPM. Of the variants of Qwen3-TTS,
  // CustomVoice (Apache-2.0) needs no reference recording, but cannot be streamed; Base can be streamed, but needs a
  // recording. The only image tag in the documentation is `dev`.
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
  // Kokoro-FastAPI start-gpu.sh and docker/gpu/Dockerfile: 82 M parameters, less than 2 GB.
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
  // LocalAI uses the CPU, unless its image is one of those for GPUs (LocalAI docs).
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
  // The image is the one for the CPU; the one for GPUs is `latest-cuda` (speaches docs).
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
  // The minimal image includes only Piper, according to the README of openedai-speech.
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
