/**
 * For each Mandarin syllable, and for each of the four tones, a common character that is pronounced only in that way; a
 * dash if there is no such character.
 */
const table = `
a 阿-- -|ai 哀癌矮爱|an 安-俺暗|ang 肮昂-盎|ao 凹熬袄傲|ba 八拔靶爸|bai 掰白百拜|ban 班-板办|bang 帮-绑棒|bao 包雹饱抱|bei 杯-北贝|ben 奔-本笨|beng 崩甭-蹦|bi 逼鼻笔币
bian 边-扁变|biao 标-表鳔|bie 憋别瘪-|bin 宾--鬓|bing 冰-饼病|bo 波博跛-|bu -醭补不|ca 擦---|cai 猜财彩菜|can 餐残惨灿|cang 苍藏--|cao 操曹草-|ce ---册|cen -岑--|ceng -层-蹭|cha 插茶-岔
chai 拆柴--|chan 掺蝉产颤|chang 昌常厂唱|chao 超潮吵-|che 车-扯彻|chen 嗔陈-趁|cheng 撑成逞秤|chi 吃池齿翅|chong 充虫宠-|chou 抽愁丑臭|chu 初除楚触|chuai 揣--踹|chuan 穿船喘串|chuang 窗床闯创
chui 吹垂--|chun 春纯蠢-|chuo 戳--绰|ci -词此刺|cong 聪从--|cou ---凑|cu 粗--醋|cuan 蹿--窜|cui 催-璀翠|cun 村存-寸|cuo 搓-- 错|da 搭达打大|dai 呆-歹代|dan 丹-胆淡|dang 裆-党荡|dao 刀-岛到
de -德--|deng 灯-等凳|di 低敌底弟|dian 颠-点店|diao 雕--掉|die 爹蝶--|ding 丁-顶定|diu 丢---|dong 东-懂动|dou 兜-抖豆|du 督毒赌杜|duan 端-短段|dui 堆--对|dun 吨-盹顿|duo 多夺躲惰|e -鹅-饿
en 恩--摁|er -儿耳二|fa 发罚法-|fan 翻凡反饭|fang 方房访放|fei 飞肥匪废|fen 分坟粉奋|feng 风逢-奉|fo -佛--|fou --否-|fu 夫服抚父|ga 嘎---|gai 该-改盖|gan 甘-敢赣|gang 刚-港杠|gao 高-稿告
ge 哥格-个|gei --给-|gen 跟--亘|geng 耕-梗-|gong 工-巩共|gou 沟-狗够|gu 姑-古故|gua 瓜-寡挂|guai 乖-拐怪|guan 官-管惯|guang 光-广逛|gui 龟-鬼贵|gun --滚棍|guo 锅国果过|ha 哈---|hai 嗨孩海害
han 憨寒喊汉|hang 夯航--|hao 蒿毫郝浩|he 喝河-贺|hei 黑---|hen -痕狠恨|heng 哼恒--|hong 轰红哄-|hou -猴吼后|hu 呼胡虎户|hua 花滑-画|huai -怀-坏|huan 欢环缓换|huang 荒黄谎晃|hui 灰回悔会|hun 昏魂-混
huo -活火货|ji 机急挤计|jia 家荚甲架|jian 尖-减见|jiang 江-讲酱|jiao 交嚼脚叫|jie 街节姐借|jin 今-紧近|jing 京-井静|jiong --窘-|jiu 纠-九旧|ju 居局举句|juan 捐-卷倦|jue 撅决--|jun 军--俊|ka 咖-卡-
kai 开-凯-|kan 刊-砍看|kang 康扛-抗|kao --考靠|ke 科壳渴客|ken --肯-|keng 坑---|kong 空-孔控|kou 抠-口扣|ku 枯-苦库|kua 夸-垮跨|kuai --蒯快|kuan 宽-款-|kuang 筐狂-矿|kui 亏葵傀愧|kun 昆-捆困
kuo ---阔|la 拉-喇辣|lai -来-赖|lan -蓝懒烂|lang -狼朗浪|lao 捞劳老涝|le ---乐|lei 勒雷垒类|leng -棱冷愣|li 哩离里力|lia --俩-|lian -连脸练|liang -凉两亮|liao 撩聊了料|lie --咧列|lin 拎林凛吝
ling -零岭另|liu 溜流柳六|long -龙拢-|lou 搂楼篓漏|lu 噜炉鲁路|lü -驴旅绿|luan -鸾卵乱|lüe ---略|lun 抡轮-论|luo 啰罗裸洛|ma 妈麻马骂|mai -埋买卖|man -蛮满慢|mang -忙莽-|mao 猫毛铆帽|mei -梅美妹
men 闷门-焖|meng 蒙盟猛梦|mi 眯迷米密|mian -棉免面|miao 喵苗秒妙|mie 咩--灭|min -民敏-|ming -明-命|miu ---谬|mo 摸魔抹墨|mou -谋某-|mu --母木|na -拿哪那|nai --奶耐|nan -男-难|nang -囊--
nao -挠脑闹|ne ---讷|nei --馁内|nen ---嫩|neng -能--|ni 妮泥你逆|nian 蔫年捻念|niang -娘-酿|niao --鸟尿|nie 捏--聂|nin -您--|ning -凝拧泞|niu 妞牛扭拗|nong -农-弄|nu -奴努怒|nü --女-
nuan --暖-|nüe ---虐|nuo -挪-诺|ou 欧-偶怄|pa 趴爬-怕|pai 拍牌-派|pan 潘盘-盼|pang 乓旁-胖|pao 抛袍跑泡|pei 胚陪-配|pen 喷盆--|peng 烹朋捧碰|pi 批皮匹屁|pian 篇骈-骗|piao 飘瓢-票|pie 瞥-撇-
pin 拼贫品聘|ping 乒平--|po 坡婆-破|pou -抔剖-|pu 扑葡普-|qi 七骑起气|qia 掐-卡恰|qian 千前浅欠|qiang 枪墙抢呛|qiao 敲桥巧俏|qie 切茄且窃|qin 亲琴寝沁|qing 青情请庆|qiong -穷--|qiu 秋球--
qu 区渠取去|quan 圈全犬劝|que 缺瘸-却|qun -群--|ran -然染-|rang -瓤嚷让|rao -饶扰绕|re --惹热|ren -人忍认|reng 扔仍--|ri ---日|rong -容冗-|rou -柔-肉|ru -如乳入|ruan --软-|rui -蕤蕊锐
run ---润|ruo ---弱|sa 撒-洒萨|sai 腮--赛|san 三-伞散|sang 桑-嗓丧|sao 骚-嫂臊|se ---涩|sen 森---|seng 僧---|sha 沙啥傻厦|shai 筛--晒|shan 山-闪善|shang 伤-赏上|shao 烧勺少哨|she 奢蛇舍社
shei -谁--|shen 身神审肾|sheng 生绳省胜|shi 师十使是|shou 收-手受|shu 书熟鼠树|shua 刷-耍-|shuai 摔-甩帅|shuan 拴--涮|shuang 双-爽-|shui -谁水睡|shun --吮顺|shuo 说--硕|si 思-死四|song 松-耸送
sou 搜-叟嗽|su 苏俗-素|suan 酸--算|sui 虽随髓岁|sun 孙-损-|suo 缩-锁-|ta 他-塔踏|tai 胎台-太|tan 贪谈坦叹|tang 汤糖躺烫|tao 涛逃讨套|te ---特|teng -疼--|ti 梯题体替|tian 天田舔-|tiao -条窕跳
tie 贴-铁-|ting 听停挺-|tong 通同桶痛|tou 偷头-透|tu 秃图土兔|tuan 湍团--|tui 推颓腿退|tun 吞屯-褪|tuo 拖驼妥唾|wa 挖娃瓦袜|wai 歪--外|wan 弯完碗万|wang 汪王网忘|wei 威围伟位|wen 温文稳问
weng 翁--瓮|wo 窝-我卧|wu 屋无五物|xi 西习洗细|xia 虾霞-下|xian 先贤显现|xiang 香祥想向|xiao 消淆小笑|xie 些鞋写谢|xin 心--信|xing 星刑醒姓|xiong 凶熊--|xiu 修-朽秀|xu 需徐许续|xuan 宣悬选炫
xue 靴学雪-|xun 勋寻-训|ya 鸭牙哑亚|yan 烟言眼燕|yang 央羊养样|yao 腰摇咬药|ye 椰爷野夜|yi 一移已意|yin 音银引印|ying 英赢影映|yo 哟---|yong 拥-勇用|you 优油有右|yu 迂鱼雨玉|yuan 冤元远院
yue 约--月|yun 晕云允运|za 扎杂--|zai 灾-宰在|zan 簪咱攒赞|zang 脏--葬|zao 遭凿早造|ze -泽-仄|zei -贼--|zen --怎-|zeng 增--赠|zha 渣闸眨炸|zhai 摘宅窄债|zhan 沾-展站|zhang 张-掌帐|zhao 招-找照
zhe 遮哲者蔗|zhen 真-枕阵|zheng 蒸-整正|zhi 知直纸治|zhong 钟-肿众|zhou 周轴肘宙|zhu 珠竹主住|zhua 抓-爪-|zhuai 拽---|zhuan 专-转撰|zhuang 庄--状|zhui 追--坠|zhun --准-|zhuo 桌浊--
zi 资-紫字|zong 宗-总纵|zou 邹-走奏|zu 租足组-|zuan 钻-纂-|zui --嘴罪|zun 尊---|zuo 嘬昨左做
`;

const characters = new Map<string, string>();
for (const entry of table.trim().split(/[|\n]/)) {
  const [syllable = "", ...tones] = entry.split(" ");
  for (const [tone, character] of [...tones.join("")].entries())
    if (character !== "-") characters.set(`${syllable}${tone + 1}`, character);
}

/**
 * A common character with the pronunciation that a pinyin syllable with tone number gives (`chong2`, `lv4` or `lü4`);
 * undefined if there is no such character.
 */
export function pinyinCharacter(syllable: string): string | undefined {
  const small = syllable
    .toLowerCase()
    .replace(/v/g, "ü")
    .replace(/^([jqxy])ü/, "$1u");
  // The table has no characters for the neutral tone (5), so those of the first or fourth tone are used.
  return (
    characters.get(small.endsWith("5") ? `${small.slice(0, -1)}1` : small) ??
    (small.endsWith("5") ? characters.get(`${small.slice(0, -1)}4`) : undefined)
  );
}
