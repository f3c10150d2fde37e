import { primaryLanguage } from "../language/tag.ts";

/** What is spoken in one language in place of markup that is not read aloud, such as a code block. */
export interface Notices {
  /** What is said instead of a code block. */
  readonly code: string;
  /** What is said for the box of a list item: `done` if it is ticked, `open` if it is not. */
  readonly done: string;
  readonly open: string;
  /** What is said instead of a URL that is too long to be spoken. */
  readonly link: string;
  /** What is said before the description of an image. */
  readonly image: string;
  /** The punctuation that makes a pause between the number of a list item and the item. */
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

/** For languages without notices: code blocks and images are left out, and of a long URL only the host is spoken. */
const none: Notices = { code: "", done: "", open: "", link: "", image: "", afterNumber: ". " };

/** Returns the notices in the language of a BCP 47 tag. */
export const noticesOf = (language: string): Notices => byLanguage.get(primaryLanguage(language) ?? "") ?? none;
