/**
 * The process that bundles the page: reads a list of scripts, sends back the bundles, and exits. It also exits when its
 * parent process does.
 */
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** A browser module to bundle, and the addresses of the modules that it loads separately, keyed by import name. */
export interface Script {
  readonly entry: string;
  readonly apart: Readonly<Record<string, string>>;
}

/** The result of bundling one script. */
export interface Bundled {
  readonly code?: string;
  readonly error?: string;
}

process.once("disconnect", () => process.exit());
process.once("message", async (scripts: readonly Script[]) => {
  const bundled = await Promise.all(
    scripts.map((script) => bundle(script).catch((error: unknown): Bundled => ({ error: String(error) }))),
  );
  process.send?.(bundled, () => process.exit());
});

async function bundle({ entry, apart }: Script): Promise<Bundled> {
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
    return { code: output[0].code };
  } finally {
    await build.close();
  }
}
