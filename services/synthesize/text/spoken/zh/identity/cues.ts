/**
 * Cues: words such as 验证码 which show that a number is to be checked or dialed, and so is read digit by digit, whatever
 * follows it: in 验证码123456对吗, 对 is not a measure word. A cue precedes its number, with at most a few words (是, 为, a
 * colon) in between; or it precedes a list of numbers and applies to all of them: 110、119和120.
 */

/** Words after which a number is a code, such as an order number or a verification code. */
const codes =
  "验证码 校验码 动态码 识别码 提取码 取件码 取货码 取餐码 取餐号 取票码 取票号 邀请码 激活码 兑换码 核销码 优惠码 折扣码 券码 授权码 注册码 机器码 追溯码 条形码 条码 商品码 信用代码 代码 代号 编码 编号 序号 暗号 口令 " +
  "后[两三四五六八]位 末[两三四五六]位 前[三四六]位 尾号 末尾 单号 订单号? 运单号? 工单号? 流水号 保单号? 凭证号 发票号码? 合同号 批号 批次号 学号 工号 卡号 账号 帐号 賬號 帳號 户号 会员号 會員號 证件号 身份证号?码? 护照号 车架号 发动机号 " +
  "执照号 证书号 准考证号? 考号 座位号 房间号 房号 门牌号? 病房号? 床号 档案号 病历号 就诊号 挂号 排队号 桌号 柜号 柜机号? 货架号? 格口 航班号? 车次 车牌号?码? 车号 牌号 机号 机身号 会议号 群号 微信号 抖音号 快手号 直播间 房间 课程号 案号 型号 序列号 " +
  "邮编 邮政编码 郵遞區號 区号 区划代码 股票代码 基金代码 股票 基金 QQ QQ群 SSID 错误码? 端口号? 状态码 報錯碼 货号 款号 色号 产品号 料号 图号 登录名 用户名 用户ID 验证 號碼 号码 编码为 MAC地址";
const passwords = "密码 密碼 口令 Wi-?Fi名[称字]? 网络名称? 热点名称? 通行码 开机码 解锁码 锁屏码";
/** Words in Latin letters after which a number is a code, such as PIN and ISBN, which occur in Chinese text too. */
const latin =
  "ID UID id Id PIN pin PNR SKU IMEI IMSI SN S/N ISBN ISSN DOI VIN No\\. NO\\. order ticket case issue booking invoice account tracking confirmation reference passcode password code extension ext\\.? room Room gate PR MR CL bug Bug Issue Order Ticket Case";
const telephones =
  "电话 電話 热线 熱線 手机 手機 致电 致電 拨打 撥打 拨通 拨 撥 来电 客服 座机 传真 总机 分机 呼叫 联系方式 联系我们 短信 报警 報警 急救 火警 匪警 转 打电话给 打给 打 联系 发送到 发送至 发至 回复 WhatsApp Tel TEL tel Phone phone Call call 电话是";
/**
 * Links: what may come between a cue and its number, any number of times. A link is listed before any shorter link with
 * which it begins or ends.
 */
const links =
  '号码 號碼 號 号 码 number 为 為 是 ： : 叫 等于 填写 填 输入 輸入 就 也 即 分别 “ " 「 『 （ ( 【 [ # 了 请 設 设置 设 成 改 默认 通常 应该 均 都 仍 还 已 更新 重置 至 到 一下 如下 以下 is are 的'.split(
    " ",
  );
const linksByEnd = Map.groupBy(links, (word) => word.at(-1) ?? "");

const alternatives = (words: string): string => words.split(" ").join("|");
/**
 * Matches right after a cue (a word that tells how the number after it is read); a named group tells the cue's kind.
 * The pattern is a look-behind, so that only one index is tested.
 */
const name = new RegExp(
  `(?<=(?:(?<password>${alternatives(passwords)})|(?<code>${alternatives(codes)})|(?<![A-Za-z])(?<latin>${alternatives(latin)})|(?<telephone>${alternatives(telephones)})))`,
  "y",
);

/** A cue that was found: `groups` tells its kind, and `end` is the index right after the cue. */
interface Named {
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly end: number;
}

/** A cache of `namedBefore` for the last text, by position: a result may depend on results at earlier positions. */
let asked: { readonly text: string; readonly named: Map<number, Named | undefined> } = { text: "", named: new Map() };

/** The cue before `at`: right before it, or with only link words such as 是 in between. */
function namedBefore(text: string, at: number): Named | undefined {
  if (asked.text !== text) asked = { text, named: new Map() };
  if (asked.named.has(at)) return asked.named.get(at);
  const found = namedBeforeLink(text, at) ?? namedAt(text, at);
  asked.named.set(at, found);
  return found;
}

function namedBeforeLink(text: string, at: number): Named | undefined {
  const last = text[at - 1] ?? "";
  if (/\s/.test(last)) return namedBefore(text, at - 1);
  for (const word of linksByEnd.get(last) ?? []) {
    const found = text.endsWith(word, at) ? namedBefore(text, at - word.length) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function namedAt(text: string, at: number): Named | undefined {
  name.lastIndex = at;
  const groups = name.exec(text)?.groups;
  return groups === undefined ? undefined : { groups, end: at };
}

/** Matches the previous item of a list of numbers, with the word or mark that joins it to the next: `1234、`. */
const listed = /(?<=((?:[A-Za-z\d*#][A-Za-z\d*#-]+|\d)\s?(?:[、，,]|和|或者?|与|及|以及|还有|还是|\/)\s?))/y;

/** The word that shows that a number is read digit by digit, and how it is connected with the number. */
export interface Cue {
  readonly kind: "code" | "password" | "telephone";
  /** How the digit 1 is read: 幺 after a Chinese cue, 一 after an English one. */
  readonly one: "幺" | "一";
  /** Whether a word such as 是, or a colon, comes between cue and number, so that the number is not a count. */
  readonly linked: boolean;
  /** Whether other numbers of the same list come between the cue and its number. */
  readonly listed: boolean;
}

const linking = /号|號|码|number|为|為|是|：|:|叫|填|输|輸|“|"|「|【|\[|#|成|默认|is|are/;

/** The cue right before the number at `index`, or right before the list of numbers that this number belongs to. */
export function cueBefore(text: string, index: number): Cue | undefined {
  for (let at = index, items = 0; items < 8; items++) {
    const named = namedBefore(text, at);
    if (named !== undefined) {
      const { groups: found, end } = named;
      return {
        kind: found.password !== undefined ? "password" : found.telephone !== undefined ? "telephone" : "code",
        one: found.latin === undefined || /^(?:ext|extension)/.test(found.latin) ? "幺" : "一",
        linked: linking.test(text.slice(end, at)) || items > 0,
        listed: items > 0,
      };
    }
    listed.lastIndex = at;
    const item = listed.exec(text)?.[1];
    if (item === undefined) return undefined;
    at -= item.length;
  }
  return undefined;
}

const signs: Record<string, string> = {
  _: "下划线",
  "#": "井号",
  "*": "星号",
  "@": "艾特",
  ".": "点",
  "/": "斜杠",
  "+": "加",
  "&": "和",
  $: "美元符",
  "!": "感叹号",
  "%": "百分号",
  ":": "冒号",
};

/** Says a code symbol by symbol; `one` is what is said for the digit 1, and `dash` what is said for a hyphen. */
export function spellCode(text: string, one = "幺", dash = ""): string {
  let spoken = "";
  for (const part of text.match(/\d|[A-Za-z]+|[^A-Za-z\d]/g) ?? [])
    spoken += /\d/.test(part)
      ? part === "1"
        ? one
        : "零一二三四五六七八九".charAt(Number(part))
      : /[A-Za-z]/.test(part)
        ? part
        : part === "-"
          ? dash
          : (signs[part] ?? "");
  return spoken;
}
