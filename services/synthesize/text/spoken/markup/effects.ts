/** Stems of words in voice markers such as `[laughing]`; such markers are removed from texts. */
const stems =
  "laugh chuckl giggl sigh whisper gasp cough sob cry crying inhal exhal breath pant groan moan yawn sniff snor scream shout clear throat lip-smack tsk hum hums singing pause break silence " +
  "emphasis excited angry sad happy calm nervous confident surprised shocked delight scared worried upset frustrat depress empath embarrass disgust moved proud relaxed grateful curious confused joyful " +
  "disdain anxious hysteric indifferent impatient guilty scornful panick furious reluctant sarcas concil sincere sneer hesitat yield pain awkward amused applause music interrupting " +
  "volume loud low soft tone voice echo pitch accent slow fast gentle long-break short";
const stem = stems.split(" ").join("|");

/** An effect marker in square brackets: `[laughing]`, `[soft tone]`, `[audience laughter]`. */
export const bracketEffect = new RegExp(
  `\\[(?=[a-z])(?:[a-z'-]+[ ,]+){0,5}(?:${stem})[a-z]*(?:[ ,]+[a-z'-]+){0,3}\\](?![(\\[])`,
  "iy",
);
const exact =
  "laughing chuckling sobbing crying sighing panting groaning shouting screaming whispering soft tone|in a hurry tone|crying loudly|crowd laughing|background laughter|audience laughing|break|long-break|breath|cough|lip-smacking|" +
  "angry|sad|excited|surprised|satisfied|delighted|scared|worried|upset|nervous|frustrated|depressed|empathetic|embarrassed|disgusted|moved|proud|relaxed|grateful|confident|interested|curious|confused|joyful|happy|calm|" +
  "laughing|chuckling|sobbing|sighing|panting|groaning|shouting|screaming|whispering|soft tone|laughs|sighs|sigh|chuckles|giggles|gasps|gasp|whispers|笑|叹气|大笑|苦笑|微笑";
/** An effect marker in parentheses, as for older engines: `(laughing)`. */
export const parenthesisEffect = new RegExp(`[(（](?:${exact})[)）]`, "iy");
