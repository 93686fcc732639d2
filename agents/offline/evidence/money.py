"""What words give away about money between a dealer and the brand: credit, terms, fees, what is held back."""

import re

TERMS_WANTED = re.compile(  # whether and how one may pay later than now
    r"(?:能不能|可不可以|能否|可否|能|可以|怎么才?能?|怎样才?能?|如何|想)(?:不能)?(?:给|帮)?(?:我们?|咱们?)?"
    r"(?:也|都|换|改|做|办理?|开|走|转|申请|弄|搞|享受)*(?:成|个|到|上|点|一下)?(?:月结|赊账|赊欠|赊货|账期|先货后款|授信)"
    r"(?!额度|.{0,4}(?:多少|还剩))"
    r"|(?:月结|赊账|账期|授信)[^,，。]{0,6}(?:怎么申请|怎么办理?|怎么开|怎么弄|要什么条件|什么条件|有什么要求|开通|能不能|可以[吗么])"
    r"|先(?:拿|发|提|进|要|出|送)[^,，。]{0,4}(?:货|走)?[^,，。]{0,6}(?:后|再|月底|下个?月|年底|季末|卖完|卖了)[^,，。]{0,6}(?:付|结|给|还|打|算)"
    r"|(?:货|先)[^,，。]{0,3}(?:拿走?|发)[^,，。]{0,6}(?:月底|月末|下个?月|卖完|卖了)[^,，。]{0,4}(?:付|结|给钱|还|打款)|货到(?:再)?付款?|赊(?:一?下|点|给|着|得)"
    r"|(?<![a-z])(?:goods|stock|order) (?:now|first),? (?:and )?(?:pay|money|settle)(?: you)?(?: later| after| end| at)"
    r"|(?<![a-z])(?:ship|send|deliver)(?: it| them| the goods| us)? (?:now|first)?,? ?(?:and |then )?(?:we |i "
    r"|i'll |we'll )?(?:pay|settle)(?![a-z])"
    r".{0,12}(?:later|month|end|after)(?![a-z])"
    r"|(?<![a-z])(?:can|could|may|how (?:do|can|could)|is it possible)(?![a-z]).{0,24}"
    r"(?:monthly (?:terms|billing|payment|settlement)|pay monthly|pay (?:later|by the month)|on account|credit terms"
    r"|a credit line|30 days'? (?:terms|credit)|month-end terms)(?![a-z])"
)
CANT_ORDER = re.compile(
    r"(?:下|订|提|发|进)不了?[单货]|货[^,，。]{0,5}(?:发|提|出)不(?:出|了)|(?:一直|老是?|总是?|都)不(?:给|让|肯|能)?发货|(?:下|订|提|拿|发|进)[单货]?不了(?![那这]么)|不能(?:下单|订货|提货|发货|进货)|不让(?:下单|订货|提货|发货|进货)|被?停[了货]|锁单|卡住"
    r"|(?<![a-z])(?:can'?t|cannot|can not|unable to|couldn'?t|not able to|won'?t let (?:him|her|them)) "
    r"(?:\w+ )?(?:orders?|buy|place|ship)(?![a-z])|(?<![a-z])(?:on (?:credit )?(?:hold|stop)|blocked|locked out"
    r"|stopped|suspended|cut off|frozen)(?![a-z])|停货|停发|停单|停着|停了没|冻结|锁了|拉黑"
)
UNPAID_ONE = re.compile(  # 「廊坊那个还没打款吧」: the one order of theirs that waits for its money
    r"那[个张笔]?单?[^,，。]{0,4}(?:没|未)(?:打款|付款|付钱|到账|打钱|转账)"
    r"|(?<![a-z])(?:that|the|their|his|her) (?:one|order)(?![a-z]).{0,20}"
    r"(?:unpaid|not paid|waiting for (?:the )?(?:money|payment))"
    r"|(?<![a-z])paid for (?:that|the|their|his|her) (?:one|order)(?![a-z])"
)
HEADROOM = re.compile(
    r"(?<!占的)(?<!占用的)额度(?!.{0,6}(?:啥时|什么时|几时|多久|几天|马上|立))"
    r".{0,6}(?:退|恢复|回来|还剩|够不够|释放|放[出开了回]|腾|返|还回|补回|加回)"
    r"|(?:退|释放|放|恢复|返)[回出了]*.{0,3}额度(?:了?[没吗么]|$)"
    r"|(?<![a-z])(?:credit|limit)(?![a-z]).{0,12}(?:back|freed|released?|restored|returned|free again)(?![a-z])"
    r"|授信.{0,10}(?:还剩|能用)|能用多少|还[能可]以?(?:再)?[拿订下进].{0,4}(?:多少|几)"
    r"|(?<![a-z])how much (?:more )?can (?:i|we) (?:still )?order"
    r"|(?<![a-z])(?:how much (?:credit |head)?room|(?:my|our|the) (?:credit )?head ?room)(?![a-z])"
    r"|(?:还有|有)多少(?:空间|余地|余额)"
)
HELD_BACK = re.compile(
    r"(?:还|付|打|交|补|结|清)[^,，。]{0,4}(?:多少|几)[^,，。]{0,8}(?:才|就|能|再)[^,，。]{0,6}(?:[放发][货单]|解除|恢复|接单|下单|解停|解冻)"
    r"|(?<![a-z])how much(?![a-z]).{0,24}(?<![a-z])(?:pay|clear|settle"
    r"|owe)(?![a-z]).{0,16}(?<![a-z])(?:before|until|till"
    r"|so|for|to get)(?![a-z]).{0,24}(?<![a-z])(?:ship|releas|deliver|unblock|lift|send|hold|again|order)"
    r"|(?:为什么|为啥|怎么|咋|凭什么)[^,，]{0,8}(?:不给|不能|不让|停|卡)[^,，]{0,6}(?:发货|下单|接单|订货|提货|[下订发]$)"
    r"|(?<![a-z])why (?:can'?t|cannot|won'?t|can not) (?:i|we|you)(?: \w+)? (?:order|ship|deliver)|on hold|blocked"
    r"|(?:为什么|为啥|怎么|咋|凭什么)[^,，。]{0,8}(?:下|订|提|进)不[了成][单货]|(?:下|订)不[了成]单[^,，。]{0,4}(?:怎么回事|什么情况|为什么|为啥)"
)
LINE_OF_OURS = re.compile(  # whether a line of credit, or more of it, still stands
    r"(?:我们?|咱们?|现在|目前)[^,，。]{0,6}(?:还有|还剩|还在|有没有)[^,，。]{0,6}(?:临时额度|临额)"
    r"|(?<![a-z])(?:do (?:we|i) (?:still )?have|have (?:we|i) still got|is (?:our|my) .{0,24}still) .{0,24}"
    r"(?:credit|line|limit)(?![a-z])"
)
WHERE_TO_PAY = re.compile(
    r"(?:钱|款|货款)[^,，。]{0,4}(?:打到?|汇到?|转到?|付到?|付给|打给|转给|汇给)[^,，。]{0,4}(?:哪|谁|什么)|(?:收款|对公|公司|你们的?)(?:账户|账号|帐号|帐户|银行|卡号)"
    r"|(?:打|汇|转|付)(?:款|钱)?到?(?:哪个?|什么|哪家)(?:账户|账号|帐号|帐户|银行|卡)|开户行|银行账[号户]"
    r"|(?<![a-z])(?:bank (?:account|details)|account (?:number|details)|where (?:do|should|can) (?:i"
    r"|we) (?:pay|wire|transfer|send the money)"
    r"|which (?:bank|account))(?![a-z])"
)
TO_A_PERSON = re.compile(  # money that goes to somebody's own account or phone
    r"(?:打|转|付|汇|给|交)(?:款|钱|账)?(?:到|给|进|在)?[^,，。]{0,6}(?:业务员?|经理|个人|私人|私账|他|她|司机|老板娘?|微信|支付宝)[^,，。]{0,4}"
    r"(?:卡|账[户号]|帐[户号]|手机|微信|支付宝|码|那里?|行不行|可以|能不能|行[吗么不])"
    r"|(?:打|转|付|汇|交)(?:款|钱|账)?(?:到|给|进)[^,，。]{0,8}(?:个人|私人)(?:账上|名下|那[里边儿]|手[上里])?(?:行|可以|能|[吗么不吧没]|[?？]|$)"
    r"|(?:钱|款)[^,，。]{0,6}(?:给|交|打|转|付)给?[老小][\u4e00-\u9fff](?:行|可以|能|[吗么不吧没]|[?？]|$)"
    r"|(?:个人|私人)(?:卡|账[户号上]|帐[户号]|转账)|(?:微信|支付宝|现金)[^,，。]{0,4}(?:转|付|打|给)[^,，。]{0,8}(?:行|可以|能|吗)"
    r"|(?<![a-z])(?:pay|wire|transfer|(?:send|give|hand)(?= .{0,16}(?:money|cash"
    r"|payment)))(?![a-z]).{0,24}(?:to )?(?:the |my |our |your )?"
    r"(?:sales ?(?:rep|man|guy)?|rep|manager|driver|him|her|personal|private|wechat|alipay)(?:'s)?"
    r"(?: (?:own|card|account|wallet|personal|bank)){0,3}(?= *(?:$|[?,.!]|instead|ok|okay|directly))"
    r"|(?<![a-z])(?:personal|private) (?:account|card|transfer)s?(?![a-z])"
)
FEES = re.compile(
    r"滞纳金|罚息|违约金.{0,4}(?:多少|几|怎么)|(?<![a-z])"
    r"(?:late (?:fee|charge|rate)s?|interest|penalt(?:y|ies)|(?:rate|percent) (?:a|per) day)(?![a-z])"
)
PAYOUT = re.compile(
    r"到账|到賬|到手|拿到手|发放|[几什][时么]时?候?[会才能可以]*(?:发|給|给|兑|兌)|啥时候[会才能]*[发给兑]|[怎咋]么?(?:发|给|兑|领|拿)|兑[付现]|抵[货多扣掉]|能抵|抵用|现金|打[钱款]|提现|货补|票折"
    r"|(?<![a-z])(?:paid|pay ?out|cash|deduct\w*|offset|credited|settled"
    r"|when (?:do|will) (?:i|we) get it|transferred)(?![a-z])"
)
ON_AN_AMOUNT = re.compile(  # a rate asked for of an amount that nobody has bought
    r"(?:做到|进到|达到|做满|进满|满)[\d一二三四五六七八九十百两]+(?:百|千)?[万w]?.{0,6}(?:返|几个点|多少点)"
    r"|(?<![a-z])(?:rebate|rate|percent\w*)(?![a-z]).{0,30}"
    r"(?:on|for|with|at) (?:a |half a |one |two |\d[\d,.]* ?)(?:million|thousand|k)(?![a-z])"
)
