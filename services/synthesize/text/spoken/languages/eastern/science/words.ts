/** How the signs and numbers of a chemical formula are spoken. */
export interface ChemistryWords {
  readonly plus: string;
  readonly minus: string;
  /** The word for the arrow between the reactants and the products of a reaction. */
  readonly arrow: string;
  /** The numbers from one to nine, as they are spoken in short formulas: ツー in H₂O. */
  readonly figures: readonly string[];
}

/** How symbols of school mathematics and of programming are spoken. */
export interface NotationWords {
  /** The spoken form of the logarithm of `of` to the base `base`. */
  logarithm(base: string, of: string): string;
  factorial(of: string): string;
  readonly diameter: string;
  /** The words for the primes of first and second derivatives: f′, f″. */
  readonly primes: readonly [string, string];
  /** The words for symbols of geometry, sets and proofs, by symbol. */
  readonly marks: Readonly<Record<string, string>>;
  /** The spoken forms of programming operators with two or more characters, such as `!=`, keyed by operator. */
  readonly code: Readonly<Record<string, string>>;
}
