import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { parseUnit, parseUnitAfterSlash } from "./grammar.ts";

/** What is read of a text: its unit in English, and behind a bar what is left. */
const read = (text: string, parse = parseUnit): string | undefined => {
  const found = parse(text, 0);
  return found && `${found.unit.en[1]}|${text.slice(found.end)}`;
};

describe("a unit", () => {
  const rows: Readonly<Record<string, readonly (readonly [text: string, read: string | undefined])[]>> = {
    "has a digit as its power after a length, or after a second below a slash": [
      ["m2", "square meters|"],
      ["kg2", undefined],
      ["m/s2", "meters per second squared|"],
      ["s2", undefined],
      ["m/kg2", "meters|/kg2"],
    ],
    "has powers up to the fourth": [
      ["m⁴", "meters to the fourth|"],
      ["m^4", "meters to the fourth|"],
      ["m^5", "meters|^5"],
      ["m^{3}", "cubic meters|"],
      ["m^2.5", "meters|^2.5"],
      ["s²", "seconds squared|"],
    ],
    "has what is of a negative power below": [
      ["s⁻¹", "per second|"],
      ["m^-1", "per meter|"],
      ["m·kg⁻¹·s⁻²", "meters per kilogram per second squared|"],
    ],
    "has nothing of a negative power below a slash": [
      ["mg/kg", "milligrams per kilogram|"],
      ["mg/kg⁻¹", "milligrams|/kg⁻¹"],
      ["J/(kg·s⁻¹)", "joules|/(kg·s⁻¹)"],
    ],
    "has a whole bracket below a slash": [
      ["J/(kg·K)", "joules per kilogram kelvin|"],
      ["J/(kg·K", "joules|/(kg·K"],
      ["J/()", "joules|/()"],
    ],
    "has one space behind a slash, and none before": [
      ["km/ h", "kilometers per hour|"],
      ["km/  h", "kilometers|/  h"],
      ["km /h", "kilometers| /h"],
    ],
    "has any number of slashes, and days only below one": [
      ["mg/kg/day", "milligrams per kilogram per day|"],
      ["mg/day/kg", "milligrams per day per kilogram|"],
      ["day", undefined],
    ],
    "is a square or a cube by its word, where it is a length": [
      ["sq ft", "square feet|"],
      ["sq. m", "square meters|"],
      ["cu m", "cubic meters|"],
      ["sqm", "square meters|"],
      ["sq kg", undefined],
    ],
    "is multiplied with what follows, and with nothing else": [
      ["N·m", "newton meters|"],
      ["N·", "newtons|·"],
      ["N·x", "newtons|·x"],
    ],
    "has its full stop where the sentence goes on": [
      ["min. later", "minutes| later"],
      ["min. Later", "minutes|. Later"],
      ["km. later", "kilometers|. later"],
    ],
    "ends where its word ends, but before the x of a size": [
      ["kgs", undefined],
      ["cmx3", "centimeters|x3"],
      ["cmxy", undefined],
      ["mg's", undefined],
    ],
    "goes on in the figures of a duration, and is else a name": [
      ["h15", "hours|15"],
      ["h150", undefined],
      ["h15.5", undefined],
      ["A4", undefined],
    ],
    "has a prefix, which some units need": [
      ["kPa", "kilopascals|"],
      ["mM", "millimolar|"],
      ["M", undefined],
      ["kpc", "kiloparsecs|"],
      ["pc", undefined],
    ],
  };
  for (const [what, cases] of Object.entries(rows))
    it(what, () => {
      for (const [text, wanted] of cases) assert.equal(read(text), wanted, text);
    });

  it("may stand by itself below a slash", () => {
    for (const [text, wanted] of [
      ["day", "days|"],
      ["kg/day", "kilograms per day|"],
      ["(kg·day)", "kilogram days|"],
      ["人", "persons|"],
      ["/kg", undefined],
      ["kg⁻¹", undefined],
    ] as const)
      assert.equal(read(text, parseUnitAfterSlash), wanted, text);
  });
});
