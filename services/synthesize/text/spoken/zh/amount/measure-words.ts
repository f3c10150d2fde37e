/** Words that count things; 2 before one of them is 两. */
const counted =
  "个 位 条 名 只 张 本 件 台 辆 架 艘 间 座 栋 套 双 对 副 把 根 支 枝 颗 粒 块 片 份 种 类 样 项 次 回 趟 遍 场 顿 番 步 句 段 首 篇 幅 页 层 匹 棵 株 朵 瓶 杯 碗 盘 桶 盒 箱 袋 包 罐 桌 " +
  "排 行 列 组 批 队 群 股 串 节 道 门 笔 封 部 轮 圈 块 毛 角 分钟 小时 天 周 星期 年 秒 岁 米 公里 千米 厘米 毫米 毫升 公斤 千克 斤 克 吨 升 亩 倍 成 寸 尺 英里 英尺 英寸 平方 立方 瓦 伏 家 户 人 者 边 方 侧 端 面 国 省 市 校 " +
  "处 大 点 夜 晚 分 百 千 万 亿 条 阶段 克 兆 款 档 局 盏 扇 床 顶 株 所 集 堂 课 卷 册 枚 滴 勺 匙 茶匙 汤匙 口 头 声 下 眼 拳 脚 针 剂 例 起 宗 桩 期间 刻钟 公顷 磅 盎司 字节 美元 欧元 英镑 日元 港元 度电";
const notCounted =
  "次方 次幂 年级 年代 月 日 号 楼 手 次元 分之 点零 点一 点二 点三 点四 点五 点六 点七 点八 点九 度 期 级 等 班 代 版 维 胎 线 环 路 万五 面体 进制 大爷 人转 声道";

const yes = new RegExp(`^(?:来|多|余|整|大)?(?:${counted.split(" ").join("|")})`);
const no = new RegExp(`^(?:${notCounted.split(" ").join("|")})`);

/** Whether a word that counts things follows. */
export const isCounted = (following: string): boolean =>
  yes.test(following.trimStart()) && !no.test(following.trimStart());
