import { fileURLToPath } from "node:url";

/** Bundles a browser module with all that it imports into one minified script; throws if it cannot. */
export async function bundle(entry: string): Promise<string> {
  // Loaded here, so that a process that never shows the page never pays for it.
  const { rolldown } = await import("rolldown");
  const input = fileURLToPath(new URL(entry, import.meta.url));
  const build = await rolldown({ input, platform: "browser", logLevel: "silent" });
  try {
    const { output } = await build.generate({ format: "esm", minify: true });
    return output[0].code;
  } finally {
    await build.close();
  }
}
