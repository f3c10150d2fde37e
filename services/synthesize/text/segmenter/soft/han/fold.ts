/** The traditional characters that matter for Chinese soft borders, each followed by its simplified form. */
const pairs =
  "對对 從从 並并 與与 會会 還还 沒没 來来 為为 爲为 應应 該该 經经 雖虽 無无 論论 讓让 裡里 裏里 後后 時时 過过 請请 將将 給给 個个 須须 夠够 總总 關关 於于 據据 隨随 續续 爾尔 現现 顯显 則则 卻却 當当 們们 這这 話话 間间 麼么 嗎吗 樣样 說说 講讲 題题 點点 問问 實实 麗丽 邊边 導导 適适 認认 識识 議议 員员 見见 計计 場场 談谈 張张 條条 種种 雙双 層层 隻只 萬万 億亿 幾几 兩两 極极 絕绝 針针 較较 賽赛 價价 類类 國国 機机 協协 學学 聯联 內内 長长 門门 頭头 業业 負负 選选 費费 處处 電电 藥药 詞词 語语 線线 職职 動动 單单 褲裤 質质 勢势 醫医 診诊 讀读 禮礼 謙谦 轉转 財财 變变 繼继 終终 進进 許许 產产 術术 畫画 寫写 掛挂 設设 裝装 壓压 養养 圍围 鎖锁 約约 開开 剛刚 連连 歡欢 樂乐 達达 儘尽 僅仅 錯错 誤误 譯译 訴诉 發发 稱称 釋释 備备 輸输 復复 標标";

const folded = new Map(pairs.split(" ").map((pair) => [pair[0] ?? "", pair[1] ?? ""]));

/** The simplified form of a traditional character in `pairs`; any other character is returned unchanged. */
export const fold = (c: string): string => folded.get(c) ?? c;

/** Returns the given simplified characters and their traditional forms. */
export function withTraditional(characters: Iterable<string>): ReadonlySet<string> {
  const all = new Set(characters);
  for (const [traditional, simplified] of folded) if (all.has(simplified)) all.add(traditional);
  return all;
}
