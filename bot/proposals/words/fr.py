"""French."""

from bot.model import ActionKind
from bot.proposals.words.vocabulary import Vocabulary

FRENCH = Vocabulary(
    months=(
        "janvier|janv", "février|févr", "mars", "avril|avr", "mai", "juin", "juillet|juil", "août",
        "septembre|sept", "octobre|oct", "novembre|nov", "décembre|déc",
    ),
    weekdays=(
        "lundi|lun", "mardi|mar", "mercredi|mer", "jeudi|jeu", "vendredi|ven", "samedi|sam",
        "dimanche|dim",
    ),
    abbreviations=(
        "m|mm|mme|mmes|mlle|dr|pr|prof|me|st|ste|n|no|nos|art|p|pp|vol|chap|etc|cf|av|bd|env"
        "|ex|p\\.ex"
        "|janv|févr|avr|juil|sept|oct|nov|déc|cie|gén|cap"
    ),
    starters=(
        "le|la|les|un|une|des|en|il|elle|ils|elles|on|ce|cette|ces|c[’']est|mais|pour|si"
        "|quand|au|aux"
        "|dans|depuis|nous|vous|son|sa|ses|leur|et|à"
    ),
    quotes=("«\u00a0", "\u00a0»"),
    saying=(
        "(?:a|ont) \\p{L}{2,14}(?:é|u|i|it)"
        "|déclare|a dit|dit|affirme|a affirmé|a averti|avertit|explique|a expliqué"
        "|a ajouté|ajoute|écrit|a écrit|estime|a estimé|dénonce|a dénoncé|souligne"
        "|a souligné|rappelle"
        "|a rappelé|précise|a précisé|conclut|s[’']insurge|commente|insiste|a-t-elle déclaré"
        "|a-t-il déclaré|explique-t-elle|explique-t-il|ont déclaré"
    ),
    taking=(
        "(?:a |ont |déjà |aussi |fermement )*(?:déclare(?:nt)?|déclaré|dit|affirme(?:nt)?|affirmé"
        "|avertit|averti|avertissent|rejette(?:nt)?|rejeté|refuse(?:nt)?|condamne(?:nt)?|condamné"
        "|considère(?:nt)?|exige(?:nt)?|exigé|dénonce(?:nt)?|dénoncé|qualifie(?:nt)?|qualifié"
        "|demande(?:nt)?|demandé|s[’']oppose(?:nt)?|appelle(?:nt)? à)"
    ),
    according="selon|d[’']après|pour",
    roles=(
        "président|présidente|vice-président|vice-présidente|premier ministre|première ministre"
        "|ministre|secrétaire générale?|secrétaire|procureure? générale?|procureure?"
        "|garde des sceaux"
        "|rapporteure? spéciale?|rapporteure?|directeur|directrice|porte-parole|juge|avocate?"
        "|journaliste|rédacteur|rédactrice|fondateur|fondatrice|cofondateur|cofondatrice|sénateur"
        "|sénatrice|députée?|eurodéputée?|professeure?|docteur|dr|m|mme|maître|me|écrivaine?"
        "|militante?"
        "|chercheur|chercheuse|experte?|commissaire|ambassadeur|ambassadrice|maire|évêque"
        "|pape|épouse"
        "|frère|père|mère"
    ),
    bodies=(
        "internationale?|union|association|assemblée|fondation|comité|conseil|fédération|mouvement"
        "|campagne|coalition|alliance|réseau|parti|gouvernement|ministère|département|organisation"
        "|société|institut|université|cour|tribunal|nations|commission|syndicat|congrès"
        "|parlement|front"
        "|confédération|ligue|frontières|amnesty"
    ),
    we_of="en tant que?|en tant qu[’']|nous,|comme|au sein de|à",
    small=(
        "le|la|les|un|une|des|du|de|d|en|et|ou|mais|si|comme|à|au|aux|par|pour|avec|sans|ne"
        "|pas|se|son"
        "|sa|ses|ce|cette|ces|nous|notre|nos|je|il|elle|ils|elles|on|que|qui|quand|aujourd"
        "|maintenant"
        "|plus|tous|toutes|signez|signe|exigez|rejoignez|depuis|selon|aussi|dans|c|l|non|cher|chère"
    ),
    calls={
        ActionKind.PETITION: (
            "signez|signe|signons|ajoutez votre (?:nom|signature|voix)|ajoute ton nom"
        ),
        ActionKind.LETTER: "écrivez|écris|écrivons|envoyez|envoie|envoyons|adressez",
        ActionKind.EVENT: (
            "venez|viens|participez (?:au|à la) (?:rassemblement|manifestation|marche)|manifestez"
            "|manifestons|descendez dans la rue|descendons dans la rue|marchez|marchons"
            "|retrouvez-nous"
            "|rendez-vous (?:le|devant|à)|rassemblons-nous|rassemblez-vous"
        ),
        ActionKind.REGISTER: "inscrivez-vous|inscris-toi|enregistrez-vous|réservez",
        ActionKind.FOLLOW: "suivez|suis|abonnez-vous|abonne-toi",
        ActionKind.SHARE: (
            "partagez|partage|partageons|diffusez|diffuse|diffusons"
            "|faites (?:passer|circuler|connaître)"
            "|relayez|aidez-nous à (?:faire|diffuser)"
        ),
        None: (
            "rejoignez|rejoins|agissez|agis|agissons|exigez|exige|exigeons|demandez|demande"
            "|demandons"
            "|dites|défendez|défends|défendons|protégez|protège|protégeons|soutenez|soutiens"
            "|soutenons"
            "|aidez|aide|libérez|libérons|levez|élevez|participez|participe|donnez|faites"
            "|non à|non au"
            "|mobilisez-vous|mobilisons-nous|engagez-vous|interpellez|appelez|stop|halte|abandonnez"
        ),
    },
    lead_ins="s[’']il vous plaît|maintenant|aujourd[’']hui|ensemble|et|alors|merci de",
    no_call="de|du|des|est|était|a|que|sont|sera",
    cautions="(?:merci de |veuillez )?(?:ne pas|n[’']envoyez pas|ne signez pas|ne partagez pas)",
    things={
        ActionKind.LETTER: "lettres?|courriels?|e-?mails?",
        ActionKind.PETITION: "pétitions?|signatures?",
        ActionKind.EVENT: (
            "rassemblements?|manifestations?|marche|veillée|manif|meeting|dans la rue"
        ),
        ActionKind.FOLLOW: "réseaux sociaux|infolettre|newsletter|chaîne",
    },
    demands=(
        "doit|doivent|nous exigeons|nous demandons|il faut|exigeons|nous appelons|ne doit pas"
        "|ne doivent pas|il est temps"
    ),
    leaning=(
        "il(?! faut| est temps| y a)|elle|ils|elles|lui|leur|leurs|son|sa|ses|cela|ça|ceci|celui-ci"
        "|celle-ci|ce|cette|ces|là|là-bas|mais|et|ou|donc|or|ainsi|c[’']est pourquoi|de plus|aussi"
        "|cependant|toutefois|pourtant|ensuite|alors|ces derniers|c[’']est|y"
    ),
    passing=(
        "aujourd[’']hui|demain|maintenant|actuellement|toujours|encore|reste|restent"
        "|continue|continuent"
        "|demeure|est détenu|ce (?:vendredi|samedi|dimanche|mois)|cette (?:semaine|année)"
        "|l[’']an dernier"
        "|déjà"
    ),
    of_one="je|j|me|mon|ma|mes|moi",
    layout="ci-dessus|ci-dessous|cliquez|ce champ|cette page|formulaire|bouton",
    furniture=(
        "publié (?:le|par|dans)|classé dans|laissez un commentaire|laisser un commentaire"
        "|les commentaires|tous droits réservés|©|politique de confidentialité"
        "|mentions légales|cookies?"
        "|nous utilisons des cookies|ce site utilise|lire la suite|partager cet|étiquettes"
        "|catégories"
        "|aller au contenu|menu$|à lire aussi|haut de page"
    ),
    form="vos coordonnées|vos informations|remplissez|prénom$|nom et prénom|votre nom$",
    about=(
        "plus d[e’']|près d[e’']|au moins|presque|environ|quelque|jusqu[’']à|moins d[e’']|à peine"
        "|seulement|plus de|près de|moins de"
    ),
    numbers=(
        "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
        "|seize|vingt"
        "|trente|quarante|cinquante|soixante|cent|des dizaines d[e’']|des centaines d[e’']"
        "|des milliers d[e’']|des millions d[e’']|la moitié d(?:e|es)"
    ),
    scales="mille|million|millions|milliard|milliards",
    no_unit=(
        "de|du|des|d|et|ou|à|a|en|par|pour|avec|que|est|sont|était|ont|le|la|les|un|une|se"
        "|son|sa|comme"
        "|au|aux|ne|pas|plus|h|heures"
    ),
    before_day="le",
    before_month="",
    clock="à|dès|à partir de",
    hours="h|heures",
    at_places="à|au|aux|en|devant|depuis|dans",
    target="destinataire de la pétition|adressée à|adressé à|cible",
    salutation="formule d[’']appel|salutation",
    recipients="destinataires?",
)  # fmt: skip
