"""English."""

from bot.model import ActionKind
from bot.proposals.words.vocabulary import Vocabulary

ENGLISH = Vocabulary(
    months=(
        "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul",
        "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec",
    ),
    weekdays=(
        "monday|mon", "tuesday|tues|tue", "wednesday|wed", "thursday|thurs|thu", "friday|fri",
        "saturday|sat", "sunday|sun",
    ),
    abbreviations=(
        "mr|mrs|ms|mx|dr|prof|st|sr|jr|rev|hon|gov|sen|rep|gen|col|capt|lt|sgt|no|nos|vol|pp?|art"
        "|fig|vs|v|etc|cf|al|approx|dept|est|inc|ltd|co|corp|ave|blvd|jan|feb|mar|apr|jun|jul|aug"
        "|sept?|oct|nov|dec|a\\.m|p\\.m|e\\.g|i\\.e"
    ),
    starters=(
        "the|a|an|in|on|at|he|she|it|they|we|you|i|this|that|these|those|there|but|and|for|if|when"
        "|while|after|as|his|her|its|their|our|no|not|many|some|all"
    ),
    saying=(
        "said|says|told|tells|wrote|writes|warned|warns|added|adds|stated|states|declared|declares"
        "|explained|explains|commented|comments|insisted|insists|argued|argues|noted|notes"
        "|concluded|concludes|called|calls|tweeted|put it|replied|asked|asks|has said|have said"
    ),
    taking=(
        "(?:has |have |had |also |already |firmly |strongly |repeatedly )*(?:says?|said"
        "|warn(?:s|ed)?"
        "|classif(?:y|ies|ied)|consider(?:s|ed)?|reject(?:s|ed)?|oppos(?:es?|ed)|condemn(?:s|ed)?"
        "|call(?:s|ed)? (?:on|for|it)|demand(?:s|ed)?|urg(?:es?|ed)|describ(?:es?|ed)"
        "|denounc(?:es?|ed)"
        "|criticis(?:es?|ed)|found|concluded|declared|(?:is|are) (?:amongst|among) the groups)"
    ),
    according="according to",
    roles=(
        "president|vice president|prime minister|minister|home secretary|secretary of state"
        "|secretary[- ]general|secretary|attorney general|attorney|special rapporteur|rapporteur"
        "|director|executive director|chair|chairman|chairwoman|chairperson|spokesperson|spokesman"
        "|spokeswoman|judge|justice|district judge|lawyer|barrister|solicitor|journalist|editor"
        "|publisher|founder|co-founder|senator|congressman|congresswoman|representative|mp|mep"
        "|professor|doctor|dr|author|writer|activist|campaigner|researcher|expert|head|leader"
        "|commissioner|ambassador|mayor|councillor|governor|bishop|archbishop|pope|wife|brother"
        "|father|mother|sir|mr|mrs|ms|dame|lord|lady"
    ),
    bodies=(
        "international|watch|union|association|assembly|foundation|committee|council|federation"
        "|movement|campaign|coalition|alliance|network|party|government|ministry|department"
        "|organi[sz]ation|society|institute|university|court|nations|commission|office"
        "|administration"
        "|agency|borders|congress|parliament|group|trust|centre|center|front"
    ),
    we_of="as the|we at|we at the|we of the|we in the|here at",
    small=(
        "the|a|an|in|on|at|of|for|and|but|or|if|as|to|by|from|with|we|our|i|he|she|it|they|his|her"
        "|this|that|these|those|there|no|not|your|you|their|its|let|now|today|what|why|how|who|when"
        "|where|while|after|before|dear|please|sign|join|send|free|drop|tell|urge|several|both|some"
        "|all|many|most|half|more|nearly|although|because|together|take|protect|help|share|follow"
        "|register|demand|petition|last|next|here|yes|so"
    ),
    calls={
        ActionKind.PETITION: "sign|add your (?:name|voice|signature)|put your name",
        ActionKind.LETTER: "write|send|e-?mail|mail",
        ActionKind.EVENT: (
            "come|attend|march|rally|gather|take to the streets?|protest|picket|demonstrate|meet"
            "|stand with|join us (?:on|at|in|for|outside)"
        ),
        ActionKind.REGISTER: "register|sign up|rsvp|enrol|book your|reserve your|get your tickets?",
        ActionKind.FOLLOW: "follow|subscribe",
        ActionKind.SHARE: "share|spread|retweet|repost|forward|pass it on|help us (?:get|spread)",
        None: (
            "join|act|take action|demand(?! for)|urge|tell|ask|call|protect|defend|support|help"
            "|stand|stop|end|free|drop|release|save|raise|speak|mobili[sz]e|donate|give|participate"
            "|organi[sz]e"
            "|get involved|contact|lobby|say|watch|listen|boycott|let[’']?s|let us|no to"
            "|no more|yes to"
        ),
    },
    lead_ins="please|now|so|then|today|together|and|just|also",
    no_call=(
        "of|is|was|are|were|has|had|have|will|would|for (?:justice|change)|[0-9]+(?:st|nd|rd|th)?"
        "|in which|that (?:was|is)|which|by|s|at the (?:end|start)"
    ),
    cautions="(?:please )?(?:do not|don[’']t|never)",
    things={
        ActionKind.LETTER: "letters?|e-?mails?",
        ActionKind.PETITION: "petitions?|signatures?",
        ActionKind.EVENT: (
            "protests?|rall(?:y|ies)|(?<!\\d )march(?!\\s+\\d)|marches|vigils?|demonstrations?|demo"
            "|take to the streets?"
            "|picket|public meeting"
        ),
        ActionKind.FOLLOW: "social media|newsletter|channel",
    },
    demands=(
        "must(?: not)?|should not|shall not|ought to|we demand|we call (?:on|for)|we urge|we insist"
        "|we ask|demands? (?:the|that)|has to|have to|needs? to|time to|no to"
    ),
    leaning=(
        "he|she"
        "|it(?! is (?:public|clear|time|high time|well known|no secret|not too late|up to us))"
        "|they|[^,.!?]{1,30}, (?:he|she|they|it)|him|her|his|its|their|them|this"
        "|that(?![’'])|these|those|there|here|but|and"
        "|or|so|yet|such|thus|therefore|hence|however|moreover|also|then|nor|for that|because"
        "|both|neither|the former|the latter|instead|otherwise|in addition|to this end|this is why"
        "|that is why|including|which|who|where|torture and other"
    ),
    passing=(
        "today|tomorrow|now|currently|at present|at the moment|still|remains|continues? to"
        "|is being|are being|is (?:held|in)|this (?:week|month|year|friday|saturday|sunday)"
        "|last (?:week|month|year)|next (?:week|month)|tonight|for the last"
        "|has been (?:confined|held)"
        "|is seeking|soon"
    ),
    of_one="i|me|my|mine|myself",
    layout=(
        "above|below|click|this field|this page|on the (?:left|right) (?:side|hand)|overleaf|scroll"
        "|see here|(?:this|the|our) form|button|here:|the link|please note"
    ),
    furniture=(
        "this entry was posted|posted (?:on|by|in)|filed under|you can (?:follow|leave)"
        "|both comments and pings|comments are closed|leave a (?:reply|comment)|all rights reserved"
        "|copyright|©|privacy policy|terms of (?:use|service)|cookies?|we use cookies|skip to"
        "|read more"
        "|share this(?: post| article| page)?\\s*:?$"
        "|related (?:posts|articles)|tags:|categories:|powered by|subscribe to"
        "|loading|please enable javascript|action copy|add your information|for immediate release"
        "|notes? to editors?|ends$|print this|back to top|menu$"
    ),
    form=(
        "add your information|your (?:details|information)|first name|fill in|sign here$"
        "|your name$"
    ),
    about=(
        "more than|over|at least|almost|nearly|about|around|some|up to|as many as|fewer than"
        "|less than|an estimated|roughly|approximately|only|just|well over"
    ),
    numbers=(
        "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
        "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
        "|dozens? of|two dozen|hundreds? of|thousands? of|millions? of|a hundred|a thousand"
        "|a million|half of"
    ),
    scales="hundred|thousand|million|billion|trillion|m|bn",
    no_unit=(
        "of|and|or|to|in|on|at|for|from|by|with|have|has|had|are|is|was|were|the|a|an|as|that|than"
        "|this|it|he|she|they|we|which|who|when|per|under|over|after|before|into|about|am|pm|a\\.m|p\\.m|st|nd|rd|th|but|not|more|if"
    ),
    before_day="on|the|on the",
    before_month="of",
    clock="at|from|@",
    hours="h|hrs?|hours|o[’']clock",
    at_places="in|at|near|outside|from|to|across",
    target="petition target|target|addressed to|to",
    salutation="salutation|greeting",
    recipients="recipients?|addressees?|send (?:it )?to",
)  # fmt: skip
