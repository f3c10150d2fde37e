import assert from "node:assert/strict";
import { it } from "vitest";
import { createSegmenter } from "../segmenter/segmenter.ts";
import { beforeNumber, times } from "../spoken/en/abbreviations/short.ts";
import { german } from "../spoken/languages/de/tongue.ts";
import { spanish } from "../spoken/languages/es/tongue.ts";
import { french } from "../spoken/languages/fr/tongue.ts";
import { italian } from "../spoken/languages/it/tongue.ts";
import { portuguese } from "../spoken/languages/pt/tongue.ts";
import { russian } from "../spoken/languages/ru/tongue.ts";
import type { Tongue } from "../spoken/languages/western/tongue.ts";
import { abbreviationsOf } from "./abbreviations.ts";
import type { Cue } from "./table.ts";

/** Whether a clause goes on after an abbreviation, with what follows it. */
function goesOn(form: string, following: string): boolean {
  const segmenter = createSegmenter();
  const clauses = [...segmenter.push(`xxxx ${form} ${following} xx.`), ...segmenter.flush()];
  return clauses.some(({ text }) => text.includes(`${form} ${following}`));
}

/** What follows an abbreviation of each cue and never begins a sentence after it. */
const following: Readonly<Record<Cue, string>> = {
  always: "xx",
  leading: "Xenia",
  trailing: "Xenia",
  name: "Xenia",
  number: "12",
  roman: "XII",
};

/** The ways that one is written: a full stop with `?` is there, spaces are or are not. */
const waysOf = (form: string): readonly string[] => {
  const full = form.replaceAll("?", "");
  return full.endsWith(".") ? [...new Set([full, full.replaceAll(" ", "")])] : [];
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

for (const [language, { written, said }] of Object.entries(abbreviationsOf)) {
  it(`cuts no clause after an abbreviation that is read, ${language}`, () => {
    const cutting: string[] = [];
    // A title is known as it is written; anything else may begin a sentence.
    for (const [cue, forms] of written)
      for (const way of forms.flatMap(waysOf))
        for (const form of cue === "name" ? [way] : [way, capitalised(way)])
          if (!goesOn(form, following[cue])) cutting.push(`${form} ${following[cue]}`);
    assert.deepEqual(cutting, []);
  });

  it(`says no abbreviation twice, ${language}`, () => {
    // Before a name or a number it may mean something else.
    const forms = [said.always, said.leading, said.trailing].flatMap((table) => [...table.keys()]);
    assert.deepEqual(forms, [...new Set(forms)]);
  });
}

it("cuts no clause after a month or a day of the week that is read", () => {
  const shorts = ({ shortMonths = [], weekdays }: Tongue): readonly string[] => [
    ...shortMonths,
    ...(weekdays?.short ?? []).flatMap((list) => list.split("|")),
  ];
  const all = [german, spanish, french, italian, portuguese, russian].flatMap(shorts);
  assert.ok(all.length > 60);
  assert.deepEqual(
    all.filter((short) => !goesOn(`${short}.`, "12")),
    [],
  );
});

it("cuts no clause after what English reads beside a number", () => {
  const units = Object.keys(times).filter((short) => !goesOn(`12 ${short}.`, "xx"));
  const words = Object.keys(beforeNumber).filter((short) => !goesOn(`${short}.`, "12"));
  assert.deepEqual([...units, ...words], []);
});
