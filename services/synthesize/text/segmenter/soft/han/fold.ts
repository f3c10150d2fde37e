const traditional =
  "對從並與會還沒來為應該經雖無論讓裡裏後時過著請將給個須夠總關於據隨續爾現顯給則卻當們這話間麼嗎樣說講題點問際實麗邊導適認識議員見計場談";
const simplified =
  "对从并与会还没来为应该经虽无论让里里后时过着请将给个须够总关于据随续尔现显给则却当们这话间么吗样说讲题点问际实丽边导适认识议员见计场谈";

const folded = new Map([...traditional].map((c, index) => [c, [...simplified][index] ?? c]));

/** A character of the rules' words as it is written in mainland China. */
export const fold = (c: string): string => folded.get(c) ?? c;
