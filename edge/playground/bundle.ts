import { fileURLToPath } from "node:url";

/**
 * Bundles a browser module with all that it imports into one minified script; throws if it cannot. What is imported by a name of `apart` stays
 * out of it: the browser loads it from the address there, relative to the script's own.
 */
export async function bundle(entry: string, apart: Readonly<Record<string, string>> = {}): Promise<string> {
  // Loaded here, so that a process that never shows the page never pays for it.
  const { rolldown } = await import("rolldown");
  const input = fileURLToPath(new URL(entry, import.meta.url));
  const leaveOut = {
    name: "apart",
    resolveId: (imported: string) => {
      const address = apart[imported];
      return address === undefined ? undefined : { id: address, external: true };
    },
  };
  const build = await rolldown({ input, platform: "browser", logLevel: "silent", plugins: [leaveOut] });
  try {
    const { output } = await build.generate({ format: "esm", minify: true });
    return output[0].code;
  } finally {
    await build.close();
  }
}
