import { NO } from "../../window/window.ts";
import { grade } from "../grade.ts";
import type { Words } from "./words.ts";

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Conjunctions and relative pronouns, before which a soft border may sound natural. */
export const joints = list(
  "and but or nor yet because although though unless while whereas if when whenever where wherever who whom whose which that since whether until before after",
);
/** Prepositions before which a stop sounds natural. */
export const prepositions = list(
  "for with without within during between among throughout across against along behind beneath beside besides beyond despite toward towards upon from by into onto under above at in on through",
);
/** Words with which a predicate begins: auxiliaries, and adverbs before a verb. */
const predicates = list(
  "is are was were has have had can will would could should may might must does do did isn't aren't wasn't weren't can't won't don't doesn't didn't usually often typically generally normally",
);
/** Words before which a soft border is acceptable, but less natural than before a preposition. */
const bearable = list("to than what how why");

/** Words that belong to the word after them: determiners, pronouns, auxiliaries, adverbs, numbers. */
const leaning = list(`
  a an the this these those my your his her its our their some any no every each all both either neither another such other more most less least few fewer many much several various certain
  i you he she we they it nobody everybody somebody anybody everyone someone anyone nothing everything something anything one who which that what where when why how whose there here
  am is are was were be been being has have had do does did can could will would shall should may might must ought
  not never also only just even still too so very quite really rather pretty fairly almost nearly about around roughly approximately over exactly at least usually often always sometimes generally typically normally mostly currently now already then ever
  and or but nor if because although though while unless until since than as of to in on at for from with by into onto upon under above between among through during before after within without about against per via like toward towards across along behind beyond off out up down
  one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million billion half dozen first second third last next same own
  new old good best better great big small large long short high low real whole main full early late please let make makes made get gets got take takes give gives keep keeps put puts
`);
/** Words that form a unit with the preposition after them, so that there is no border between the two: "wait for". */
const pairing = list(`
  look looks looking looked wait waiting ask asking asks care think thinking talk talking speak speaking listen listening depend depends depending rely relies focus focuses based consist consists consisting deal dealing agree belong
  belongs refer refers relate relates related lead leads leading due thanks according kind sort lot number part because instead back away far close ahead next left
  go goes going went gone come comes coming came get getting put set turn turns turned bring run runs cut break pick fall falls carry point points figure find hold hang call check checks sign log shut switch press start starts end ends ending fill fills work
  works working move moves stand stands sit used able different similar known famous ready aware full good bad great responsible interested available open made make
  matter matters closer closest together began begun started wanted needed decided used expected promised refused seemed appeared appears happened happens managed manages failed fails planned hoped learned helped grow grows grew rise rises rose divide divided dividing multiply multiplied multiplying followed
  apply applies pay search begin begins stay live lives lived account accounts result results suffer vary ranges range compared compare contribute help helps
  access want wants need needs like likes try tries tried trying love prefer plan plans hope tend tends learn seem seems begin continue decide allow supposed easy hard easier harder important likely enough time way
`);

/** Words that usually belong to the next word, but may end a clause: "It works better when it is warm". */
const complete = list(
  "much more most less least best better well early late here there already now all both few many everything something anything nothing off out up down",
);
/** Words that begin a subordinate clause. */
const subordinators = list(
  "because although though unless while whereas if when whenever where wherever since until before after",
);
/** Conjunctions and prepositions that may begin a sentence before its subject: "For a soft yolk you should boil it". */
const adverbials = list(
  "for in on at with after before when if once during by to as while since until without from under",
);
/** Matches a one-word subject, with or without a contracted verb: "I", "it's", "there". */
const subjects = /^(?:I|you|we|they|he|she|it|there)(?:['’]|$)/;

/** Grades how well a segment could end between two English words, without a punctuation mark; NO if it must not. */
export function judgeEnglish({ opening, few, tail, second, left, right, beforeLeft, mark, counted }: Words): number {
  const joins = joints.has(right);
  const preposition = prepositions.has(right);
  const predicate = predicates.has(right);
  if (subjects.test(right) || right === "most") return beginsMain(right, opening, left, second) ? grade.word : NO;
  if (right === "about") return isDoing(few) && mayEndSubject(few, left) ? grade.phrase : NO;
  if (right === "of") return few.length >= 4 && nominal.test(left) ? grade.word : NO;
  if (!joins && !preposition && !predicate && !bearable.has(right)) return NO;
  if (left === "") {
    // The mark closes a quotation, a bracket or a code span. After a number, however, it is a unit (`55"`), which may
    // belong to the words after it.
    if (/[”"’)\]*`]/.test(mark)) return counted ? NO : grade.phrase;
    return joins && !/^(?:and|or)$/.test(right) ? grade.phrase : NO;
  }
  const word = left.toLowerCase().replace("’", "'");
  if (complete.has(word) && subordinators.has(right)) return grade.phrase;
  if (leaning.has(word) || word.includes("'"))
    return objects.has(word) && (preposition || (joins && right.length > 3)) ? grade.phrase : NO;
  if ((right === "before" || right === "after") && isSubject(few) && !mayBeVerb.test(word)) return NO;
  // There is no border between a length of time and "before" or "after": "half an hour before a workout".
  if ((right === "before" || right === "after") && measures.has(word)) return NO;
  if ((preposition || /^(?:before|after|to)$/.test(right)) && isDoing(few)) return NO;
  if (joins) {
    // A restrictive clause is not separated from its noun: "A headache that lasts all day is often harmless".
    if (right === "that" && isSubject(few)) return NO;
    if (right !== "and" && right !== "or") return grade.phrase;
    // A coordinated object is one unit, and so is a coordinated subject: "a raft of driftwood and rope", "such as
    // squats and deadlifts".
    if (binding.has(second) || isSubject(few)) return NO;
    // No border inside a name ("Simon and Garfunkel") or a noun phrase ("a warm and sunny day").
    const name = /^\p{Lu}/u.test(left) && beforeLeft !== "";
    return name || counted || fixed.has(word) || articles.has(second.toLowerCase()) || numbers.has(second.toLowerCase())
      ? NO
      : grade.phrase;
  }
  if (predicate) return objects.has(word) || isShortClause(tail) ? NO : grade.phrase;
  if (pairing.has(word) || inner.has(second)) return NO;
  if (isSubject(few) && (belonging.has(right) || !mayBeVerb.test(word))) return NO;
  // No border before a preposition that may belong to a coordination: "in April for the blossoms and November for the
  // leaves".
  if (preposition && joining.test(second)) return NO;
  // No border before "to" in a range ("5 miles to 8 miles", "Monday to Friday"), or between a person and what the
  // person is to do ("asked Ann to call").
  if (
    right === "to" &&
    (counted ||
      (word.endsWith("ing") && !articles.has(second.toLowerCase())) ||
      measures.has(word) ||
      numbers.has(second.toLowerCase()) ||
      /^\p{Lu}/u.test(left) ||
      objects.has(word))
  )
    return NO;
  // A name may contain a preposition: "Gone with the Wind".
  if (/^\p{Lu}/u.test(left) && !dates.test(left) && beforeLeft !== "") return NO;
  return preposition ? grade.phrase : grade.word;
}

/**
 * Whether the words before a possible border are a gerund subject whose predicate has not come yet: "Drinking a glass
 * of water before meals helps".
 */
function isDoing(few: readonly string[]): boolean {
  return /^\p{Lu}?\p{L}{2,}ing$/u.test(few[0] ?? "") && !few.some((word) => predicates.has(word.toLowerCase()));
}

/**
 * Whether a gerund subject may end with the word before "about", which then begins an adverbial or what the noun is
 * about: "Drinking coffee about an hour before", "Reading books about history"; but "Hearing people talk about it".
 */
function mayEndSubject(few: readonly string[], left: string): boolean {
  const word = left.toLowerCase();
  return few.length > 1 && !linking.test(few[0] ?? "") && !leaning.has(word) && !pairing.has(word);
}

/**
 * Whether the words before a predicate are a short subject of an embedded clause: "Imagine every leaf", "Once the
 * dough".
 */
function isShortClause(tail: readonly string[]): boolean {
  return tail.some((word) => inner.has(word.toLowerCase()));
}

/**
 * Whether the words before a possible border are a noun phrase whose predicate has not come yet: "the Spanish phrase
 * for good morning", "the best times to visit Japan".
 */
function isSubject(few: readonly string[]): boolean {
  const isNoun = few.length <= 4 && determiners.has(few[0]?.toLowerCase() ?? "");
  return isNoun && !few.some((word) => predicates.has(word.toLowerCase()));
}

/**
 * Whether `right` is the subject with which a main clause begins after an introductory phrase. If `right` is "most":
 * whether a time expression begins with it, as in "most of the day".
 */
function beginsMain(right: string, opening: string, left: string, second: string): boolean {
  const word = left.toLowerCase();
  if (word === "" || leaning.has(word) || joints.has(word) || prepositions.has(word) || word.includes("'"))
    return false;
  if (right === "most") return !/^\p{Lu}/u.test(left) && articles.has(second.toLowerCase());
  if (right === "there") return word === "time" && second === "a";
  return adverbials.has(opening.toLowerCase());
}

/** First words of pairs such as "rock and roll": no segment ends before "and" or "or" after such a word. */
const fixed = list(
  "rock forward backward salt pros terms trial supply law peace back black bed mac macaroni fish rhythm drum wear nuts ladies bride cause",
);

/** Days and months: although they are capitalized, a preposition after them is not part of a name. */
const dates =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|November|December)$/;

/** Words such as "the" and "very", which belong to the word after them. */
const articles = list(
  "a an the this these those my your his her its our their some any no every each more most very so",
);
const numbers = list("one two three four five six seven eight nine ten twelve twenty thirty forty fifty hundred");

/** Units of measure; no segment ends between a unit and "to", "before" or "after": "half an hour to an hour". */
const measures = list(
  "hour hours minute minutes second seconds day days week weeks month months year years percent degrees dollars euros pounds miles kilometers meters feet inches o'clock",
);

/** Words after which a clause with its own subject follows: "Imagine every leaf", "Once the dough". */
const inner = list(
  "imagine suppose remember assume note think know say ensure sure see check if when where once because while",
);
const joining = /^(?:and|or)$/i;
/** Determiners with which a noun phrase begins. */
const determiners = list("a an the my your his her its our their");
/**
 * Endings of verbs ("The museum closes") and of adverbs after verbs ("The kids ran quickly"). A noun may have the same
 * ending.
 */
const mayBeVerb = /(?:s|ed|ly)$/;
/** Gerunds after which an adjective comes: "Feeling guilty about". */
const linking = /^(?:being|feeling|getting|becoming|staying|looking|seeming)$/i;
/** Endings of nouns made from verbs; an "of" phrase after such a noun may be a segment: "a comparison of the plans". */
const nominal = /(?:tion|sion|ison|ment|view|mary)$/;
/** Prepositions that mostly belong to the noun before them. */
const belonging = list("for to with without between against");
/** Words after which "and" or "or" may join two objects, as in "of bread and butter": no border comes before it. */
const binding = list("of to as like between from");

/** Pronouns that may end a phrase or begin one: between such a pronoun and a predicate there is no border. */
const objects = list("it you me him us them");
