"""Spanish."""

from bot.model import ActionKind
from bot.proposals.words.vocabulary import Vocabulary

SPANISH = Vocabulary(
    months=(
        "enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo|may", "junio|jun", "julio|jul",
        "agosto|ago", "septiembre|setiembre|sept|sep", "octubre|oct", "noviembre|nov",
        "diciembre|dic",
    ),
    weekdays=(
        "lunes|lun", "martes|mar", "miércoles|mié", "jueves|jue", "viernes|vie", "sábado|sáb",
        "domingo|dom",
    ),
    abbreviations=(
        "sr|sra|srta|dr|dra|prof|profa|lic|ing|d|dña|ud|uds|vd|vds|núm|no|nº|art|arts|pág|págs|p|pp"
        "|vol|cap|etc|av|avda|gral|cnel|ee|uu|ee\\. uu|a\\.m|p\\.m|a\\. m|p\\. m|p\\.ej|p\\. ej|ej"
        "|excmo|excma|mons|sto|sta|cía|aprox|ene|feb|abr|jun|jul|ago|sept?|oct|nov|dic"
    ),
    starters=(
        "el|la|los|las|un|una|en|es|no|se|su|sus|esto|este|esta|pero|por|para|cuando|ahora|hoy"
        "|desde|al|lo|él|ella|ellos|si|con|y|a"
    ),
    quotes=("«", "»"),
    saying=(
        "dijo|dice|declaró|afirmó|afirma|señaló|señala|advirtió|advierte|explicó|explica|añadió"
        "|agregó|escribió|escribe|sostuvo|sostiene|manifestó|expresó|aseguró|asegura|denunció"
        "|denuncia|recordó|subrayó|concluyó|comentó|ha dicho|ha declarado|ha afirmado"
    ),
    taking=(
        "(?:ha |han |ya |también )*(?:dice|dijo|advierten?|advirti(?:ó|eron)|rechazan?"
        "|rechaz(?:ó|aron)"
        "|condenan?|conden(?:ó|aron|ado)|considera[n]?|consideró|exigen?|exigió|denuncian?|denunció"
        "|califica|calificó|califican|pide[n]?|pidió|reclama[n]?|afirma[n]?|afirmó|declaró"
        "|se oponen?|advertido|denunciado|rechazado|sostienen?)"
    ),
    according="según|de acuerdo con|en palabras de",
    roles=(
        "presidente|presidenta|vicepresident[ea]|primer ministro|primera ministra|ministr[oa]"
        "|secretari[oa] general|secretari[oa]|fiscal general|fiscal|relator especial"
        "|relatora especial|relator[a]?|director[a]?|portavoz|vocer[oa]|juez|jueza|abogad[oa]"
        "|periodista|editor[a]?|fundador[a]?|cofundador[a]?|senador[a]?|diputad[oa]|eurodiputad[oa]"
        "|profesor[a]?|doctor[a]?|dr|dra|sr|sra|señor|señora|escritor[a]?|activista"
        "|investigador[a]?"
        "|expert[oa]|líder|comisari[oa]|embajador[a]?|alcald(?:e|esa)|gobernador[a]?|obispo|papa"
        "|esposa|hermano|padre|madre"
    ),
    bodies=(
        "internacional|unión|asociación|asamblea|fundación|comité|consejo|federación|movimiento"
        "|campaña|coalición|alianza|red|partido|gobierno|ministerio|departamento|organización"
        "|sociedad|instituto|universidad|tribunal|naciones|comisión|oficina|sindicato|congreso"
        "|parlamento|frente|central|colegio|fronteras"
    ),
    we_of="como|desde|desde la|desde el|como la|en la|en el",
    small=(
        "el|la|los|las|un|una|en|de|del|y|o|pero|si|como|a|al|por|para|con|sin|no|se|su|sus|este"
        "|esta|esto|nosotros|nuestro|nuestra|yo|él|ella|lo|que|qué|por qué|cómo|cuándo|hoy|ahora"
        "|más|todos|todas|firma|únete|exige|desde|cuando|según|también|ya|es|hay|estimado|estimada"
    ),
    calls={
        ActionKind.PETITION: (
            "firma|firme|firmen|firmad|firmemos|añade tu (?:nombre|firma|voz)"
            "|suma tu (?:firma|nombre|voz)"
            "|pon tu nombre"
        ),
        ActionKind.LETTER: (
            "escribe|escriba|escriban|escribid|envía|envíe|envíen|enviad|manda|mande|manden"
        ),
        ActionKind.EVENT: (
            "ven|venga|vengan|venid|acude|acuda|acudan|asiste|asista|asistan|sal a la calle"
            "|salgamos|salimos a la calle|marcha|marchemos|protesta ante|protesta frente"
            "|concéntrate|manifiéstate|nos vemos"
        ),
        ActionKind.REGISTER: (
            "inscríbete|inscríbase|inscríbanse|regístrate|regístrese|regístrense|reserva tu"
        ),
        ActionKind.FOLLOW: "sigue|siga|sigan|síguenos|síganos|suscríbete|suscríbase",
        ActionKind.SHARE: (
            "comparte|comparta|compartan|compartid|compártelo|difunde|difunda|difundan|difundid"
            "|ayúdanos a difundir|corre la voz|haz correr la voz"
        ),
        None: (
            "únete|únase|únanse|uníos|súmate|súmese|súmense|sumaos|actúa|exige|exija|exijan|exigid"
            "|exijamos|pide|pida|pidan|pedid|pidamos|dile|diles|di|defiende|defendamos|protege"
            "|proteged|apoya|apoye|apoyen|ayuda|ayúdanos|alza|levanta|libera|liberen|liberad|basta"
            "|participa|participe|participen|dona|haz|no a la|no al|no más|ni un|movilízate|llama"
        ),
    },
    lead_ins="por favor|ahora|hoy|juntos|juntas|y|también|entonces",
    no_call="de|del|es|fue|era|está|ha|que|son|a cabo",
    cautions="(?:por favor,? )?no (?:envíes|envíe|envíen|mandes|mande|escribas|firmes|compartas)",
    things={
        ActionKind.LETTER: "cartas?|correos?(?: electrónicos?)?|e-?mails?",
        ActionKind.PETITION: "petición|peticiones|firmas",
        ActionKind.EVENT: (
            "marcha|manifestación|protestas?|concentración|vigilia|acto|mitin|plantón|calles?"
        ),
        ActionKind.FOLLOW: "redes sociales|boletín|canal",
    },
    demands=(
        "debe|deben|tiene que|tienen que|exigimos|pedimos|reclamamos|demandamos|instamos"
        "|no debe|no deben|hacemos un llamado|es hora de|no a la|no al"
    ),
    leaning=(
        "está|estuvo|fue(?! en)|ha sido|lleva|sigue|permanece|tiene|puede|podría|enfrenta|él"
        "|ella|ellos|ellas|su|sus|este(?= es)|esta(?= es)|esto|eso|aquello|ello|allí|allá"
        "|ahí|pero"
        "|y|o|así|por eso|por ello|por lo tanto|además|también|sin embargo|tampoco|entonces"
        "|asimismo"
        "|ambos|ambas|lo que|cuyo|cuya|por esto"
    ),
    passing=(
        "hoy|mañana|ahora|actualmente|todavía|aún|sigue|siguen|continúa|continúan|permanece"
        "|está siendo|este (?:viernes|sábado|domingo|mes|año)|esta semana|el año pasado|ya"
    ),
    of_one="yo|me|mi|mis|mí",
    layout="arriba|abajo|haga clic|haz clic|pulsa|pincha|este campo|esta página|formulario|botón",
    furniture=(
        "publicado (?:el|en|por)|esta entrada|archivado en|deja (?:un comentario|una respuesta)"
        "|los comentarios|todos los derechos reservados|©|política de privacidad|aviso legal"
        "|cookies?"
        "|utilizamos cookies|usamos cookies|leer más|comparte esto|etiquetas:|categorías:|saltar al"
        "|te puede interesar|noticias relacionadas|menú$|volver arriba"
    ),
    form="tus datos|sus datos|añade tus datos|nombre y apellidos|rellena|tu nombre$",
    about=(
        "más de|casi|al menos|unos|unas|cerca de|alrededor de|hasta|menos de|aproximadamente"
        "|por lo menos"
        "|sólo|solo"
    ),
    numbers=(
        "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veinte"
        "|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|docenas de|cientos de"
        "|miles de|millones de|la mitad de"
    ),
    scales="mil|millón|millones|mil millones",
    no_unit=(
        "de|del|y|o|a|en|por|para|con|que|es|son|fue|fueron|ha|han|el|la|los|las|un|una|se|su|como"
        "|al|no|más|hs?|horas"
    ),
    before_day="el|el día|día",
    before_month="de|del",
    clock="a las|a la|desde las",
    hours="h|hs|hrs|horas",
    at_places="en|desde|ante|frente a",
    target="destinatario de la petición|dirigida a|dirigido a|destinatario",
    salutation="saludo|encabezado",
    recipients="destinatari[oa]s?",
)  # fmt: skip
