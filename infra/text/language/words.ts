/**
 * The words that reveal a language in Latin script: function words, and words common in questions or next to numbers.
 */
const lists: Readonly<Record<string, string>> = {
  en:
    "the of and is are to in it you that for with was on this be at your have from or my we can not i'm it's i'll you're she he they " +
    "what how do a an by as will would there here has had its about which when who if but so than then them their our her his me us " +
    "were been being could should may might did does don't let let's please more most some any all no yes only just also into over " +
    "under after before between because while where why today tomorrow now time weather set turn open close tell give get got make " +
    "makes made costs cost takes take weighs call press need needs want says said up out each every other year years day days hour " +
    "hours minute minutes week month degrees people around off back down new first one two three use used sure okay hello thanks joke lights go goes went come like likes room right left good great best long high low old near next last many much well way " +
    "work works home people world number price page chapter total part between during against without through again still really help " +
    "find try keep start end read write show add change move play run buy pay send wait eat drink learn know think see look feel love",
  de:
    "der die das und ist nicht ein eine einen einem einer mit auf für von zu im am den dem des es sie wir ihr ich du er sich auch " +
    "aber oder wie was wann wer wo warum wird werden wurde hat haben sind bei nach noch nur schon bis um uhr grad heute morgen gestern " +
    "jetzt bitte kostet kosten etwa rund über unter zwischen jahr jahre jahren tag tage tagen stunden minuten prozent wetter spät mir " +
    "dir uns kann können sein seit durch beim zum zur vom dann sehr mehr liegt beträgt gibt meter kilometer erzähl erzähle witz ja nein " +
    "danke diese dieser dieses alle wenn als aus gegen ohne vor beginnt fährt bestellung nummer termin montag dienstag mittwoch donnerstag freitag samstag sonntag",
  fr:
    "à le la les des est et une un du pour vous nous que qui dans avec sur pas il elle ils je tu on au aux en ce cette ces son sa ses " +
    "mais ou où donc par plus moins fait sont être avoir ai as ont était c'est d'un d'une l'a qu'il n'est j'ai y environ entre heure " +
    "heures minutes jours jour ans années degrés euros aujourd'hui demain hier maintenant combien quel quelle quand comment pourquoi " +
    "temps coûte vaut mètres raconte blague bonjour merci oui non très tout tous même après avant sous chez leur leurs votre notre mon " +
    "ma mes se si lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre octobre novembre décembre prix",
  es:
    "el los las una un con para del por se su sus como más muy es son que de la en y no lo le les al pero este esta está están estos " +
    "hay tiene tienen fue ser hoy mañana ayer ahora cuándo cuánto cuánta cuántos cómo qué quién dónde hora horas días día años año " +
    "minutos grados tiempo cuesta cuestan entre hasta desde sobre sin también sí o si ya tu tus mi mis me te nos aproximadamente unos " +
    "unas cuéntame cuenta chiste gracias hola por favor lunes martes miércoles jueves viernes sábado domingo enero febrero abril mayo " +
    "junio julio agosto septiembre octubre noviembre diciembre sale llega abre cierra precio temperatura pedido reunión que hace tarda",
  pt:
    "o os as um uma de do da dos das em no na nos nas e é são não que com para por se seu sua seus suas como mais muito está estão " +
    "este esta isso foi ser tem têm há hoje amanhã ontem agora quando quanto quantos como qual quem onde hora horas dias dia anos ano " +
    "minutos graus tempo custa custam entre até desde sobre sem também sim ou já você seu minha meu ao à às aos pelo pela cerca conta " +
    "conte piada obrigado obrigada olá reais real segunda terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio " +
    "junho julho agosto setembro outubro novembro dezembro preço reunião pedido chega abre fecha vai fará lhe",
  it:
    "il lo la i gli le un una di del della dei delle dello degli in nel nella e è sono non che con per si suo sua come più molto sta " +
    "questo questa quello fu essere ha hanno c'è ci oggi domani ieri ora quando quanto quanti chi dove ore giorni giorno anni anno " +
    "minuti gradi tempo costa costano tra fra fino da dal dalla dalle alle al alla ai sul sulla senza anche sì o ma mi ti se circa " +
    "raccontami barzelletta grazie ciao lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio " +
    "giugno luglio agosto settembre ottobre novembre dicembre che fa arriva apre chiude prezzo temperatura ordine l'ordine l'ora è",
  nl:
    "de het een en is van in op te dat niet met voor zijn er aan ook maar om als bij uit naar dan nog wel wat hoe waar wanneer wie " +
    "waarom ik je jij u hij zij we wij jullie mijn deze dit die wordt worden heeft hebben kan kunnen laat weer morgen vandaag gisteren " +
    "nu uur graden ongeveer tussen tot over onder na jaar jaren dag dagen minuten kost kosten vertel mop grap ja nee dank bedankt " +
    "gaat duurt maandag dinsdag woensdag donderdag vrijdag zaterdag zondag trein vertrekt geen meer veel",
  sv:
    "och i att det som en är på av för med den till ett inte om har de var jag du han hon vi ni man så men eller hur vad när vem varför " +
    "kan ska blir från vid efter mellan över under idag imorgon igår nu klockan grader väder vädret kostar kronor år dagar dag timmar " +
    "minuter berätta skämt ja nej tack ungefär cirka mycket mer detta denna",
  da:
    "og i at det som en er på af for med den til et ikke om har de var jeg du han hun vi man så men eller hvordan hvad hvornår hvem " +
    "hvorfor kan skal bliver fra ved efter mellem over under dag morgen går nu klokken grader vejr vejret koster kroner år dage timer minutter fortæl ja nej tak cirka meget mere",
  nb:
    "og i å at det som en er på av for med den til et ikke om har de var jeg du han hun vi man så men eller hvordan hva når hvem " +
    "hvorfor kan skal blir fra ved etter mellom over under dag morgen går nå klokken klokka grader vær været koster kroner år dager timer minutter fortell ja nei takk omtrent mye mer",
  pl:
    "i w na z do nie się to jest są że o od po za przez dla ale czy jak co kiedy gdzie kto dlaczego ile jaka jaki jakie która który " +
    "będzie był była było ma mam może już tylko jutro dziś dzisiaj wczoraj teraz godzina godzinie godzin stopni pogoda około między " +
    "lat rok roku dni dzień minut kosztuje zł złotych opowiedz dowcip tak dziękuję proszę oraz we ze cena pociąg",
  cs:
    "a v na se je že s z do to i o k ve pro jako ale by jsem jsou jsme není bude byl byla bylo má mám může už jen jaké jaký jaká jak co " +
    "kdy kde kdo proč kolik zítra dnes včera teď hodin hodiny stupňů počasí asi mezi let rok roku dní den minut stojí korun kč řekni " +
    "vtip ano ne děkuji prosím od po za vlak odjíždí cena",
  tr:
    "ve bir bu da de için ile çok ne mi mı mu mü var yok olarak daha en kadar sonra önce gibi ama veya nasıl kaç neden nerede kim zaman " +
    "bugün yarın dün şimdi saat hava derece yaklaşık arasında yıl gün günde dakika fiyatı lira tl anlat bana fıkra evet hayır teşekkürler " +
    "olan olacak tren kalkıyor sıcaklık yüzde toplam",
  id:
    "yang dan di ke dari ini itu dengan untuk pada tidak adalah akan ada juga atau saya anda kami kita dia mereka bisa dapat sudah " +
    "belum seperti oleh karena jika berapa bagaimana apa kapan siapa mengapa dimana jam pukul sekarang besok kemarin hari cuaca suhu " +
    "derajat sekitar antara tahun bulan menit harga harganya rp ceritakan lelucon ya terima kasih lebih sangat kereta berangkat",
  ms:
    "yang dan di ke dari ini itu dengan untuk pada tidak adalah akan ada juga atau saya anda kami kita dia mereka boleh dapat sudah " +
    "belum seperti oleh kerana jika berapa bagaimana macam mana apa bila siapa mengapa pukul sekarang esok semalam hari cuaca suhu " +
    "darjah kira-kira antara tahun bulan minit harga harganya rm ringgit ceritakan jenaka ya terima kasih lebih sangat ialah",
  vi: "là và của có không được cho với các một những này đó để trong ngoài người khi thì từ đến ở về hôm nay mai bây giờ mấy giờ thế nào bao nhiêu độ ngày tháng năm phút giá khoảng thời tiết kể chuyện cười vâng cảm ơn tôi bạn anh chị em rồi sẽ đã đang",
  ro:
    "și în de la cu pe nu este sunt o un una că din pentru mai ca se care ce cum când unde cine cât câte câți azi mâine ieri acum ora " +
    "ore grade vremea timp costă lei aproximativ între până ani an zile zi minute spune glumă da mulțumesc ceasul e va fi",
  hu:
    "a az és hogy nem is egy van volt lesz ez de meg csak mi ki hol mikor miért hogyan hány mennyi milyen ma holnap tegnap most óra " +
    "órakor fok idő időjárás körülbelül között év nap napok perc kerül forint ft mondj viccet igen köszönöm már még ha",
  fi:
    "ja on ei se että hän oli ovat mutta tai kun niin myös vain mikä mitä missä milloin kuka miksi kuinka paljonko paljon tänään huomenna " +
    "eilen nyt kello kellon astetta sää noin vuotta vuonna päivää päivä minuuttia maksaa euroa kerro vitsi kyllä kiitos olen ole ovat",
  fil:
    "ang ng sa mga na at ay ko mo niya namin natin ito iyon para may wala hindi oo kung ano anong paano kailan saan sino bakit " +
    "ilan magkano oras na bukas ngayon kahapon araw panahon minuto taon piso magkwento biro salamat po kumusta ka ba lang din rin",
};

/** Sequences of letters, and the languages for which each of them is typical. */
export const letterHints: readonly (readonly [pattern: RegExp, languages: readonly string[]])[] = [
  [/[ñ]|ción\b/u, ["es"]],
  [/ß/u, ["de"]],
  [/[äöü]/u, ["de", "sv", "tr", "fi", "hu"]],
  [/[ãõ]|ções?\b/u, ["pt"]],
  [/ç/u, ["fr", "pt", "tr"]],
  [/[êèùœ]/u, ["fr"]],
  [/[òìà]\b|zione\b/u, ["it"]],
  [/å/u, ["sv", "da", "nb"]],
  [/[øæ]/u, ["da", "nb"]],
  [/[łżśąęźń]/u, ["pl"]],
  [/[řěů]|[šžč]/u, ["cs"]],
  [/[ığş]/u, ["tr"]],
  [/[őű]/u, ["hu"]],
  [/[șț]/u, ["ro"]],
  [/[đơưăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/u, ["vi"]],
  [/[áéíóú]/u, ["es", "pt", "hu", "cs"]],
  // Matches "Rechnung", but not "young", "strung", "Samsung" or "Fahrenheit".
  [/(?<=\p{L}{4})(?<!sams|str)ung\b|(?<!fahren)heit\b|(?:keit|schaft)\b/u, ["de"]],
  // Matches "Tijd", but not "hijack", "Fiji", "Beijing" or "Dijkstra".
  [/(?<![ae])ij(?=[^aeiouy]|e[nr]?\b|\b)(?!k(?:stra|smuseum))/u, ["nl"]],
  // Matches "Staat", but not "Isaac", "Aaron", "Saab", "bazaar" or "naan".
  [/\B(?<!baz|sal|\bn|\bh|\bb|kr|vrindav|transv)aa[dfgklmnprst](?!l?am\b)/u, ["nl"]],
  // Matches "woord" and "hoofd"; other words with "oo" are not enough, since English has too many: "zoom", "Google".
  [/\Boor[dt]\b|oofd|^groot/u, ["nl"]],
];

/** Maps each word of the lists to the languages that have it. */
export const languagesByWord: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, Set<string>>();
  for (const [language, list] of Object.entries(lists))
    for (const word of list.split(" ")) found.set(word, (found.get(word) ?? new Set()).add(language));
  return new Map([...found].map(([word, languages]) => [word, [...languages]]));
})();
