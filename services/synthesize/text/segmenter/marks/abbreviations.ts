/**
 * What a full stop after an abbreviation means. `never`: it never ends a sentence. `number`: it does not if a number or
 * a letter by itself follows. `name`: it does only if the next word begins sentences. `any`: it does if the next word is capitalised.
 */
export type AbbreviationKind = "never" | "number" | "name" | "any";

const words: Record<AbbreviationKind, string> = {
  never:
    "Mr Mrs Ms Mx Dr Prof Gen Sen Rep Gov Pres Capt Cpt Cmdr Col Lt Sgt Cpl Maj Adm Rev Hon St Mt Ft Supt Messrs Mme Mlle Sra Srta Dra Hr " +
    "Drs Pvt Asst Insp Det Amb Atty Brig Fig Figs fig figs Eq Eqs eq eqs Ex ex exs Vol Vols vol vols Ch ch Nos nos pp cf viz vs approx Approx esp " +
    "resp ca al incl excl cont Viz Vs e.g i.e E.g I.e eg ie z.B d.h p.ej p.ex EE pág núm Nr Bd Abb Str Ste Mlles Mmes Univ Tel tel Ext " +
    "ext sq Sq cu fl Mio Mrd Tsd Std bzw Bzw inkl zzgl evtl ggf Rte v pmt txn Sig sig Sigg Sig.ra sig.ra Dott dott Dott.ssa dott.ssa " +
    "Dr.ssa dr.ssa Prof.ssa prof.ssa Ing ing Avv avv Arch Geom Rag Mons F.lli Sres Sras Dña Profa Lic Arq Mtro Gral Sto Sta Avda Pza Ctra " +
    "Srs Exmo Eng Rod Pça Mgr cda cdas cdta cdtas tza tzas xíc colh c.-à-d p.es séc sécs secc pag pagg págs artt arts nro nr tfno teléf " +
    "apto Apto " +
    "Profas Profs Dras " +
    "vgl lt gem Hrn Fam ул им пр пл пер обл пос напр св акад проф",
  number:
    "No no n a p P Sec sec Sect Art art Tab App Ver ver Ex min max Min Max avg Avg est Est c Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov " +
    "Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun pt Pt Bk bk Para para Op op d b r fl dept Reg reg Sc sc Rm rm Ln lvl Lvl Q qtr exp " +
    "Exp pg Pg ln Lat lat mag vis Fl Ps Matt col " +
    "s ss bl " +
    "Okt Dez Mär Jh Jhd Mo Di Mi Do Fr Sa So Abs Kap Ziff д кв стр рис табл гл п ст тел доб каб ауд корп оф эт янв фев апр авг сен сент окт ноя дек",
  name:
    "Av av Pl pl a.C d.C J.-C Inc Ltd Co Corp Jr Sr Bros Dept dept Ave Blvd Rd Ln Hwy Pkwy Bldg Apt Assn Govt govt LLC Esq Expy Fwy Tpke " +
    "Plz Cir Calif Conn Penn Ariz Minn Tenn Mich pres Intl Natl Mfg Gmbh UU Ud Uds",
  any:
    "etc Etc usw temp temps ref Ref acct Acct amt appt Appt dist doz mfr mgr Mgr msg mtg pkg pct qty Qty std pts wt ht asst attn Attn jct " +
    "Jct bal oz lb lbs ft yd hr hrs secs mins wk wks mo mos yr yrs tbsp tsp qt gal kg km cm mm mi mph misc ml gr pkgs pc pcs bu cc cl cwt " +
    "paras cap caps pmts txns mths chap bd ecc jan fev mar abr jun jul nov dez lun mié jue vie sáb dom seg ter qua qui sex mer jeu ven " +
    "sam gio hab pers aprox máx mín ene ago dic gen mag giu lug set ott janv févr avr juil déc tél env réf rif izq dcha depto dpto г гг " +
    "руб коп чел тыс млн млрд мин сек " +
    "es ej col arr rép pol " +
    "Erw urspr allg bes insb insbes durchschn gegr engl dt sog verh geb gest mtl tgl jährl stdl exkl einschl abzgl Aufl Pck Pkg Stk Msp " +
    "MwSt USt bspw mind Chr вв шт ч мес нед макс ок др пн вт ср чт пт сб вс",
};

/** The abbreviations that are written with one full stop at their end (or inside, such as `e.g`). */
export const abbreviations: ReadonlyMap<string, AbbreviationKind> = new Map(
  (Object.entries(words) as [AbbreviationKind, string][]).flatMap(([kind, list]) =>
    list.split(" ").map((word) => [word, kind]),
  ),
);

/** Words that begin a sentence far more often than they follow an initial, `U.S.` or `Inc.` inside one. */
export const sentenceStarters: ReadonlySet<string> = new Set(
  (
    "The A An It Its He She We They I You This That These Those There Here In On At By For From With Without To As If When While After " +
    "Before Since Until Because Although Though But And Or So Then Thus Yet However Therefore Moreover Meanwhile Also Instead Still Now Today Tomorrow " +
    "Yesterday My Our Your His Her Their Who What Where Why Which How Do Does Did Is Are Was Were Can Could Will Would Should May Might Must Have Has " +
    "Had Let Please Yes No Not One Some Many Most Each Every All Both Another Other Others Such Only Even Just Once Next Finally Later " +
    "People Everyone Nobody Nothing Everything Tickets Students Doors Bring Call Check Use Try See Ask Read Get Take Make Keep Go Turn Click Visit Choose Pick Start Stop Come Look Find Add Press Tap Type Enter Select Save " +
    "Wait Remember Consider Contact Send Give Put Tell Think Watch Listen Follow Avoid Never Always Sometimes Usually Several Any Sales Prices Thank Thanks Sorry Perhaps Maybe " +
    "Le La Les Un Une Il Elle Nous Vous Je Ce Cette El Los Las Una Es Der Die Das Ein Eine Wir Sie Er"
  ).split(" "),
);

/** Capitalised words that go on after `a.m.` and `p.m.`. */
export const timeFollowers: ReadonlySet<string> = new Set(
  (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun January February March April May June July August September " +
    "October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET JST HKT Eastern " +
    "Central Pacific Mountain Beijing"
  ).split(" "),
);

/** Months, for the comma of `May 5, 2025`. */
export const months: ReadonlySet<string> = new Set(
  (
    "January February March April May June July August September October November December " +
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec."
  ).split(" "),
);

/** German words before an ordinal that is written with a full stop. */
export const ordinalLeads: ReadonlySet<string> = new Set(
  "der die das dem den des am im vom zum zur beim ein eine einen einem einer jeder jede jedes jeden seit Der Die Das Am Im Vom Zum Beim".split(
    " ",
  ),
);

/** German names of months, after which a day's full stop stands: 3. Oktober. */
export const ordinalFollowers: ReadonlySet<string> = new Set(
  "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Weltkrieg".split(
    " ",
  ),
);
