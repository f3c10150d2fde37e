/** A reply to speak, and what of it must be heard again. */
export interface Reply {
  readonly text: string;
  /** Figures and names, each as it is written, or in ways that sound alike. */
  readonly facts: readonly (readonly string[])[];
}

const reply = (text: string, ...facts: (string | readonly string[])[]): Reply => ({
  text,
  facts: facts.map((fact) => [fact].flat()),
});

/** Twenty replies of an English assistant. An ear leaves the colon out of a time, or writes a full stop. */
export const english: readonly Reply[] = [
  reply("The invoice is for $125, and it is due on March 3.", "$125", "March 3"),
  reply("Your flight to Berlin leaves at 7:45 from gate 12.", "Berlin", ["7:45", "745", "7.45"], "gate 12"),
  reply("It is 25°C in Paris, with a 40% chance of rain.", "25°C", "Paris", "40%"),
  reply("The meeting with Doctor Miller is on Tuesday at 10:30.", "Doctor Miller", "Tuesday", [
    "10:30",
    "1030",
    "10.30",
  ]),
  reply("The train from London to Oxford takes 58 minutes.", "London", "Oxford", "58 minutes"),
  reply("Anna scored 92 points, and Robert scored 87.", "Anna", "92 points", "Robert", "87"),
  reply("The bridge was opened in 1937 and is 2.7 kilometers long.", "in 1937", "2.7 kilometers"),
  reply("Call the office in Chicago and ask for extension 416.", "Chicago", ["416", "4 1 6"]),
  reply("Add 250 grams of flour and 3 eggs.", "250 grams", "3 eggs"),
  reply("The room costs 89 euros a night, and breakfast is 14 euros.", "89 euros", "14 euros"),
  reply("There are 365 days in a year, and 366 in a leap year.", "365 days", "366"),
  reply("Peter ordered 6 apples and 2 bottles of water.", "Peter", "6 apples", "2 bottles"),
  reply("The population of Canada is about 41 million.", "Canada", "41 million"),
  reply("Take bus number 18 and get off after 5 stops.", "18", "5 stops"),
  reply("The battery is at 64 percent and lasts 9 more hours.", "64%", "9 more hours"),
  reply("Maria was born on July 21, 1990, in Madrid.", "Maria", ["July 21, 1990", "July 21st 1990"], "Madrid"),
  reply("The marathon is 42 kilometers, or 26 miles.", "42 kilometers", "26 miles"),
  reply("Your order number is 3 8 5, and it arrives on Friday.", ["385", "3 8 5", "3, 8, 5"], "Friday"),
  reply("The recipe takes 1 hour and 15 minutes.", "1 hour", "15 minutes"),
  reply("David paid $19.99 for the book.", "David", "$19.99"),
];

/** Twenty replies of a Chinese one: the voice speaks no English. */
export const chinese: readonly Reply[] = [
  reply("室温25°C，湿度60%。", "25°C", "60%"),
  reply("您的航班上午9点40分从北京起飞。", "9点40分", "北京"),
  reply("这件衣服打八折，现价120元。", "120元"),
  reply("会议定在3月15日下午2点。", "3月15日", "下午2点"),
  reply("上海到杭州的火车要45分钟。", "上海", "杭州", "45分钟"),
  reply("今年是2026年，一共有365天。", "2026年", "365天"),
  reply("全程42公里，大约需要5个小时。", "42公里", "5个小时"),
  reply("小明考了98分，小红考了95分。", "小明", "98分", "小红", "95分"),
  reply("广州今天有雨，最高气温31度。", "广州", "31度"),
  reply("请在第7站下车，再走300米。", "第7站", "300米"),
  reply("电池还剩64%，可以用9个小时。", "64%", "9个小时"),
  reply("这本书一共280页，价格是35元。", "280页", "35元"),
  reply("深圳的人口超过1700万。", "深圳", "1700万"),
  reply("请加入250克面粉和3个鸡蛋。", "250克", "3个鸡蛋"),
  reply("李老师的办公室在6楼。", "李老师", "6楼"),
  reply("这座桥建于1957年，长1670米。", "1957年", "1670米"),
  reply("增长率是3.5%，比去年高一些。", "3.5%"),
  reply("快递星期五送到成都。", "星期五", "成都"),
  reply("每人限购2张，每张80元。", "2张", "80元"),
  reply("图书馆晚上8点半关门。", "8点半"),
];
