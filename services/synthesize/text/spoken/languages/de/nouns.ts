import { feminineNouns, neuterNouns } from "./words.ts";

/** The gender of a noun, as its ending or a list tells; of a compound its last part's. */
export function genderOf(noun: string): "m" | "f" | "n" {
  if (feminineNouns.has(noun)) return "f";
  if (neuterNouns.has(noun)) return "n";
  if (
    /(?:ung|heit|keit|schaft|tät|ion|ie|ur|enz|anz|karte|stunde|minute|nummer|tasse|flasche|packung|woche|nacht|seite|straße|klasse)$/.test(
      noun,
    )
  )
    return "f";
  return /(?:chen|lein|ment|um|tum|nis|jahr|zimmer|haus|buch|glas|stück|ticket|spiel|tor|wort|konto|paket|ei|gramm|hundert|geschoss)$/.test(
    noun,
  )
    ? "n"
    : /ei$/.test(noun)
      ? "f"
      : "m";
}
