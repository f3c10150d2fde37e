/** What chemists call the signs of a formula, besides its letters. */
export interface ChemistryWords {
  readonly plus: string;
  readonly minus: string;
  /** Between what reacts and what it becomes. */
  readonly arrow: string;
  /** One to nine as they are said in short formulas: ツー in H₂O. */
  readonly figures: readonly string[];
}

/** What the notation of school and of programs is called. */
export interface NotationWords {
  /** A logarithm with its base. */
  logarithm(base: string, of: string): string;
  factorial(of: string): string;
  readonly diameter: string;
  /** The marks of derivatives, one or two: f′, f″. */
  readonly primes: readonly [string, string];
  /** Signs of geometry, sets and proofs. */
  readonly marks: Readonly<Record<string, string>>;
  /** Signs of programs that are written with two characters or more. */
  readonly code: Readonly<Record<string, string>>;
}
