import type { Log } from "../../../../../infra/log/log.ts";
import { NotFoundError } from "../../../../common/errors/request-error.ts";
import { type Lexicon, layerLexicons, noLexicon } from "./lexicon.ts";

/** The lexicons of a service; each file is read again when it has changed. */
export interface Lexicons {
  /**
   * The lexicon of a profile combined with the service's own, which has lower precedence; for an empty `profile`, only
   * the service's own. Throws NotFoundError for a profile without a lexicon.
   */
  current(profile: string): Promise<Lexicon>;
}

/** The files of a service's lexicons. */
export interface LexiconsOptions {
  /** The service's own lexicon file, and the setting that names it. Default: none. */
  readonly own: LexiconPlace | undefined;
  /** The lexicon files of profiles, keyed by profile id. */
  readonly profiles: ReadonlyMap<string, LexiconPlace>;
  readonly log: Pick<Log, "info" | "warn">;
}

/** The path of a lexicon file, and, for messages, the name of the setting that contains the path. */
export interface LexiconPlace {
  readonly file: string;
  readonly setting: string;
}

/** Opens all lexicons of a service. If one cannot be read or used, throws an Error that names its setting. */
export async function openLexicons({ own, profiles, log }: LexiconsOptions): Promise<Lexicons> {
  // YAML is only loaded if there is a lexicon.
  const open = async (place: LexiconPlace) => (await import("./file.ts")).openLexiconFile({ ...place, log });
  const ownFile = own && (await open(own));
  const files = new Map(
    await Promise.all([...profiles].map(async ([profile, place]) => [profile, await open(place)] as const)),
  );
  return {
    async current(profile) {
      const file = files.get(profile);
      if (profile !== "" && file === undefined)
        throw new NotFoundError(
          "lexicon: Synthesize has no lexicon of this profile: give it the same profiles as the edge",
        );
      const lower = (await ownFile?.current()) ?? noLexicon;
      return file === undefined ? lower : layerLexicons(await file.current(), lower);
    },
  };
}
