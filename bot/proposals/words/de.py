"""German."""

from bot.model import ActionKind
from bot.proposals.words.vocabulary import Vocabulary

GERMAN = Vocabulary(
    months=(
        "januar|jänner|jan", "februar|feb", "märz|mär", "april|apr", "mai", "juni|jun", "juli|jul",
        "august|aug", "september|sept|sep", "oktober|okt", "november|nov", "dezember|dez",
    ),
    weekdays=(
        "montag|mo", "dienstag|di", "mittwoch|mi", "donnerstag|do", "freitag|fr",
        "samstag|sonnabend|sa", "sonntag|so",
    ),
    abbreviations=(
        "dr|prof|hr|fr|st|nr|art|abs|bd|s|ff|vgl|bzw|usw|etc|ca|sog|z|b|d|h|u|a|o|ä|z\\. ?b|d\\. ?h"
        "|u\\. ?a|i\\. ?d|u\\. ?ä|v\\. ?a|inkl|geb|gest|str|jan|feb|mär|apr|jun|jul|aug"
        "|sept?|okt|nov"
        "|dez|evtl|ggf|mio|mrd|tel|max|min|jh|jhd|ing|dipl|kap"
    ),
    starters=(
        "der|die|das|ein|eine|im|in|am|an|er|sie|es|wir|ihr|dies|diese|dieser|dieses|aber|und|denn"
        "|wenn|nach|seit|doch|auch|mit|für|nun|jetzt"
    ),
    ordinal_dot=True,
    large_nouns=True,
    quotes=("„", "“"),
    saying=(
        "sagte|sagt|erklärte|erklärt|betonte|betont|warnte|warnt|schrieb|schreibt|meinte"
        "|meint|fügte"
        "|ergänzte|forderte|fordert|kritisierte|kritisiert|kommentierte|kommentiert|stellte"
        "|mahnte|mahnt"
        "|äußerte|berichtete|berichtet|so"
    ),
    taking=(
        "(?:sagt(?:e|en)?|sagen|warnt(?:e|en)?|warnen|erklärt(?:e|en)?|erklären|verurteilt(?:e|en)?"
        "|verurteilen|fordert(?:e|en)?|fordern|kritisiert(?:e|en)?|kritisieren|bezeichnet(?:e|en)?"
        "|bezeichnen|lehnt(?:e|en)?|lehnen|betrachtet|betrachten|hält|halten|stufte"
        "|verlangt(?:e|en)?"
        "|verlangen|hat .{0,80}(?:gewarnt|verurteilt|kritisiert|gefordert|erklärt))"
    ),
    according="laut|nach Angaben von|nach den Worten von|zufolge",
    roles=(
        "präsident(?:in)?|vizepräsident(?:in)?|premierminister(?:in)?|ministerpräsident(?:in)?"
        "|bundeskanzler(?:in)?|(?:innen|außen|justiz)?minister(?:in)?|generalsekretär(?:in)?"
        "|sekretär(?:in)?|generalstaatsanw(?:alt|ältin)|staatsanw(?:alt|ältin)"
        "|justizminister(?:in)?"
        "|(?:un-)?sonderberichterstatter(?:in)?|direktor(?:in)?|geschäftsführer(?:in)?"
        "|vorsitzende[r]?|sprecher(?:in)?|pressesprecher(?:in)?|richter(?:in)?|anw(?:alt|ältin)"
        "|rechtsanw(?:alt|ältin)|journalist(?:in)?|redakteur(?:in)?|gründer(?:in)?"
        "|mitgründer(?:in)?"
        "|senator(?:in)?|abgeordnete[r]?|professor(?:in)?|prof|dr|herr|frau|autor(?:in)?"
        "|schriftsteller(?:in)?|aktivist(?:in)?|forscher(?:in)?|experte|expertin|leiter(?:in)?"
        "|kommissar(?:in)?|botschafter(?:in)?|(?:ober)?bürgermeister(?:in)?|bischof|bischöfin|papst"
        "|ehefrau|bruder|vater|mutter"
    ),
    bodies=(
        "international|union|verein|verband|versammlung|stiftung|komitee|rat|bund|föderation"
        "|bewegung"
        "|kampagne|koalition|bündnis|netzwerk|partei|regierung|ministerium|abteilung|organisation"
        "|gesellschaft|institut|universität|gericht|nationen|kommission|gewerkschaft"
        "|kongress|parlament"
        "|front|amnesty|grenzen|assembly|watch"
    ),
    we_of="als|wir als|wir von|wir vom|bei",
    small=(
        "der|die|das|den|dem|des|ein|eine|einen|einem|einer|im|in|am|an|zum|zur|von|vom|und"
        "|oder|aber"
        "|wenn|als|zu|bei|mit|für|ohne|nicht|kein|keine|er|sie|es|wir|ihr|uns|unser|unsere"
        "|ich|sein|seine"
        "|dies|diese|dieser|dieses|was|wer|wie|wo|warum|wann|heute|jetzt|nun|mehr|alle|alles"
        "|seit|nach"
        "|laut|auch|auf|aus|denn|doch|unterschreibt|fordert|sehr|liebe|lieber|geehrter"
        "|geehrte|vor|über"
    ),
    calls={
        ActionKind.PETITION: (
            "unterschreib(?:e|t|en Sie)?|unterzeichne(?:t|n Sie)?|setze? deinen namen"
            "|setzen Sie Ihren Namen|zeichne(?:t|n Sie) (?:die|unsere)"
        ),
        ActionKind.LETTER: (
            "schreib(?:e|t|en Sie)?|schick(?:e|t|en Sie)?|sende(?:t|n Sie)?|mail(?:e|t|en Sie)?"
        ),
        ActionKind.EVENT: (
            "komm(?:t|en Sie)?|demonstrier(?:e|t|en Sie)|protestier(?:e|t|en Sie)"
            "|geh(?:t|en Sie)? auf die straße"
            "|nimm teil|nehmt teil|nehmen Sie teil|auf die straße|kundgebung am|triff|trefft"
        ),
        ActionKind.REGISTER: (
            "melde dich|meldet euch|melden Sie sich|registrier(?:e dich|t euch|en Sie sich)"
        ),
        ActionKind.FOLLOW: "folg(?:e|t|en Sie)|abonnier(?:e|t|en Sie)",
        ActionKind.SHARE: (
            "teil(?:e|t|en Sie)|verbreite(?:t|n Sie)?|leite(?:t|n Sie)? .{0,40}weiter"
            "|sag(?:t)? es weiter"
        ),
        None: (
            "mach(?:t|en Sie)? mit|handle(?:t)?|handeln Sie|forder(?:e|t|n Sie)"
            "|verlang(?:e|t|en Sie)"
            "|bitte(?:t|n Sie) |verteidig(?:e|t|en Sie)|schütz(?:e|t|en Sie)"
            "|unterstütz(?:e|t|en Sie)"
            "|hilf|helft|helfen Sie|erheb(?:e|t|en Sie)|lasst|lass|lassen Sie|schließ(?:e|t|en Sie)"
            "|setz(?:e dich|t euch|en Sie sich)|spende(?:t|n Sie)?|freiheit für"
            "|keine auslieferung|nein zu"
            "|nein zur|stoppt|werde(?:t)? aktiv|werden Sie aktiv"
            "|beteilig(?:e dich|t euch|en Sie sich)"
            "|mobilisier(?:e|t|en Sie)|sag(?:e|t|en Sie)"
        ),
    },
    calls_at_end=(
        "unterschreiben|unterzeichnen|mitmachen|teilen|spenden|anmelden|folgen|weitersagen"
        "|mitzeichnen"
        "|freilassen|fallen lassen|teilnehmen"
    ),
    lead_ins="bitte|jetzt|heute|nun|gemeinsam|und|dann|auch",
    no_call="der|des|von|ist|war|sind|wurde|wird|hat",
    cautions=(
        "(?:bitte )?(?:schick|send|schreib|unterschreib|teil)(?:e|t|en Sie)? .{0,60}\\bnicht"
        "|(?:bitte )?nicht|bitte keine"
    ),
    things={
        ActionKind.LETTER: "briefe?s?|e-?mails?|musterbrief|schreiben an",
        ActionKind.PETITION: "petition(?:en)?|unterschriften|appell",
        ActionKind.EVENT: (
            "kundgebung(?:en)?|demonstration(?:en)?|demo|mahnwache|protest(?:e)?|auf die straße"
        ),
        ActionKind.FOLLOW: "soziale[nr]? medien|newsletter|kanal",
    },
    demands=(
        "muss|müssen|darf nicht|dürfen nicht|wir fordern|wir verlangen|wir bitten"
        "|fordern wir|sollen"
        "|es ist zeit|wir rufen"
    ),
    leaning=(
        "er|sie|es|ihm|ihn|ihr|ihre|ihren|sein|seine|seinen|seiner|dies|das(?= ist| sind| hat| war)"
        "|dieser|diese|dieses|dort|hier|da|damit|dabei|dafür|dagegen|aber|und|oder|denn|doch"
        "|so|also"
        "|deshalb|daher|darum|außerdem|zudem|auch|jedoch|trotzdem|dann|beide|stattdessen"
    ),
    passing=(
        "heute|morgen|jetzt|derzeit|zurzeit|aktuell|gegenwärtig|noch|weiterhin|immer noch"
        "|nach wie vor"
        "|diesen (?:freitag|samstag|sonntag)|diese woche|dieses jahr|letztes jahr|bereits|sitzt"
    ),
    of_one="ich|mir|mich|mein|meine|meinen|meiner",
    layout="oben|unten|klicke|klicken|dieses feld|diese seite|formular|schaltfläche",
    furniture=(
        "veröffentlicht (?:am|von|in)|dieser (?:beitrag|eintrag)|abgelegt unter|kommentar(?:e)?"
        "|schreibe einen kommentar|alle rechte vorbehalten|©|datenschutz|impressum|cookies?"
        "|wir verwenden cookies|diese website|weiterlesen|mehr lesen|teilen auf|schlagwörter"
        "|kategorien"
        "|zum inhalt|menü$|nach oben|das könnte"
    ),
    form="deine daten|ihre daten|ausfüllen|vorname|ihr name$",
    about=(
        "mehr als|über|rund|etwa|fast|beinahe|mindestens|bis zu|knapp|weniger als|ungefähr"
        "|circa|gut"
        "|nur|lediglich"
    ),
    numbers=(
        "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn"
        "|fünfzehn|zwanzig"
        "|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|dutzende|hunderte"
        "|tausende"
        "|millionen|die hälfte der"
    ),
    scales="tausend|million|millionen|mio|milliarde|milliarden|mrd",
    no_unit=(
        "der|die|das|den|dem|des|und|oder|in|im|am|an|auf|für|von|mit|dass|ist|sind|war|hat"
        "|haben|ein|eine"
        "|sich|als|zu|nicht|mehr|uhr|bis|bei"
    ),
    before_day="am|den|dem|der",
    before_month="",
    clock="um|ab|gegen",
    hours="uhr",
    at_places="in|bei|vor|nach|aus|im",
    target="ziel der petition|adressat|gerichtet an",
    salutation="anrede",
    recipients="empfänger(?:in)?(?:nen)?",
)  # fmt: skip
