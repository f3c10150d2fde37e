import { createRequire } from "node:module";
import type { Llama, LlamaContext, LlamaModel } from "node-llama-cpp";
import { checkModelFile } from "./file.ts";

/** How to load a model. */
export interface LoadOptions {
  /** The path of the model, a GGUF file. */
  file: string;
  /** The maximum of prompt and answer tokens together; a lower maximum applies if the model was trained with less. */
  contextSize: number;
  /** How many answers are written at once; the model keeps a context in memory for each of them. */
  parallel: number;
  /** The number of compute threads. */
  threads: number;
}

/** A model in memory. */
export interface Loaded {
  readonly library: typeof import("node-llama-cpp");
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
}

const { dependencies } = createRequire(import.meta.url)("./package.json") as { dependencies: Record<string, string> };

/** The command that installs node-llama-cpp's binaries for this machine. */
export function installCommand(): string {
  const platform = { darwin: "mac", win32: "win" }[process.platform as string] ?? process.platform;
  const build = platform === "mac" && process.arch === "arm64" ? "mac-arm64-metal" : `${platform}-${process.arch}`;
  return `npm install --prefix infra/models/llama @node-llama-cpp/${build}@${dependencies["node-llama-cpp"]}`;
}

/** Loads a model for the CPU only. Throws a one-line message that says what to do. */
export async function loadModel({ file, contextSize, parallel, threads }: LoadOptions): Promise<Loaded> {
  await checkModelFile(file);
  const library = await importLibrary();
  let complaint = "";
  const llama = await library
    .getLlama({
      gpu: false,
      // Only prebuilt binaries: nothing is compiled or downloaded silently.
      build: "never",
      skipDownload: true,
      progressLogs: false,
      logLevel: "error",
      logger: (_level, message) => {
        complaint ||= message.trim();
      },
    })
    .catch((error: unknown) => {
      throw error instanceof library.NoBinaryFoundError ? missing() : error;
    });
  try {
    const model = await llama.loadModel({ modelPath: file });
    const context = await model.createContext({
      contextSize: Math.min(contextSize, model.trainContextSize),
      sequences: parallel,
      threads,
    });
    return { library, llama, model, context };
  } catch (error) {
    await llama.dispose();
    if (error instanceof library.InsufficientMemoryError)
      throw new Error(`${file} needs more memory than is free: use a smaller model, or lower --context or --parallel`);
    throw new Error(`${file} cannot be loaded: ${complaint || (error as Error).message}`);
  }
}

async function importLibrary(): Promise<typeof import("node-llama-cpp")> {
  try {
    return await import("node-llama-cpp");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") throw missing();
    throw error;
  }
}

function missing(): Error {
  return new Error(`--model needs llama.cpp, which is not installed. To install it (85 MB), run: ${installCommand()}`);
}
