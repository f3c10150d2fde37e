import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "profiles");

/**
 * A config that is shipped with Duet. It has nothing to do with the profiles of assistants (`profiles` in duet.yaml).
 */
export interface Profile {
  readonly name: string;
  /** The path of the config file. */
  readonly file: string;
  /** The config's purpose, from the comment at its beginning. */
  readonly about: string;
}

/** The configs that are shipped with Duet, sorted by name. */
export function listProfiles(): Profile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => {
      const lines = readFileSync(join(folder, file), "utf8").split("\n");
      const comment = lines.slice(
        0,
        lines.findIndex((line) => !line.startsWith("#")),
      );
      const about = comment.map((line) => line.replace(/^#\s*/, "")).join(" ");
      return { name: file.replace(/\.yaml$/, ""), file: join(folder, file), about };
    });
}
