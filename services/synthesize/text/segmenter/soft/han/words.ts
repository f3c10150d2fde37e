// The words with which a Chinese phrase begins or ends. A hanzi occurs in many words, so each hanzi that by itself
// begins a phrase is listed with the neighbors that make it part of another word: 对 begins a phrase, but not in 对象 or
// 绝对.

/** Whether a word always begins a phrase (`free`), or only where it cannot be a noun or an adjective (`bound`). */
export type Kind = "free" | "bound";

/** A hanzi that begins a phrase. */
export interface Opener {
  readonly kind: Kind;
  /** Characters that, when they follow the hanzi, form another word with it. */
  readonly not: string;
  /** Characters that form another word with the hanzi when they precede it: 总 before 和 forms 总和. */
  readonly after: string;
}

const rows: readonly (readonly [c: string, kind: Kind, not: string, after: string])[] = [
  // Conjunctions.
  ["和", "free", "平谐解气好睦善尚服蔼弦声", "总温柔随平谐缓暖饱亲谦共调祥中融求昭议附应谢柔"],
  ["与", "free", "会此众其否日", "参赠给授相赋干"],
  ["或", "free", "许多少", "抑即亦间"],
  ["而", "free", "言后今立已", "然从反进因幸故时继既忽终甚转"],
  ["但", "free", "丁愿凡", "不非"],
  ["并", "free", "列行发联购存排入肩轨举", "合归兼吞一"],
  ["却", "free", "步", "冷退推忘了"],
  ["则", "bound", "", "否原规法准守总细通"],
  // Words that begin the predicate after its subject.
  ["是", "free", "的", "不就也都还只可但而或要更正即便总算于老真并又却仍凡若先尤则皆乃自倒无亦国这那它他她谁"],
  ["也", "free", "", "再么点谁"],
  ["都", "free", "市城督会", "首成京古国帝故建大新旧花港么点谁"],
  ["就", "free", "业职读诊近餐寝座医绪任地势学", "成造铸高屈将迁早"],
  ["还", "free", "原款债清贷价手钱击礼", "归偿退返交奉生"],
  ["才", "free", "能华干艺智气女子", "人天刚英方口奇多全贤"],
  ["又", "free", "", ""],
  ["会", "bound", "议员见计场谈面客馆费长徽所厅堂话晤诊合师意心", "机社集约协合参与学晚舞议宴聚理体领误委开都教酒拜"],
  ["能", "bound", "力量源耗级见动干人", "可功性效智节万职技才机产动电热本官只"],
  ["要", "bound", "求点素领害么闻塞道好命诀", "需主重必首纪不只想简摘概紧显次快"],
  ["将", "bound", "来军领士近就", "即必"],
  [
    "有",
    "bound",
    "效关趣利害限名些时人的所点毒机用力意序没助益待望可",
    "没只所具含拥占享富设带持稀现共仅原惟印写刻装配附备留存",
  ],
  ["很", "bound", "多少久", ""],
  // Verbs that take a clause, and prepositions.
  ["让", "bound", "", "转礼谦"],
  ["使", "bound", "用者命得劲馆节唤", "即大天行促驱致假出"],
  ["请", "free", "求客柬假教愿缨", "申邀敬恳聘宴有"],
  ["先", "bound", "生进天前后例锋驱行", "首原领优祖事预"],
  ["再", "bound", "见次三婚生现版度", "一不"],
  [
    "在",
    "bound",
    "于乎线内意行职校场世座",
    "存现正实所内外潜自好旨何放站坐住躺挂写走停落处贴留用加倒建装藏睡活死生出长绑套戴穿盖铺堆摆浮飘埋围锁卡记印刻画涂敷洒掉陷沉待花泡浸躲扔丢趴跪靠蹲关种养抄贴粘钉插塞搁晾晒吃喝爱耗省安设定位持布集制置排投跑",
  ],
  ["对", "bound", "象面方手策照待应话抗付立等称准错不得联岸门半外内口齐决账白比", "绝反面相针应核校配派一不查成"],
  ["把", "bound", "握手柄戏关脉式", "一火大几两"],
  ["被", "bound", "子告褥窝套单害", "棉植"],
  ["从", "bound", "前来而此容事中小不属军众业头新", "服听随遵自顺跟"],
  [
    "向",
    "bound",
    "导来日量阳往上下前后",
    "方转一面导倾志横纵走动定朝去双单流通偏趋看传指射伸推奔冲扑驶飞游迈望投引拉靠送运转",
  ],
  ["比", "bound", "较如例赛重分价方萨喻率值拟武基亚利特", "对好相占性百无"],
  ["由", "bound", "于来此衷器", "自理原经缘路事任情"],
  ["用", "bound", "户品力心具途处法量水电餐语词药材料意功", "可使作采利应服食费信引占享通适专实公常有饮耐雇录租选"],
];

/** The hanzi that begin a phrase. */
export const openers: ReadonlyMap<string, Opener> = new Map(
  rows.map(([c, kind, not, after]) => [c, { kind, not, after }]),
);

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Two-character words that begin a phrase. */
export const pairs: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...list(`
    因为 所以 如果 但是 而且 并且 或者 以及 然后 因此 虽然 即使 只要 除非 由于 为了 关于 对于 无论 不管 以便 以免 比起
    还是 还有 还会 还能 还要 还可 还没 也是 也会 也能 也有 也可 也不 也没 都是 都会 都能 都有 都可 都要 都没 都不 都在
    就是 就会 就能 就可 就要 就有 而不 而是 不是 没有 可以 能够 会被 会让 会把 会在 会对 只有 只能 只是 只需 只会
    不太 不会 不能 不要 不需 不宜 不应 不再 不仅 指的 当您 当你 当我 您可 你可 我可 您会 我会 为您 为你
    含有 具有 我没 感到 并不 并没 并非 并未 却不 却没 却是 才能 才会 要是 来自 属于 位于 不建 不适 不支 不影 不导 就算 就像 也就 也许 或许`).map(
    (word) => [word, "free"] as const,
  ),
  ...list(`
    根据 按照 通过 随着 经过 直到 尤其 特别 例如 比如 包括 需要 应该 必须 可能 已经 正在 曾经 仍然 依然 往往 通常 一般 经常 常常 总是
    主要 大约 大概 至少 最多 几乎 逐渐 慢慢 首先 其实 确实 非常 比较 更加 越来 更容 更适 更需 更推 更能 更会 更有 更接 更偏
    默认 分别 讲述 象征 适合 建议 显示 最好 尽量 目前 同时 其中 总共 一共 大多 多半 难免 只好 果然 居然 终于 马上 立刻 渐渐 不断 不可 不必
    向来 从来 从小 用来 用于 讲究 取决 意味 导致 造成 帮助 提供 在于 如下 源于 源自 始于 建于 起源 诞生`).map(
    (word) => [word, "bound"] as const,
  ),
]);

/** Those of `pairs` that may be part of an attribute with 的: 显示的错误代码, 最好的办法. */
export const describing: ReadonlySet<string> = new Set(
  list("需要 包括 默认 讲述 象征 适合 建议 显示 最好 造成 导致 帮助 提供 主要 目前 可能 没有 含有 具有 来自 属于 位于"),
);

/** Words that announce a clause or a noun phrase: a speaker may stop after them, as before a colon. */
export const announcing: ReadonlySet<string> = new Set(
  list(
    "是因为 是由于 一般建议 通常建议 告诉我们 告诉大家 研究表明 研究发现 这说明 这表明 意味着 主要看 这要看 那要看 还要看 首先要看 取决于",
  ),
);

/** Words that belong to what follows, so that no phrase ends with one. */
export const leaning: ReadonlySet<string> = new Set(
  list(`
    因为 所以 如果 但是 而且 并且 或者 以及 然后 因此 虽然 即使 只要 只有 除非 由于 为了 关于 对于 根据 按照 通过 随着 经过 直到 无论 不管 尤其 例如 比如 包括
    可以 可能 需要 应该 必须 能够 已经 正在 曾经 仍然 依然 往往 通常 一般 经常 常常 总是 主要 大约 大概 至少 最多 最好 几乎 逐渐 慢慢 其实 确实 非常 十分 比较 更加 越来
    不要 不会 不能 没有 不是 就是 都是 也是 还是 只是 这是 那是 不太 尽量 一定 建议 所有 各种 很多 许多 一些 这些 那些 这个 那个 哪些 每个 一个 几个 两个 这种 那种 一种 除了 不过 超过 沿着
    一直 一起 一同 反而 主动 随时 提前 直接 只好 容易 一时 本来 正好 顺便 再次 多半 首先 大量 当场 趁着 等着 意味 味着 忙着 想着 跟着 为什 什么 怎么 如何 多么 这么 那么 究竟 到底 难道 千万 连同 不断 从前 当前
    接着 起来 上去 自然 不但 不仅 来自 属于 位于 用来 用于 绝对 相对 针对 面对 认为 成为 作为 称为 以为 视为 分为 变为 特别 希望 喜欢 想要 打算 开始 继续 学会 请问 您的 我的 你的 他的 她的 它的`),
);

/** Hanzi such as 把 that belong to the words after them, except where they end a longer word. */
export const leaningHanzi =
  "和与或而但并却则是也都就还才又会能应要将有很让使请先再在对把被从向往比由用不没为给当只更最太且若如因虽以于及其这那每各某该此几两一二三四五六七八九十百千万亿零第跟得之所总已我您你他她它谁";

/**
 * Words that end with one of `leaningHanzi` but may end a phrase, such as 原因: for each last hanzi, the hanzi that may
 * precede it. For hanzi in `openers`, the field `after` lists them instead.
 */
export const nouns: ReadonlyMap<string, string> = new Map([
  ["因", "原病成起诱"],
  ["应", "反回响供适效对感相呼"],
  ["为", "行"],
  ["当", "适相应担"],
  ["所", "厕场诊研住"],
  ["给", "供补"],
  ["及", "普"],
  ["一", "周期统唯第初"],
  ["其", "土"],
  ["此", "因如彼"],
  ["于", "对关至由等"],
]);

/** Measure words: after a number or 这, they belong to what follows. */
export const measures = "个种位条张颗段份台部家件把次句座片首只名项碗杯瓶盒袋套双层根支本篇道口间辆节";
export const counted = "0一二三四五六七八九十百千万两几这那每半某";

/** Two-character words that end a phrase of time or place. */
export const endings: ReadonlySet<string> = new Set(
  list("时期 之后 之前 以后 以前 时候 期间 的话 方面 之间 以内 以外 之中 之下 之上 来说 来讲 而言 为止 当中"),
);

/**
 * Hanzi that end a phrase of time or place, such as 时 (when). `not` lists characters after the hanzi that make it part
 * of another word, as in 时间 (time); `after` lists such characters before it, as in 小时 (hour).
 */
export const placeEndings: ReadonlyMap<string, { readonly not: string; readonly after: string }> = new Map([
  ["时", { not: "间候代刻尚髦差光钟段期常的而", after: "小同及随平按当届准临暂顿有计何定限报实课历即学工瞬彼这那早" }],
  ["里", { not: "面边程头约根斯昂的", after: "公海英这那哪" }],
  ["中", { not: "国间心央午文学医年旬秋介等级药途断毒转止立枢东型小高考部的", after: "其高初集当适华" }],
  ["上", { not: "海午下升述当课班网来去面级司线市楼台门演车传限映涨衣手岸帝的", after: "以马加关遇爱赶跟沙早晚" }],
  ["内", { not: "部容存心在外脏向衣置地涵科阁侧的", after: "国以" }],
]);

/** Hanzi that belong to the word before them, so that no border separates the two. */
export const particles = "的了着过地得们吗呢吧啊呀么之者些等里上下中内外间时";

/** Surnames. No border comes right after one, since a given name may follow. */
export const surnames =
  "王李张刘陈杨赵吴徐孙郭郑梁谢宋韩冯邓曹彭肖董潘袁蔡蒋杜魏吕姚崔谭廖贾韦邹孟熊邱尹薛闫侯郝龚邵覃";
