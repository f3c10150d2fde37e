/** What stands in docs/words.md before the tables. */
export const introduction = `# How a text is read aloud

<!-- Written by \`npm run docs\` from the rules and the readings in services/synthesize/text/spoken. -->

A model writes \`25°C\`, \`3-5天\` and \`**bold**\`; an engine is given only what is said: 二十五摄氏度, 三到五天, bold. This is the rulebook: every kind of
reading, where it is tried, and a text in which it is at work. Each of these texts is a test.

**What happens to a text.** It is cut into clauses while it is being written. Of each clause the marks of Markdown, HTML and LaTeX are taken
off; its language is chosen; then, from left to right, the lexicon is asked first, the rules of that language after it, from the top of the
table to the bottom, and the first that wants a place reads it. What nobody wants is said as it is written, or heard as a pause.

**No fact is lost.** In every language, known or not, the figures and signs of a text are heard, in their order, in words or as they are
written. Tests change each figure and each sign of many thousand sentences and listen whether it is heard.

## Which language

The language that a request names comes first, then the language of the question, then what the answer has shown so far; a clause whose own
words are plainly of another language is read in that one. A name or a unit in Latin letters does not change the language of what
stands around it. Where no language has rules, figures and signs stay as they are, and the engine reads them.

## Why was this read so?

\`\`\`sh
echo '室温25°C，湿度40~60%。' | npm run --silent duet -- read --explain
\`\`\`

tells for each clause its language and what decided it, and for each piece which rule of which language read it. With \`--json\` a program can
read it.

## A reading is wrong

1. Find the rule with \`--explain\`.
2. Add a row \`written  →  spoken\` to \`readings/LANGUAGE.txt\`, below the heading of its kind, and two more of the same kind that are written
   differently: a rule is for a kind, not for a case. \`/\` stands between clauses. \`npm test -- services/synthesize/text\` now fails.
3. Mend the rule, or add one: \`rule(name, starts, pattern, speak)\`. Above it in its list stands what must be tried before it.
4. \`npm run docs\` writes this page again. A rule in which no row is at work fails the tests.

**Replies that nobody has seen** show what the rules are worth. A file of them, one a line as \`id⇥language⇥text⇥accepted readings\`, is read with

\`\`\`sh
npx node test/words/blind/main.ts replies.tsv
npx node test/words/blind/main.ts --accept replies.tsv
\`\`\`

The first prints each with its reading for review. The second keeps those with accepted readings, which are best written before any
output is seen, as rows of \`readings/blind.tsv\`, with the day and whether they were right at first sight; the table below counts
them. Those that are still misread are named in \`readings/blind.open.txt\`: each stands for a kind still to be fixed, and is taken off the list once it is.

## Your own words

A lexicon is a YAML file that \`synthesize.lexicon\` (\`DUET_SYNTHESIZE_LEXICON\`) names:

\`\`\`yaml
all:
  SQL: sequel
zh:
  重庆: chong2 qing4
  长安: 常安
en:
  Nguyen: win
\`\`\`

Below \`all\` stand words that are said so in every text, below a language (\`zh\`, \`pt-BR\`) those of its clauses. A word is a respelling, or
pinyin with the number of each tone, which is said by characters that sound like it. Words in Latin letters are found as whole words, in any
case. Of several that fit the longest counts, and a language's own before one of \`all\`. A change of the file holds from the next text on,
without a restart; a file with an error changes nothing, and the log says which line is wrong.

`;
