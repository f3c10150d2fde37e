/**
 * How long a silence must last to end an utterance, depending on the utterance's words. After a complete sentence a
 * short silence is enough; after a sentence that breaks off, the user gets time to continue. Recognizers put a full
 * stop after nearly everything, so the punctuation is ignored if the last word calls for another word.
 */

/**
 * How much silence ends an utterance, in milliseconds: after a complete sentence (`whole`), after text without final
 * punctuation (`open`), and after text whose last word calls for another word (`unsure`).
 */
const waits = { whole: 300, open: 500, unsure: 1500 } as const;

const wholeMark = /[.!?。！？](?:["'”’」』)）]*)$/u;
const openMark = /(?:[,，、;；:：~～—–-]|\.\.\.|…+)$/u;
/** Matches English words, such as conjunctions and fillers, at the end of a text that the user will continue. */
const openEnglish =
  /(?:^|\s)(?:and|or|but|so|because|the|an?|to|of|for|with|from|if|when|that|than|my|your|is|are|um+|uh+|er+m?|hmm+|like|well)$/iu;
/** Matches Chinese words, such as conjunctions and fillers, at the end of a text that the user will continue. */
const openChinese =
  /(?:然后|因为|但是|不过|所以|而且|如果|要是|还有|就是|就是说|那个|这个|比如|比如说|或者|以及|关于|嗯+|呃+|和|跟|把|被|在|从|对于)$/u;

/** How long a silence after this text must last to end the utterance, in milliseconds. */
export function endsAfterMs(text: string): number {
  const said = text.trim();
  const words = said.replace(/[.。]$/u, "");
  if (openMark.test(said) || openEnglish.test(words) || openChinese.test(words)) return waits.unsure;
  return wholeMark.test(said) ? waits.whole : waits.open;
}
