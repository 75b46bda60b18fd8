"""Italian."""

from bot.model import ActionKind
from bot.proposals.words.vocabulary import Vocabulary

ITALIAN = Vocabulary(
    months=(
        "gennaio|gen", "febbraio|feb", "marzo|mar", "aprile|apr", "maggio|mag", "giugno|giu",
        "luglio|lug", "agosto|ago", "settembre|sett|set", "ottobre|ott", "novembre|nov",
        "dicembre|dic",
    ),
    weekdays=(
        "lunedì|lun", "martedì|mar", "mercoledì|mer", "giovedì|gio", "venerdì|ven", "sabato|sab",
        "domenica|dom",
    ),
    abbreviations=(
        "sig|sigg|sig\\.ra|sig\\.na|ra|dott|dott\\.ssa|ssa|dr|prof|prof\\.ssa|avv|ing|on|sen"
        "|gen|col|mons"
        "|s|n|no|nr|art|artt|p|pp|pag|pagg|vol|cap|ecc|es|p\\.es|cfr|ca|spett|egr|gent|via"
        "|gen|feb|apr"
        "|giu|lug|ago|sett?|ott|nov|dic"
    ),
    starters=(
        "il|lo|la|i|gli|le|un|una|in|è|non|si|suo|sua|questo|questa|ma|per|quando|ora|oggi"
        "|da|dal|al"
        "|lui|lei|essi|con|e|nel|nella"
    ),
    quotes=("«", "»"),
    saying=(
        "ha detto|dice|disse|ha dichiarato|dichiara|ha affermato|afferma|ha avvertito|avverte"
        "|ha spiegato|spiega|ha aggiunto|aggiunge|ha scritto|scrive|sostiene|ha sostenuto|denuncia"
        "|ha denunciato|ricorda|ha ricordato|sottolinea|ha sottolineato|ha concluso|conclude"
        "|commenta"
        "|ha commentato"
    ),
    taking=(
        "(?:ha |hanno |già |anche |fermamente )*(?:dice|detto|dichiara(?:no)?|dichiarato"
        "|afferma(?:no)?"
        "|affermato|avverte|avvertono|avvertito|respinge|respingono|respinto|rifiuta(?:no)?"
        "|condanna(?:no)?|condannato|considera(?:no)?|considerato|chiede|chiedono|chiesto"
        "|esige|esigono"
        "|denuncia(?:no)?|denunciato|definisce|definito|si oppone|si oppongono|sostiene|sostengono)"
    ),
    according="secondo|a detta di|per",
    roles=(
        "presidente|presidentessa|vicepresidente|primo ministro|prima ministra|ministr[oa]"
        "|segretari[oa] generale|segretari[oa]|procuratore generale|procuratore|procuratrice"
        "|relatore speciale|relatrice speciale|relatore|relatrice|direttore|direttrice"
        "|portavoce|giudice"
        "|avvocat[oa]|giornalista|editore|fondatore|fondatrice|cofondatore|senatore"
        "|senatrice|deputat[oa]"
        "|europarlamentare|professore|professoressa|prof|dottor|dottoressa|dott|dr|sig"
        "|signor|signora"
        "|scrittore|scrittrice|attivista|ricercatore|ricercatrice|espert[oa]|leader|commissari[oa]"
        "|ambasciatore|ambasciatrice|sindac[oa]|vescovo|papa|moglie|fratello|padre|madre"
    ),
    bodies=(
        "internazionale|unione|associazione|assemblea|fondazione|comitato|consiglio|federazione"
        "|movimento|campagna|coalizione|alleanza|rete|partito|governo|ministero|dipartimento"
        "|organizzazione|società|istituto|università|corte|tribunale|nazioni|commissione|sindacato"
        "|congresso|parlamento|fronte|frontiere|amnesty"
    ),
    we_of="come|noi di|noi del|noi della|in quanto",
    small=(
        "il|lo|la|i|gli|le|l|un|uno|una|in|di|del|della|dei|delle|e|o|ma|se|come|a|al|alla"
        "|per|con|senza"
        "|non|si|suo|sua|questo|questa|questi|noi|nostro|nostra|io|lui|lei|che|chi|perché"
        "|quando|oggi"
        "|ora|più|tutti|tutte|firma|unisciti|chiedi|da|dal|dalla|secondo|anche|già|è|nel"
        "|nella|gentile|caro"
    ),
    calls={
        ActionKind.PETITION: (
            "firma|firmate|firmi|firmiamo|aggiungi (?:il tuo nome|la tua firma|la tua voce)"
        ),
        ActionKind.LETTER: "scrivi|scrivete|scriviamo|invia|inviate|manda|mandate|spedisci",
        ActionKind.EVENT: (
            "vieni|venite|partecipa (?:al|alla)|partecipate (?:al|alla)|scendi in piazza"
            "|scendiamo in piazza"
            "|scendete in piazza|manifesta|manifestate|marcia con|ci vediamo|ritroviamoci"
        ),
        ActionKind.REGISTER: "iscriviti|iscrivetevi|registrati|registratevi|prenota",
        ActionKind.FOLLOW: "segui|seguite|seguici|seguiteci|abbonati",
        ActionKind.SHARE: (
            "condividi|condividete|condividiamo|diffondi|diffondete|fai girare"
            "|aiutaci a diffondere"
        ),
        None: (
            "unisciti|unitevi|agisci|agite|chiedi|chiedete|chiediamo|esigi|esigete|dì|di'"
            "|dite|difendi"
            "|difendete|difendiamo|proteggi|proteggete|sostieni|sostenete|aiuta|aiutaci"
            "|aiutate|alza|alzate"
            "|libera|liberate|partecipa|partecipate|dona|donate|fai|fate|no all[ae’']|no al|basta"
            "|mobilitati|mobilitiamoci|attivati|chiama|ritirate|ritiri"
        ),
    },
    lead_ins="per favore|ora|adesso|oggi|insieme|e|anche|allora",
    no_call="di|del|della|è|era|fu|che|sono",
    cautions="(?:per favore,? |si prega di )?non (?:inviare|inviate|mandare|firmare|scrivere)",
    things={
        ActionKind.LETTER: "letter[ae]|e-?mail|mail",
        ActionKind.PETITION: "petizion[ei]|firme|appello",
        ActionKind.EVENT: (
            "manifestazion[ei]|protest[ae]|presidi[o]?|marcia|corteo|veglia|piazza|sit-in"
        ),
        ActionKind.FOLLOW: "social|canali|newsletter",
    },
    demands=(
        "deve|devono|chiediamo|esigiamo|vogliamo|non deve|non devono|è ora di|bisogna|occorre"
        "|rivendichiamo"
    ),
    leaning=(
        "è stato|è detenuto|è in|si trova|resta|rimane|rischia|potrebbe|può|lui|lei|egli"
        "|ella|essi|esse|loro|suo|sua|suoi|sue|questo|ciò|quello|lì|là|ma|e|o"
        "|così|per questo"
        "|perciò|quindi|inoltre|anche|tuttavia|però|allora|entrambi|il che|il suo|la sua"
        "|i suoi|le sue"
    ),
    passing=(
        "oggi|domani|ora|adesso|attualmente|ancora|tuttora|rimane|rimangono|resta|restano|continua"
        "|continuano|è detenuto|questo (?:venerdì|sabato|mese)|questa (?:settimana|domenica)"
        "|l[’']anno scorso|già"
    ),
    of_one="io|me|mi|mio|mia|miei",
    layout="sopra|sotto|clicca|questo campo|questa pagina|modulo|pulsante",
    furniture=(
        "pubblicato (?:il|da|in)|archiviato in|lascia un commento|i commenti"
        "|tutti i diritti riservati"
        "|©|privacy|note legali|cookies?|utilizziamo i cookie|usiamo i cookie|questo sito"
        "|leggi tutto"
        "|condividi su|tag:|categorie:|vai al contenuto|menu$|leggi anche|torna su"
    ),
    form="i tuoi dati|compila|nome e cognome|il tuo nome$",
    about=(
        "più di|oltre|almeno|quasi|circa|fino a|meno di|all[’']incirca|soltanto|solo|appena"
    ),
    numbers=(
        "due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici"
        "|quindici"
        "|venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta|cento|decine di"
        "|centinaia di"
        "|migliaia di|milioni di|la metà d(?:i|ei|elle)"
    ),
    scales="mila|milione|milioni|miliardo|miliardi",
    no_unit=(
        "di|del|della|e|o|a|in|per|con|che|è|sono|fu|ha|hanno|il|lo|la|i|gli|le|un|una|si"
        "|suo|come|al"
        "|non|più|ore|da"
    ),
    before_day="il|l[’']|lo|dal|del",
    before_month="di",
    clock="alle|alle ore|ore|dalle|all[’']",
    hours="ore",
    at_places="a|in|davanti a|davanti all[ae’']|da|nel|nella",
    target="destinatario della petizione|rivolta a|indirizzata a",
    salutation="formula di apertura|saluto",
    recipients="destinatari[oa]?",
)  # fmt: skip
