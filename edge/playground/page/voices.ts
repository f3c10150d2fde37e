import type { Voice } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "./api.ts";
import { need } from "./dom.ts";
import { currentLanguage, onLanguage, say } from "./i18n/language.ts";
import { recall, remember } from "./memory.ts";

/** The choice of voices. */
export interface Voices {
  /** The chosen voice's name; empty for the default. */
  readonly chosen: string;
  /** Asks the server for its voices. */
  load(): Promise<void>;
}

/** Brings the choice of voices to life; until they are known there is only the default. */
export function createVoices(assistant: Assistant): Voices {
  const select = need<HTMLSelectElement>(document, "#voice");
  const news = need(document, "#voice-news");
  let voices: readonly Voice[] = [];

  const draw = () => {
    const wanted = recall("voice");
    const chosen = voices.find(({ name }) => name === wanted) ?? defaultVoice(voices, currentLanguage());
    const options = voices.map((voice) => new Option(nameOf(voice), voice.name, false, voice === chosen));
    select.replaceChildren(...(options.length > 0 ? options : [new Option(say("voice.default"), "")]));
    select.disabled = voices.length < 2;
    // The choice is kept: the voice may come back.
    const isGone = chosen !== undefined && wanted !== undefined && chosen.name !== wanted;
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

/** The first voice that is known to speak a language, best its very region; else the server's default, which is the first. */
export function defaultVoice<V extends Pick<Voice, "languages">>(
  voices: readonly V[],
  language: string,
): V | undefined {
  const own = new Intl.Locale(language).maximize();
  const fit = (voice: V) => Math.max(0, ...voice.languages.map((tag) => fitOf(own, tag)));
  const best = Math.max(0, ...voices.map(fit));
  return voices.find((voice) => fit(voice) === best);
}

/** 0: another language, or none that anybody knows; 1: the language; 2: of that region. */
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

function nameOf(voice: Voice): string {
  const spoken = voice.languages.map(languageName).join(say("voice.and"));
  return spoken === "" ? titleOf(voice) : `${titleOf(voice)} · ${spoken}`;
}

/** A language as the page's reader calls it; the tag itself where nobody has a name for it. */
function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(currentLanguage(), { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
