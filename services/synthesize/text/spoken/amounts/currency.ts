/** A currency: how it is written before or after an amount, and its names. */
export interface Currency {
  readonly written: readonly string[];
  readonly zh: string;
  /** The English name, singular and plural; then those of the hundredth, such as cent and cents, if there is one. */
  readonly en: readonly [one: string, many: string, part?: string, parts?: string];
}

/** All known currencies. When a text is searched for their symbols and codes, longer ones are tried first. */
export const currencies: readonly Currency[] = [
  { written: ["$", "US$", "USD", "U$"], zh: "美元", en: ["dollar", "dollars", "cent", "cents"] },
  { written: ["¥", "￥", "RMB", "CNY", "CN¥", "人民币¥"], zh: "元", en: ["yuan", "yuan"] },
  { written: ["€", "EUR"], zh: "欧元", en: ["euro", "euros", "cent", "cents"] },
  { written: ["£", "GBP"], zh: "英镑", en: ["pound", "pounds", "penny", "pence"] },
  { written: ["JP¥", "JPY"], zh: "日元", en: ["yen", "yen"] },
  { written: ["HK$", "HKD"], zh: "港元", en: ["Hong Kong dollar", "Hong Kong dollars", "cent", "cents"] },
  { written: ["NT$", "TWD", "NTD"], zh: "新台币", en: ["Taiwan dollar", "Taiwan dollars"] },
  { written: ["A$", "AU$", "AUD"], zh: "澳元", en: ["Australian dollar", "Australian dollars", "cent", "cents"] },
  { written: ["C$", "CA$", "CAD"], zh: "加元", en: ["Canadian dollar", "Canadian dollars", "cent", "cents"] },
  { written: ["S$", "SGD"], zh: "新加坡元", en: ["Singapore dollar", "Singapore dollars", "cent", "cents"] },
  { written: ["₩", "KRW"], zh: "韩元", en: ["won", "won"] },
  { written: ["₹", "INR"], zh: "卢比", en: ["rupee", "rupees"] },
  { written: ["₽", "RUB"], zh: "卢布", en: ["ruble", "rubles"] },
  { written: ["฿", "THB"], zh: "泰铢", en: ["baht", "baht"] },
  { written: ["₫", "VND"], zh: "越南盾", en: ["dong", "dong"] },
  { written: ["₺", "TRY"], zh: "里拉", en: ["lira", "lira"] },
  { written: ["₿", "BTC"], zh: "比特币", en: ["bitcoin", "bitcoins"] },
  { written: ["CHF"], zh: "瑞士法郎", en: ["Swiss franc", "Swiss francs"] },
  { written: ["¢"], zh: "美分", en: ["cent", "cents"] },
];

/** The currencies, keyed by each symbol or code with which they are written. */
export const currencyByWriting: ReadonlyMap<string, Currency> = new Map(
  currencies.flatMap((c) => c.written.map((written) => [written, c])),
);
