const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

/** The value of a well-formed Roman numeral up to 399, or undefined. */
export function romanValue(text: string): number | undefined {
  if (!/^C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(text) || text === "") return undefined;
  let sum = 0;
  for (let index = 0; index < text.length; index++) {
    const value = values[text[index] ?? ""] ?? 0;
    sum += value < (values[text[index + 1] ?? ""] ?? 0) ? -value : value;
  }
  return sum;
}
