import type { Voice } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "./api.ts";
import { need } from "./dom.ts";
import { currentLanguage, onLanguage, say } from "./i18n/language.ts";
import { recall, remember } from "./memory.ts";

/** The voice menu. */
export interface Voices {
  /** The chosen voice's name; empty for the default. */
  readonly chosen: string;
  /** Loads the list of voices from the server. */
  load(): Promise<void>;
}

/** Wires up the voice menu; until the voices are loaded, it offers only the default. */
export function createVoices(assistant: Assistant): Voices {
  const select = need<HTMLSelectElement>(document, "#voice");
  const news = need(document, "#voice-news");
  let voices: readonly Voice[] = [];

  const draw = () => {
    const wanted = recall("voice");
    // Earlier versions of this page remembered voices without the name of their engine; a name without an engine still
    // means the same voice.
    const isWanted = ({ name, engine }: Voice) => name === wanted || name === `${engine}/${wanted}`;
    const chosen = voices.find(isWanted) ?? defaultVoice(voices, currentLanguage());
    const several = new Set(voices.map(({ engine }) => engine)).size > 1;
    const options = voices.map((voice) => new Option(nameOf(voice, several), voice.name, false, voice === chosen));
    select.replaceChildren(...(options.length > 0 ? options : [new Option(say("voice.default"), "")]));
    select.disabled = voices.length < 2;
    // The remembered choice is kept even if the voice is missing now: it may become available again.
    const isGone = chosen !== undefined && wanted !== undefined && !isWanted(chosen);
    news.textContent = isGone ? say("voice.gone", wanted, titleOf(chosen)) : "";
    news.hidden = !isGone;
  };
  select.addEventListener("change", () => {
    remember("voice", select.value);
    news.hidden = true;
  });
  onLanguage(draw);
  draw();

  return {
    get chosen() {
      return select.value;
    },
    async load() {
      ({ voices } = await assistant.listVoices({}));
      draw();
    },
  };
}

/**
 * The first voice known to speak a language, preferably in the variant of the same region; if there is none, the
 * server's default voice, which comes first in the list.
 */
export function defaultVoice<V extends Pick<Voice, "languages">>(
  voices: readonly V[],
  language: string,
): V | undefined {
  const own = new Intl.Locale(language).maximize();
  const fit = (voice: V) => Math.max(0, ...voice.languages.map((tag) => fitOf(own, tag)));
  const best = Math.max(0, ...voices.map(fit));
  return voices.find((voice) => fit(voice) === best);
}

/** How well a tag fits the user's language: 0 for another language, 1 for the same one, 2 if the region fits too. */
function fitOf(own: Intl.Locale, tag: string): number {
  try {
    const other = new Intl.Locale(tag).maximize();
    if (other.language !== own.language) return 0;
    return other.region === own.region ? 2 : 1;
  } catch {
    return 0;
  }
}

function titleOf({ name, displayName }: Voice): string {
  return displayName || name;
}

function nameOf(voice: Voice, several: boolean): string {
  const title = several ? `${titleOf(voice)} (${voice.engine})` : titleOf(voice);
  const spoken = voice.languages.map(languageName).join(say("voice.and"));
  return spoken === "" ? title : `${title} · ${spoken}`;
}

/** The name of a tag's language, in the page's language; the tag itself if the browser knows no name. */
function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(currentLanguage(), { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
