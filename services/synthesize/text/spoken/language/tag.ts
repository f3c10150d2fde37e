/** Primary subtags of languages that are treated as another language, and the subtag of that other language. */
const readAs: Readonly<Record<string, string>> = {
  cmn: "zh",
  yue: "zh",
  wuu: "zh",
  nan: "zh",
  hak: "zh",
  tl: "fil",
  no: "nb",
  nn: "nb",
  iw: "he",
  in: "id",
};

/** The language of a BCP 47 tag, by its primary subtag: "pt" for "pt-BR"; undefined if the tag names none. */
export function primaryLanguage(tag: string | undefined): string | undefined {
  const base = tag?.toLowerCase().split(/[-_]/)[0] ?? "";
  if (base === "" || base === "und" || base === "mul" || base === "mix" || base === "zxx") return undefined;
  return readAs[base] ?? base;
}
