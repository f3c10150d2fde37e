import { type BaseUnit, prefixNames } from "./table.ts";

/** A base unit with its prefix and power: `km²`, `s⁻¹`. */
export interface Factor {
  readonly base: BaseUnit;
  /** The letter of the unit's prefix, as in `prefixNames`; "" if the unit has no prefix. */
  readonly prefix: string;
  /** The power to which the unit is raised, at least 1. */
  readonly power: number;
}

/**
 * The units in the numerator (`over`) and in the denominator (`under`, with one list of units for each slash):
 * `J/(kg·K)`, `mg/kg/day`.
 */
export interface UnitExpression {
  readonly over: readonly Factor[];
  readonly under: readonly (readonly Factor[])[];
}

/** A unit of measure as written, with its names. */
export interface Unit extends UnitExpression {
  /** Chinese name. */
  readonly zh: string;
  /** The unit's English name, singular and plural. */
  readonly en: readonly [one: string, many: string];
  /** Whether the unit is a single base unit written as one letter, such as `A`, which can mean other things too. */
  readonly letter: boolean;
}

/**
 * How a language names units. To support another language, give the names of base units and prefixes, and how powers,
 * products and quotients are worded; `nameUnit` does the rest.
 */
export interface UnitNames {
  /** The name of a base unit with its prefix; `many`: whether the name is the plural. */
  readonly named: (base: BaseUnit, prefix: string, many: boolean) => string;
  /** The name of a unit raised to a power above 1; `length`: whether the unit measures length. */
  readonly raised: (name: string, power: number, length: boolean) => string;
  /** The word between multiplied units. */
  readonly times: string;
  /** The word before a unit of the denominator. */
  readonly per: string;
  /** The separator between the words of a unit's name: a space or nothing. */
  readonly gap: string;
}

/** The name of a unit in the language of `names`; `many`: whether the name is the plural. */
export function nameUnit(unit: UnitExpression, names: UnitNames, many: boolean): string {
  const factor = ({ base, prefix, power }: Factor, plural: boolean): string => {
    const name = names.named(base, prefix, plural);
    return power === 1 ? name : names.raised(name, power, base.length);
  };
  const product = (factors: readonly Factor[], plural: boolean): string =>
    factors.map((part, index) => factor(part, plural && index === factors.length - 1)).join(names.times);
  const parts = unit.over.length === 0 ? [] : [product(unit.over, many)];
  for (const factors of unit.under) parts.push(names.per, product(factors, false));
  return parts.join(names.gap);
}

/** The Chinese names of units: `mg/kg/day` is 毫克每公斤每天. */
export const chineseUnitNames: UnitNames = {
  named: ({ zh }, prefix) => (prefixNames[prefix]?.[0] ?? "") + zh,
  raised: (name, power, length) =>
    length && power <= 3
      ? `${power === 2 ? "平方" : "立方"}${name}`
      : `${power === 2 ? "二" : power === 3 ? "三" : "四"}次方${name}`,
  times: "",
  per: "每",
  gap: "",
};

/** English names: "milligrams per kilogram per day". */
export const englishUnitNames: UnitNames = {
  named: ({ en }, prefix, many) => (prefixNames[prefix]?.[1] ?? "") + en[many ? 1 : 0],
  raised: (name, power, length) =>
    power === 2
      ? length
        ? `square ${name}`
        : `${name} squared`
      : power === 3
        ? length
          ? `cubic ${name}`
          : `${name} cubed`
        : `${name} to the fourth`,
  times: " ",
  per: "per",
  gap: " ",
};
