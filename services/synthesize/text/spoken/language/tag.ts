/** Languages that are read by the rules of another language, such as Cantonese (`yue`) by those of Chinese (`zh`). */
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

/** The primary subtag of a BCP 47 tag: "pt" for "pt-BR"; undefined if the tag names no language. */
export function primaryLanguage(tag: string | undefined): string | undefined {
  const base = tag?.toLowerCase().split(/[-_]/)[0] ?? "";
  if (base === "" || base === "und" || base === "mul" || base === "mix" || base === "zxx") return undefined;
  return readAs[base] ?? base;
}
