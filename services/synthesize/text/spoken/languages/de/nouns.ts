import { feminineNouns, neuterNouns } from "./words.ts";

/** The gender of a noun, from a list or from its ending; a compound noun has the gender of its last noun. */
export function genderOf(noun: string): "m" | "f" | "n" {
  if (feminineNouns.has(noun)) return "f";
  if (neuterNouns.has(noun)) return "n";
  if (
    /(?:ung|heit|keit|schaft|tät|ion|ie|ur|enz|anz|karte|stunde|minute|nummer|tasse|flasche|packung|woche|nacht|seite|straße|klasse|liga)$/i.test(
      noun,
    )
  )
    return "f";
  // A noun in -e is feminine, except nouns for males (Kunde), some abstract nouns (Name) and collectives (Gebirge).
  if (
    /[^aeiou]e$/.test(noun) &&
    !/^(?:Käse|Name|Vorname|Nachname|Junge|Kunde|Kollege|Experte|Zeuge|Neffe|Erbe|Hase|Löwe|Affe|Rabe|Buchstabe|Gedanke|Wille|Glaube|Friede|Haufe|Funke|Ende|Wochenende|Auge|Erbe|Interesse|Image|Ge[^n].*)$|(?:name|kunde|ende)$/.test(
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
