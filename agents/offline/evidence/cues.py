"""What words give away, in Chinese and English: an order, a price, stock, a question."""

import re

ASKS = re.compile(
    r"[?？吗呢几谁怎咋哪啥]|(?<![那这要])么|多少|多久|什么|如何|不(?=$|[ ,，。])"
    r"|\b(?:how|what|when|where|who|which)\b|^(?:can|may|must|should|do|does|is|are|will|would)\b"
)
OWN_CASE = re.compile(
    r"我(?:们|家|司|这边)?(?:的|这|那|现在|目前|最近|还|本|上|到)|现在|目前|[本这](?:个)?(?:季|月|周)"
    r"|\b(?:my|our)(?: \w+){0,2} (?:order|rebate|account|balance|credit|debt|limit|line|terms|tier|target|payment)"
    r"|\b(?:so far|right now|currently|this quarter|this month)\b|\b(?:are|have|did|were|was|am) (?:we|i)\b"
    r"|\bdo (?:we|i) still\b"
)
WHERE_GOODS = re.compile(
    r"(?:where(?:'?s| is| are)|any (?:news|word|sign|update)|(?:has|have)(?:n'?t| not)|still not|not yet"
    r"|waiting for).*"
    r"(?:stuff|goods|delivery|deliveries|shipment|truck|driver|parcel|order)"
    r"|(?:stuff|goods|delivery|shipment|truck|driver|parcel).*(?:has|have)(?:n'?t| not)|(?:stuff|goods"
    r"|delivery).*where"
    r"|(?:上|这|那|前|最后)一?[趟批车回次]的?货[^,，。]{0,14}(?:到|签收|收到|送到|送达)了?(?:没有?|吗|伐|未|么"
    r"|不)(?:[呀啊呢?？]|$)"
    r"|(?:[货单]|订单|司机|东西).{0,6}(?:在哪|到哪|哪[儿里]了|没到|还没|没来)"
)
REMEDY = re.compile(r"赔|补偿|投诉|索赔|怎么办|处理|规定|compensat|claim|complain|refund|policy|what if")
SEVERAL = re.compile(r"哪些|哪几|所有|全部|几张|which|(?<![a-z])(?:list|all|orders)(?![a-z])")
OF_ALL_GOODS = re.compile(r"哪[些几](?:个|款|种)?(?:货|产品|品|东西)|which (?:products|goods|items|ones)")
PRICE = re.compile(
    r"(?<![a-z])(?:price(?!y)|cost|how much|quote|before tax|(?:ex|excl|excluding|net of) (?:vat|tax)"
    r"|what(?:'?s| is) (?:a|one|each|per) (?:case|carton|box|pallet)(?= *(?:$|[?!,.;]|of(?![a-z])|at(?![a-z])|go for"
    r"|for (?:us|me)))"
    r"|(?:a|per|one) (?:case|carton|box|pallet) (?:is|goes for|at) (?:what|how much)"
    r"|what (?:does|would|will|do) (?:a|one|each|every) (?:case|carton|box|pallet) (?:come to|run|work out)"
    r"|what(?:'?s| is| are| would be) \d+ (?:cases?|boxes|pallets?|bottles?|packs?|cartons?)"
    r"|what (?:do|does|would|did) [a-z][a-z' ]{1,40} pay (?:for|on|per)(?= )"
    r"|what (?:do|would|will|am|are) (?:i|we|they) (?:be )?(?:pay|charged)|set (?:me|us) back|(?:me|us) at for)"
    r"|[怎咋]么?卖(?![得出完])|多少一[箱件瓶提托包](?!装)"
    r"|(?<!几)[一每][箱件瓶提托]多少(?=[啊呀呢 ]*(?:$|[,，?？。]))|多钱|几块钱?"
    r"|啥价|多少钱|价格|[拿进提出到]货?手?价|单价|报价|报一?下|报个|含税|未税"
    r"|税前|[什啥]么?价"
)
STOCK = re.compile(
    r"有货|还有|库存|现货|[断缺补来]货|in stock|available"
    r"|(?<![a-z])(?:any|much|many|is there|are there|do you (?:still )?have)(?![a-z]).{0,24}(?:left|still)"
)
OWN_ORDER = re.compile(r"单|(?<![a-z])orders?(?![a-z])")
AS_BEFORE = re.compile(
    r"上[一次回单]|一样|同样|照旧|照[着上]|老样子|原样|(?<![a-z])(?:same|last|previous|repeat|again|usual)(?![a-z])"
)
CARRIES_ON = re.compile(r"^ *(?:还有|还要|再|另外|加|以及|和|跟|外加|(?:and|also|plus|as well as)(?![a-z]))")
EACH = re.compile(r"各|每样|每种|都(?:来|要|拿|订|给我|上|加)|两[个种样款]都|\beach\b|\bboth\b")
BETWEEN = re.compile(r"[\s,，、.。]+|\band\b|和|跟")
DELIVERY = re.compile(r"^ *(?:please )?(?:deliver|ship|send|送|发)(?!ed|ing|ment|货了|了|没)")
CHANGES = re.compile(
    r"[改换加减删砍]|去掉|拿掉|剔[除掉]|压[到成]|降到|缩[到减]|不要|少[发送]|多[发送]"
    r"|(?<![a-z])(?:chang|amend|add|remov|swap|replac|instead|drop|reduc|increas|make|postpon|bump|up the |cut|trim"
    r"|chop|take .{2,30} (?:off|out)(?![a-z]))"
)
ALTERS = re.compile(
    r"改|换|减|删|砍|加到|压[到成]|降到|缩[到减]|拿掉|剔[除掉]|去掉|划掉|不要|少[发送要]|写[少多错]|下[少多错]|记错"
    r"|[少多]写|[少多]下|推[迟后]|延[后迟期]|提前|晚[几一两点]|早[几一两点]"
    r"|(?<![a-z])(?:chang|amend|remov|swap|replac|instead|drop|reduc|increas|mak(?:e|ing)|postpon|push"
    r"|mov(?:e|ing)|delay|hold (?:back|off)|hold .{2,40} back|put (?:off|back)|put .{2,40} off"
    r"|down to|up to|bring|cut|bump|knock|up the |trim|chop|raise|lower|only|take .{2,30} (?:off|out)(?![a-z])"
    r"|lose the|without the|leave .{2,30} out)"
)
ORDERS_IN_A_STATE = re.compile(
    r"(?:接单|受理|提交|审核|[发出付签收]货?|付款|打款|在途|路上|取消|驳回|被?拒绝?|退回|完成"
    r"|关闭)[了的过]*(?:还没[\u4e00-\u9fff]{1,3})?的?"
    r"(?:给我|帮我|都|全部?)?(?:订?单子?|那?[些几][张个]?单|[列拉][个一])|(?:[哪几有][些几张个]?|所有|全部)(?:订单"
    r"|单子)"
    r"|(?<![a-z])(?:accepted|submitted|unshipped|shipped|pending|open|cancell?ed|rejected|unpaid|placed|waiting"
    r"|outstanding)"
    r" (?:\w+ )?orders(?![a-z])"
    r"|等着?(?:我们?)?(?:付款|打款|付钱|打钱)的|(?<![a-z])(?:waiting|waits?) (?:on|for) (?:my|our|me to|us to)"
    r" ?(?:payment|money|pay)(?![a-z])"
    r"|(?<![a-z])which (?:of (?:those|them|these)|ones?) .{0,12}(?:not|n'?t|still|yet)(?![a-z])"
    r"|(?<![a-z])orders (?:that |which )?(?:are |were |have |still )*(?:been )?"
    r"(?:accepted|submitted|unshipped|shipped|pending|open|cancell?ed|rejected|unpaid|waiting|not|awaiting)"
)
SOLD = re.compile(
    r"(?<![a-z])how much (?:did|has|have) .{2,40} order(?:ed)?(?![a-z])"
    r"|(?<![a-z])(?:sell|sold|sales|selling|turnover|revenue|buy|bought|take|took|taken|purchased?"
    r"|purchases)(?![a-z])"
    r"|卖[了得出的最]|销[量售]|进货(?!价)|出货(?!价)|动销|业绩|拿[了货](?!价)|进了|订了"
)
BOUGHT = re.compile(
    r"花了?多少|(?:订|买)了?(?:多少|几|哪些|什么|啥)(?:货|钱|箱|单)?|[进提下](?:了(?:多少|几|哪些|什么|啥)|(?:多少"
    r"|几|哪些|什么|啥)(?:货|箱))|进货[额量]?|进了?货|拿了?货|订货[额量]"
    r"|(?:下|订|进|开|拿)的(?:订?单子?|货)[^,，。]{0,4}(?:合计|总[共计额]|一共|共|多少|几)|(?:订单"
    r"|单子)[^,，。]{0,3}(?:合计|总[共计额]|一共|多少钱)"
    r"|(?<![a-z])(?:all )?(?:our|my|the) orders? .{0,16}(?:come to|add up|total)|(?:total"
    r"|sum) of (?:all )?(?:our|my|the) orders?"
    r"|how (?:much|many) (?:\w+ )?(?:did|have) (?:we|i) (?:buy|bought|order|ordered|take|taken|purchased?)"
    r"|what (?:did|have) (?:we|i) (?:buy|bought|ordered?)|our purchases"
)
CONFIRMING = re.compile(
    r"确认|就这样(?:下|定|吧|$)|下单(?:吧|$)|(?<![a-z])(?:confirm(?:ed)?|go ahead|place it|place the order)(?![a-z])"
)
SILENT = re.compile(
    r"再[下订进拿]过?[单货]的?没|[没未]有?(?:下|订|进|拿|要|提|来|开|买|动)(?:过)?(?:单|货|静|作)?|没有?(?:订单|单子"
    r"|动静)|一[张个]?单子?[都也]?没"
    r"|(?:has|have|did|had)(?:n't| not)[a-z ]{0,12}(?:order|place|buy|bought|purchas)"
    r"|(?<![a-z])no orders?(?![a-z])|without (?:an |any )?orders?|yet to order|gone quiet|zero orders"
)
WHO = re.compile(
    r"谁|哪[些个几]?家|哪些|哪几个|客户|经销商|全国|(?<![a-z])(?:nationwide|country-?wide)(?![a-z])|(?<![a-z])(?:who"
    r"|which|any(?:one|body)?|dealers?|customers?)(?![a-z])"
)
WANTS = re.compile(
    r"要|来|加|改|换|下单|订|拿|下(?=[\d一二两三四五六七八九十百半])|给我(?=[\d一二两三四五六七八九十百半上弄整备])"
    r"|(?<![a-z])(?:make (?:it|that)|throw in|add|plus|also|take|order|send|give me|i'?ll have|put me"
    r"|put (?=\d)|book|let'?s (?:do|go|have|get|say|start)|(?:i'?ll|we'?ll) (?:do|go)|just (?:do|get))(?![a-z])"
)
IF = re.compile(r"要是|如果|假如|(?<![a-z])if (?:i|we)(?![a-z])")
RULE = re.compile(
    r"(?:保?留|锁|占)(?:多久|几天|多少天|几个?小时)"
    r"|(?<![a-z])how long .{0,30}(?:held|hold|kept|keep|reserved?)(?![a-z])"
    r"|[算计](?:不算|不计)?(?:进|入|在)?(?:返利|回馈)[不吗么没](?:$|[ ,，。?？])"
    r"|计不计|算不算(?!破损)|[算计](?:不算)?(?:进|入|在内|到)[^,，。]{0,8}(?:返利|回馈|基数|销量|任务|[吗么不]$)"
    r"|(?:返利|回馈|比例|返)[^,，。]{0,4}最[高多低少]|最[高多低少][^,，。]{0,4}(?:返|几个点|多少点|回馈)"
    r"|(?<![a-z])(?:do(?:es)?|is|are) .{2,40} (?:counts?|counted|included|qualify|eligible)(?: for| in"
    r"| towards?|$|\W*$)"
    r"|(?<![a-z])(?:highest|top|max(?:imum)?|most) (?:rebate|rate|percent\w*)(?![a-z])"
    r"|截单|(?<![a-z])cut[- ]?offs?(?![a-z])"
    r"|起订量|最低起订|起订要|几箱起订|(?<![a-z])(?:min(?:imum)?\.? order|moq)(?![a-z])"
)
DAMAGE = re.compile(
    r"摔[了坏]|破[了损]|[漏坏碎烂瘪]了|[撞压挤砸碰磕摔][烂坏瘪破碎]|短少"
    r"|(?<!多)少了?[\d一二两三四五六七八九十几半]*[箱件瓶](?:货|水)?(?:[ ,，。了!！]|$)"
    r"|(?<![a-z])(?:(?<!what's the )damaged?|broken|leak(?:ing|ed)?|smashed|crushed|dented|burst|cracked|squashed"
    r"|ripped|soaked|short by|cases? short)(?![a-z])"
)
ONE_PLACED = re.compile(
    r"(?:最近|上|那|这|昨天|今天|刚才?|刚刚)那?(?:下的?)?(?:的)?一?[张个]?(?:订单|单子?)"
    r"|(?<![a-z])(?:last|latest|that|my) order(?![a-z])"
)
OTHER_DEALERS = re.compile(
    r"(?:其他|其它|别的|别|另外)(?:的)?(?:家|经销商|客户|店)|同行|隔壁|对面那?家"
    r"|(?<![a-z])(?:(?:other|another|different) (?:dealers?|customers?|distributors?)|neighbou?rs?|competitors?)"
)
OF_THEIRS = re.compile(
    r"价|多少|进[了货]|卖|返利|欠|额度|订|(?<![a-z])(?:price|pay|cost|rebate|owe|buy|order|sell|sales|credit|get)"
)
PRIVATE = re.compile(
    r"[什啥]么?价|价格|拿货价|进价|多少钱|返利|欠|额度|(?<![a-z])(?:prices?|pay|pays|paid|costs?|rebates?|owes?"
    r"|credit)(?![a-z])"
)
PAYS = re.compile(
    r"[什啥]么?价|价格|多少钱|我们?(?:家|自己)?的?呢|(?<![a-z])(?:prices?|pay|costs?|mine|ours)(?![a-z])"
    r"|(?<![a-z])(?:for|about) (?:us|me)(?![a-z])"
)
THAT_AGAIN = re.compile(
    r"照(?:着)?(?:[那这上刚][才面]?[张个次]?(?:单|订单)?|原样|之前的?|以前的?)(?:再|又|重新)?(?:下|来|落|订|要"
    r"|开|做)一?[张个单份遍次]"
    r"|[那这]一?[张笔个]?(?:订单|单)(?:再|重新|照样)(?:下|来|落|订|要|开|做)(?!点|些|\d)"
    r"|(?:上[一次回]|[那这])[张个]?[^,，。]{0,16}(?:再|重新|照样)(?:下|来|订|要|开|做)一?[遍次单份张](?!\d)"
    r"|(?<![a-z])(?:double|triple|halve|twice|half)(?: of)? (?:my |our |the )(?:last|previous|usual) (?:order"
    r"|one)(?![a-z])"
    r"|(?:上[一次回]?[张个]?单?|上次)[^,，。]{0,6}(?:加倍|翻[倍番]|减半|双倍)"
    r"|(?<![a-z])(?:repeat|same as) (?:that|this|the last|my last|our last|the previous)(?: order| one)?(?![a-z])"
    r"|(?<![a-z])(?:that|this|the) (?:order )?again(?![a-z])"
)
LAST_BOUGHT = re.compile(
    r"上[次回一](?:单|回|次)?.{0,3}[买订拿进要].{0,3}(?:[啥些]|什么|多少)"
    r"|上一?[单张次](?:订单|单)?(?:里|里面)?[有是](?:些|哪些)?(?:什么|啥|哪些|哪几)"
    r"|what (?:did|have) (?:i|we) (?:order|buy|get) last|when did .{2,40} (?:order|buy) last"
)
WORKED_OUT = re.compile(
    r"[怎咋]么?(?:个)?[算来得]|算给|列给|(?<![a-z])(?:calculat|work(?:ed)? (?:it )?out|how come|break ?down)"
)
CREDIT = re.compile(
    r"还[能可][以]?[订下拿进]|额度|授信|[欠账]|到期|逾期|拖[着了欠](?!个)"
    r"|(?<![a-z])(?:credit|owes?|owing|overdue|limit|balance|how much more can)(?![a-z])"
)
OVERDUE = re.compile(r"逾期|超期|拖欠|(?<![a-z])(?:overdue|past due|late payers)(?![a-z])")
ONTO_IT = re.compile(
    r"(?:这|那|该|上面那?|刚才那?)[张个]?单|[加添放]到?(?:里面|进去|一起)|[往在](?:里头?|里面|上面"
    r"|那单)再?[加添放补]|一起[发送]"
    r"|(?<![a-z])(?:to|on|onto|into|in|with) (?:it|that|this|that order|this order|the order|the same order)(?![a-z])"
)
HAVE = re.compile(
    r"有没有|有[吗么没嘛]|有.{0,16}[吗么没]$|够不够|够[吗么]"
    r"|(?<![a-z])(?:do you have|have you got|got any|is there|are there)(?![a-z])"
)
RAISE = re.compile(
    r"额度.{0,6}(?:提[一高升]?提?|涨|加|增|调高|放宽)|(?:提高|增加|调高|加大|涨一?涨|提升|提一?提).{0,4}(?:信用"
    r"|授信)?额度|提额"
    r"|(?<![a-z])(?:get|have|need|want|ask for) .{0,12}(?:more|extra|additional) credit(?! note)"
    r"|(?<![a-z])(?:raise|increase|extend|higher|bigger).{0,16}(?:credit|limit)(?![a-z])"
)
STUCK = re.compile(
    r"压货|压仓|压库|积压|卖不[动掉完]|滞销|囤多了"
    r"|(?<![a-z])(?:overstock\w*|stuck with|sitting on|too much stock)(?![a-z])"
)
A_LIST = re.compile(r"名单|清单|列表|明细|排名|(?<![a-z])(?:list|report|ranking)(?![a-z])")
LATE = re.compile(r"逾期|欠款?|超期|没付|没还|(?<![a-z])(?:overdue|owes?|owing|late|behind|chas(?:e|ing))(?![a-z])")
ONLY_AN_ORDER = re.compile(
    r"(?:on |for |about )?(?:so[- ]?\d{8}[- ]?\d{3,4}|(?:my |the )?(?:last|latest|yesterday'?s) order"
    r"|[\d月号日上个周礼拜一二三四五六天昨今前早晨午下]{1,8}(?:[\u4e00-\u9fff]{0,4}(?:下|订))?的?(?:那"
    r"|这)?[张个笔]?(?:订单|单子?|货|(?<=[张笔]))(?:里面?)?"
    r"|(?:[\u4e00-\u9fff]{2,4})(?:下|订)的(?:那|这)?[张个笔]?(?:订单|单子?|(?<=[张笔]))(?:里面?)?"
    r"|[\d.,万千百一二三四五六七八九两零块多]+(?:的|那|这)*[张个笔]?(?:订单|单子?|(?<=[张笔]))(?:里面?)?"
    r"|(?:my |the |our )?[a-z]+day'?s (?:order|one)|(?:my |the |our )?(?:order|one) (?:from|of|on) [a-z0-9 ]{3,16})"
)
DELIVERED = re.compile(r"[送到发运]|(?<![a-z])(?:deliver|ship|send|arriv|get here)")
INGREDIENTS = re.compile(
    r"成[分份]|配料|含糖量|热量|卡路里|大卡|甜味剂|防腐剂|添加剂|里[面头]?[放加含有]的?是|过敏"
    r"|(?<![a-z])(?:ingredients?|calori\w+|sweeteners?|preservatives?|additives?|allerg\w+|made (?:of|from))(?![a-z])"
)
ASKED_FOR = re.compile(
    r"(?<![a-z])(?:can|could|may) (?:i|we) (?:get|have|order)|(?<![a-z])(?:i|we)(?:'ll| will)? (?:need|want|take)"
)
FORESEES = re.compile(
    r"预[测估计]|預[測估計]|需求|[要该得]?[备囤](?:多少|几|货)|(?<![a-z])(?:forecast|predict|outlook|demand"
    r"|estimate[sd]?)"
)
OUTLOOK = re.compile(  # how much of it will go, with or without a word of forecasting
    r"(?:未来|接下来|后面|往后|下(?:个|一)?(?:月|季度?)|明年|年底前|年前)[^?？]{0,24}(?:能|会|要|可以|大概"
    r"|估计)[^?？]{0,8}"
    r"(?:卖|走|出|销|动|消化|要)(?:掉|得了|出去)?(?:多少|几)"
    r"|(?<![a-z])(?:likely to|expect(?:ed)? to|going to|gonna|will|might|could|should we expect to) (?:we )?"
    r"(?:shift|sell|move|go through|get through|need|use)(?![a-z])"
    r"|(?<![a-z])(?:do|would|are) you expect(?:ing)?(?![a-z])"
    r"|(?<![a-z])(?:likely|expected) (?:sales|volumes?|demand)(?![a-z])"
)
SUPPOSES = re.compile(
    r"要是|如果|假如|会怎[样么]|会咋样|能多[卖出走]"
    r"|(?<![a-z])if (?:we|you|i|they) (?:ran|run|offer(?:ed)?|gave|give|did|do|put|had|launch(?:ed)?|cut"
    r"|raised?)(?![a-z])"
    r"|(?<![a-z])(?:what if|suppose|what (?:happens|would happen)|how much more)(?![a-z])"
)
SOME_MORE = re.compile(
    r"(?:再|还是)?[来拿要订](?:点|些)|(?<![a-z])(?:some|more) .{2,40}(?:again|please|pls)(?![a-z])"
    r"|^(?:need|want|i need|we need|get me|give me)(?: some)?(?![a-z])"
)
STOCKS_UP = re.compile(
    r"[备囤](?:多少|几|啥|什么)|[要该得][进拿](?:多少|几)"
    r"|(?<![a-z])how (?:much|many) .{0,40}(?:should|must|do) .{1,20}(?:stock|buy|order|carry|hold)"
)
OUTCOME = re.compile(r"会怎|会咋|怎么罚|罚多少|后果|(?<![a-z])what (?:happens|would happen|if)(?![a-z])")
LAUNCHES = re.compile(
    r"上市|会不会出|[要会]出新|推出|(?<![a-z])(?:launch(?:ing|ed|es)?|releas(?:e|ing)|introduc(?:e|ing))(?![a-z])"
)
RESTOCKS = re.compile(r"[补補备備][货貨]|(?<![a-z])restock")
HOW_MANY_FREE = re.compile(
    r"[送搭赠]几|[送搭赠]多少|(?<![a-z])how many (?:\w+ ){0,2}free|(?<![a-z])free (?:ones|cases)"
)
FREE_GOODS = re.compile(
    r"[送搭赠](?:的|我们?的)|赠品|搭赠|(?<![a-z-])(?:free|bonus) (?:goods|ones?|cases?|bottles?|water|stuff)(?![a-z])"
)
OUR_CONTRACT_ENDS = re.compile(
    r"(?:我们?|咱们?)(?:家|的|和你们|跟你们|现在)*的?(?:经销)?(?:合同|协议)[^,，。]{0,8}(?:什么时候|几号|哪天|啥时候"
    r"|几时|哪年)?[^,，。]{0,4}(?:到期|到头|结束|过期|期满)"
    r"|(?<![a-z])(?:our|my) (?:\w+ )?(?:contract|agreement)s? (?:run out|end|expire|finish|lapse|over|up"
    r"|runs out|ends|expires)(?![a-z])"
)
HELD = re.compile(
    r"库存|现有|还有|还剩|剩下|手上|手头|仓里|仓库里|库里|家里有|店里[还就]?有|就?剩了?(?=[\d一二两三四五六七八九十百半几])"
    r"|(?<![a-z])(?:left|in stock|on hand|in (?:my|our|the) (?:stock|warehouse)|(?:i|we)(?: still)? have"
    r"|(?:i|we)'ve got)(?![a-z])"
)
USUAL_PLACE = re.compile(
    r"(?:usual|same) (?:place|address|warehouse|store|shop)(?: as (?:last time|before|usual|always|the last one))?"
    r"|老地方|[跟和同]?(?:上次|以前|之前|平时)?一样的?(?:地址|地方)|(?:地址|地方)[跟和同]?(?:上次|以前|之前"
    r"|平时)?(?:一样|不变|照旧)"
)
ANYONE = re.compile(r"有没有|有的[吗没]|还有谁|的没有|的有[吗没]|(?<![a-z])(?:anyone|anybody|any)(?![a-z])")
CONTRACT_NUMBER = re.compile(r"(?:合同|协议|(?:contract|agreement) ?)?(?<![a-z0-9])ht-?\d{4}-?\d{2,4}(?!\d)")
LAST_PLACED = re.compile(  # 「最后一单啥时候下的」: when one last ordered, and what
    r"(?:最后|最近|上)一?[单次张回]\D{0,6}(?:什么时候|啥时候|几时|几号|哪天|多会|是[啥什哪])"
    r"|(?<![a-z])when (?:did|was) .{0,30}(?:last (?:order|buy|bought|ordered)|last one)"
    r"|(?<![a-z])last order (?:when|date)"
)
PLACES_ONE = re.compile(  # that an order is wanted, before it is said of how many
    r"(?:下|开|报|录)[一1]?[个张]?单|(?<![a-z])(?:put (?:an? |in an? |in )?(?:new )?order|place an? (?:new )?order"
    r"|(?:want|like|need) to (?:order|buy)|order in for)(?![a-z])"
)
ORDERED_AGAIN = re.compile(
    r"(?:又|再|重新|后来)(?:有没有)?(?:下|订|进|拿)[过了]?单?[了没吗]|有没有(?:又|再)(?:下|订|进|拿)"
    r"|(?<![a-z])(?:re-?order(?:ed)?|order(?:ed)? (?:again|since)|new order since)(?![a-z])"
)
WORTH_IT = re.compile(  # advice on a price, by what is asked of it
    r"(?:降价?|涨价?|便宜|调价|动价)[^,，。]{0,10}(?:划算|合算|值得|值不值|赚|亏|合适)"
    r"|(?:划不划算|合不合算|值不值得)[^,，。]{0,6}(?:降|涨|调)"
    r"|(?<![a-z])(?:worth|pay off|pay to|make sense|smart|wise)(?![a-z])"
    r".{0,40}(?:cheaper|price|cut|drop|lower|raise|rais)"
    r"|(?:cheaper|price|cut|cutting|drop|dropping|lower|raise|raising)(?![a-z]).{0,40}"
    r"(?:worth|pays? off|pays? for itself)(?![a-z])"
    r"|(?<![a-z])(?:cheaper|lower|lowering|dropping|cutting|price cut)(?![a-z])[^?]{0,40}(?<![a-z])pays?"
    r"(?= *(?:$|[?.!,]|in (?:the |our )?[a-z]+\W*$|(?:for )?(?:us|itself)(?![a-z])|up north|down south))"
    r"|(?:降|便宜|让|减)[点些价一了卖]{0,2}[^,，。]{0,6}[,，]?[^,，。]{0,8}"
    r"(?:划得来|划不划得来|有赚头|没有?赚头|有得赚|赚不赚|赚得[到回]|有搞头|没有?搞头|值当|着数|抵不抵)"
)
SUPPOSED_NOW = re.compile(  # an order that isn't placed yet: until when, and when it would come
    r"(?:现在|今天|马上|这会儿|下午|\d点[前后]?)下单?[^,，。]{0,8}(?:[能会可]|几|哪|啥时|什么时候|明天"
    r"|当天)[^,，。]{0,6}[到发送]"
    r"|(?<![a-z])if (?:i|we) (?:place|order|confirm|send)(?! \d)(?![a-z])"
)
PUTS_BY = re.compile(r"[备囤](?:点|些|下个?月|好|明年|\d月)|备货|(?<![a-z])stock(?:ed)? up|restock")
ON_THE_CARD = re.compile(  # what is printed on a case, and no rule of short-dated goods
    r"保质期(?:是|有|为)?(?:多[久长少]|几|到底)|(?:箱规|条码|条形码)(?:是|有)?(?:多少|什么|几)|(?:是|啥|什么)规格|多久(?:过期|到期)"
    r"|(?<![a-z])shelf life(?![a-z])(?! left)|(?<![a-z])how long (?:does|do|will) .{2,24} keep(?![a-z])"
)
