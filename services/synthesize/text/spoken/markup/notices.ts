import { primaryLanguage } from "../language/tag.ts";

/** What is said in a language for marks that have no words of their own. */
export interface Notices {
  /** In place of a block of code. */
  readonly code: string;
  /** Before an item of a list that is ticked, and before one that is not. */
  readonly done: string;
  readonly open: string;
  /** In place of an address that nobody wants to hear in full. */
  readonly link: string;
  /** Before what an image shows. */
  readonly image: string;
  /** Between the number of an item and the item. */
  readonly afterNumber: string;
}

const table = `
zh = 代码略。 = 已完成， = 未完成， = 链接 = 图片
en = code omitted. = done, = not done, = the link = image
ja = コードは省略します。 = 完了、 = 未完了、 = リンク = 画像
ko = 코드는 생략합니다. = 완료, = 미완료, = 링크 = 이미지
de = Code ausgelassen. = erledigt, = offen, = der Link = Bild
fr = code omis. = fait, = à faire, = le lien = image
es = código omitido. = hecho, = pendiente, = el enlace = imagen
pt = código omitido. = feito, = pendente, = o link = imagem
it = codice omesso. = fatto, = da fare, = il link = immagine
ru = код пропущен. = выполнено, = не выполнено, = ссылка = изображение
`;

const byLanguage: ReadonlyMap<string, Notices> = new Map(
  table
    .trim()
    .split("\n")
    .map((line) => {
      const [language = "", code = "", done = "", open = "", link = "", image = ""] = line.split(" = ");
      return [language, { code, done, open, link, image, afterNumber: language === "ja" ? "、" : ", " }];
    }),
);

/** In a language that is not here no word can be right: of an address its host is said, the rest is left out. */
const none: Notices = { code: "", done: "", open: "", link: "", image: "", afterNumber: ". " };

/** The notices of a language, by any BCP 47 tag. */
export const noticesOf = (language: string): Notices => byLanguage.get(primaryLanguage(language) ?? "") ?? none;
