const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

/** The value of a well-formed Roman numeral up to 399; undefined for any other text. */
export function romanValue(text: string): number | undefined {
  if (!/^C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(text) || text === "") return undefined;
  let sum = 0;
  for (let index = 0; index < text.length; index++) {
    const value = values[text[index] ?? ""] ?? 0;
    sum += value < (values[text[index + 1] ?? ""] ?? 0) ? -value : value;
  }
  return sum;
}

/** Matches text after which a Roman numeral is read as a cardinal number: "World War II" (two), "Chapter IV" (four). */
export const numberedName =
  /\b(?:War|Art\.|Pt\.|Ch\.|Bk\.|Sec\.|Amend\.|Chapter|Part|Act|Scene|Volume|Vol\.|Type|Phase|Stage|Class|Section|Article|Book|Title|Level|Grade|Bowl|Appendix|Figure|Table|Unit|Lesson|Episode|Season|Version|Mark|Mk|Tier|Category|Schedule|Theorem|Round|Group|Division|Region|Zone|Step|Case|Generation|Gen|Camp|Fantasy|Rocky|Quest|Wars|Creed|Warcraft|Diablo|Evil|Games|Olympiad|Photoshop|Civilization|Halo|Rambo|Iron|Hawks|Portal|Saturn|Apollo|Titan|Factor|Element|Nerve|Cranial Nerve)\s$/;
/** Matches text after which a Roman numeral tells people of the same name apart: "Henry VIII", "Queen Mary II", "Sr II". */
export const rulerName =
  /\b(?:Elizabeth|Henry|Louis|George|Charles|Edward|Richard|William|James|Philip|Philippe|Napoleon|Pius|Paul|Benedict|Nicholas|Catherine|Alexander|Peter|Frederick|Francis|Leo|Gregory|Ramses|Ramesses|Mary|Otto|Ivan|Innocent|Urban|Clement|Julius|Victor|Emmanuel|Umberto|Carlos|Felipe|Alfonso|Juan|Ferdinand|Maximilian|Leopold|Wilhelm|Friedrich|Christian|Gustav|Harald|Olaf|Haakon|Margrethe|Beatrix|Albert|Rainier|Constantine|Justinian|Theodosius|Cyrus|Darius|Xerxes|Ptolemy|Cleopatra|Amenhotep|Thutmose|Seti|Rama|Mehmed|Suleiman|Selim|Murad|Robert|David|Kenneth|Stephen|Celestine|Boniface|Sixtus|Adrian|Antiochus|Mithridates|Philippos|Harold|Edmund|Baldwin|Queen|King|Pope|Sr|Jr|Davis|Gates|Griffey|Ford)\s$/;
