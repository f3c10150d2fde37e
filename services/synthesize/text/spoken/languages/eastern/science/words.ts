/** The words for the symbols of a chemical formula, besides its letters. */
export interface ChemistryWords {
  readonly plus: string;
  readonly minus: string;
  /** The word between reactants and products. */
  readonly arrow: string;
  /** One to nine as spoken in short formulas: ツー in H₂O. */
  readonly figures: readonly string[];
}

/** The words of school mathematics and programming notation. */
export interface NotationWords {
  /** A logarithm with its base. */
  logarithm(base: string, of: string): string;
  factorial(of: string): string;
  readonly diameter: string;
  /** The marks of first and second derivatives: f′, f″. */
  readonly primes: readonly [string, string];
  /** Symbols of geometry, sets and proofs. */
  readonly marks: Readonly<Record<string, string>>;
  /** Programming operators of two or more characters. */
  readonly code: Readonly<Record<string, string>>;
}
