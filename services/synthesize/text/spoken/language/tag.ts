/** Languages that are written and read as another, by their primary subtags. */
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

/** The language that a BCP 47 tag names, by its primary subtag: "pt" of "pt-BR"; undefined where the tag names none. */
export function primaryLanguage(tag: string | undefined): string | undefined {
  const base = tag?.toLowerCase().split(/[-_]/)[0] ?? "";
  if (base === "" || base === "und" || base === "mul" || base === "mix" || base === "zxx") return undefined;
  return readAs[base] ?? base;
}
