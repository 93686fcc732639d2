"""Words around what is ordered that name nothing: greetings, verbs of ordering, particles, chat shorthand."""

import re

FILLER = re.compile(
    r"砍[到成]?|压[到成]|降到|缩到|不用(?=\d)|一次性?|一口气|一趟|它|行不行|好不好|可不可以|能不能|得不得|成不成"
    r"|减少|减到|加到|改到|调整?[到成为]|减|(?<!多)少|只要|"
    r"[\s,，、.。:：;；!！?？~·\"'()（）\[\]【】]+|还是|还(?!有)|也|一样(?!多)|同样|照样|老地方|老样子"
    r"|要是|如果|那|先|急|手滑了?|哈哈+|呵呵|逗你的?|落|好|只有|只剩|才有|才对|才是|这个数|应?该?够了?|这么点|好了"
    r"|好吧|就好|就行|也行|得了|同我|打错了?|写错了?|说错了?|点错了?|不对|不是|但是|不过|好的|行|但|应该是|应该|是"
    r"|改成|改为|换成|改|换|错了|口误|笔误|手误|手滑|看错|搞错|请问|帮我|麻烦|给我|我们|我要|我想|想要|需要|你们"
    r"|咱们|老板娘|老板|师傅|订货|下单|下个单|订单|进货|要货|补货|来点|加点|要点|多点|少点|拿点|留|再来|来个"
    r"|明天|后天|送到|送货|发货|出货|发到|一下|一共|总共|分别|各|的话|可以|谢谢|先|再|要|来|订|拿|加|和|跟|还有|另外"
    r"|就|吧|啊|呢|了|的|我|想|给|送|发|吗|按"
    r"|(?<![a-z])(?:change[ds]?|adjust|switch|bump|raise|lower|increase|reduce|up|down|less|fewer|minus|cut|off|more"
    r"|extra"
    r"|should|read|quantity|amount|usual|place)(?![a-z])"
    r"|试[试下卖]|尝尝|大概|大约|你?(?:写|算|说|列|标)清楚|赶紧|赶快|快点|搭一把|帮一把|哈|[送搭赠](?:我们?)?[几多]少?[箱件瓶]|等下|等等|哦|噢"
    r"|嗯|呃|喂|哎|转发|安排|备货|尽快|抓紧|地址|收货|您好|你好|辛苦|拜托|帮|搞|整"
    r"|(?<![a-z])(?:please|thanks?|can|could|i|we|you|me|us|would|like|want|need|to|order|buy|get|give|send|add|of"
    r"|the|a|an|"
    r"and|some|more|another|for|with|also|just|my|our|is|are|it|do|have|hi|hello|place|put|deliver|delivery|ship|in"
    r"|on|by|at|if|take|then|but|not|make|so|pls|thx|yes|ok|okay|sure|no|this|that|those|them|time|just|only|one"
    r"|ones|now|go|ahead|actually|instead|rather|well|wait|sorry|let|each|total|altogether"
    r"|around|roughly|approx(?:imately)?|lets|let's|u|ur|n|asap|rn|plz|fine|alright|throw|chuck|stick|ty|lemme|gimme|um|uh|er|erm|hey|team|arrange|restock|fwd?"
    r"|re|dear|cheers|urgent|urgently|today"
    r"|tomorrow|meant?|scratch|oops|nah|nope|typo|typed|mistyped|sry|soz|bad|mistake|half|halve|double|twice|draft|k"
    r"|kk|again|there|x|lol|lmao|haha|hah|oh|ah|hmm|great|cool|nice|perfect|yeah|yep|works?|both)(?![a-z])"
)
