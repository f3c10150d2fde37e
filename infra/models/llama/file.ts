import { open } from "node:fs/promises";
import { totalmem } from "node:os";
import { basename } from "node:path";

const gigabyte = 1e9;

/**
 * Checks a model file. If the file is missing, is not a model, or cannot fit into this machine's memory, throws an
 * Error whose one-line message says what to do.
 */
export async function checkModelFile(path: string): Promise<void> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === "ENOENT"
        ? `${path} does not exist: give the path of a GGUF model file`
        : `${path} cannot be read: ${error.code}`,
    );
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(`${path} is not a file: give the path of a GGUF model file`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead < 4 || buffer.toString("latin1") !== "GGUF")
      throw new Error(`${path} is not a GGUF file: convert the model to GGUF first`);
    if (stats.size > totalmem()) throw tooLarge(path, stats.size);
  } finally {
    await file.close();
  }
}

function tooLarge(path: string, size: number): Error {
  const [needed, there] = [size, totalmem()].map((bytes) => `${(bytes / gigabyte).toFixed(1)} GB`);
  return new Error(
    `${path} needs ${needed} of memory, but this machine has ${there}: use a smaller model, or a coarser quantization`,
  );
}

/** The name of a model: its file name without folder and extension. */
export function modelName(path: string): string {
  return basename(path).replace(/\.gguf$/i, "");
}
