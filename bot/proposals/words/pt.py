"""Portuguese."""

from bot.model import ActionKind
from bot.proposals.words.vocabulary import Vocabulary

PORTUGUESE = Vocabulary(
    months=(
        "janeiro|jan", "fevereiro|fev", "março|mar", "abril|abr", "maio|mai", "junho|jun",
        "julho|jul", "agosto|ago", "setembro|set", "outubro|out", "novembro|nov", "dezembro|dez",
    ),
    weekdays=(
        "segunda-feira|segunda|seg", "terça-feira|terça|ter", "quarta-feira|quarta|qua",
        "quinta-feira|quinta|qui", "sexta-feira|sexta|sex", "sábado|sáb", "domingo|dom",
    ),
    abbreviations=(
        "sr|sra|srta|dr|dra|prof|profa|eng|exmo|exma|v|exa|v\\.exa|núm|no|nº|art|arts|pág|págs|p|pp"
        "|vol|cap|etc|av|gen|cel|d|ex|p\\.ex|aprox|ltda|cia|jan|fev|mar|abr|jun|jul|ago|set"
        "|out|nov|dez"
    ),
    starters=(
        "o|a|os|as|um|uma|em|no|na|é|não|se|seu|sua|isto|isso|este|esta|mas|por|para|quando|agora"
        "|hoje|desde|ao|ele|ela|eles|com|e"
    ),
    saying=(
        "disse|diz|declarou|afirmou|afirma|alertou|alerta|explicou|explica|acrescentou|escreveu"
        "|escreve|defendeu|defende|denunciou|denuncia|lembrou|ressaltou|destacou|concluiu|comentou"
        "|garantiu|reiterou|avaliou"
    ),
    taking=(
        "(?:já |também |tem |têm )*(?:diz|disse|dizem|alerta[m]?|alertou|alertaram|rejeita[m]?"
        "|rejeitou"
        "|condena[m]?|condenou|condenaram|considera[m]?|considerou|exige[m]?|exigiu|denuncia[m]?"
        "|denunciou|classifica|classificou|pede[m]?|pediu|defende[m]?|afirma[m]?|afirmou|declarou"
        "|se opõe[m]?)"
    ),
    according="segundo|de acordo com|nas palavras de|conforme",
    roles=(
        "presidente|presidenta|vice-presidente|primeiro-ministro|primeira-ministra|ministr[oa]"
        "|secretári[oa]-geral|secretári[oa]|procurador[a]?-geral|procurador[a]?|relator especial"
        "|relatora especial|relator[a]?|diretor[a]?|porta-voz|juiz|juíza|advogad[oa]|jornalista"
        "|editor[a]?|fundador[a]?|cofundador[a]?|senador[a]?|deputad[oa]|eurodeputad[oa]"
        "|professor[a]?"
        "|doutor[a]?|dr|dra|sr|sra|senhor|senhora|escritor[a]?|ativista|pesquisador[a]?"
        "|especialista"
        "|líder|comissári[oa]|embaixador[a]?|prefeit[oa]|governador[a]?|bispo|papa|esposa"
        "|irmão|pai|mãe"
    ),
    bodies=(
        "internacional|união|associação|assembleia|fundação|comitê|comité|conselho|federação"
        "|movimento|campanha|coalizão|aliança|rede|partido|governo|ministério|departamento"
        "|organização|sociedade|instituto|universidade|tribunal|nações|comissão|sindicato|congresso"
        "|parlamento|frente|central|fronteiras|anistia|amnistia"
    ),
    we_of="como|como a|como o|nós da|nós do|na|no",
    small=(
        "o|a|os|as|um|uma|em|de|do|da|dos|das|no|na|nos|nas|e|ou|mas|se|como|ao|à|por|para|com|sem"
        "|não|seu|sua|este|esta|isto|nós|nosso|nossa|eu|ele|ela|que|porque|por que|quando"
        "|hoje|agora"
        "|mais|todos|todas|assine|junte-se|exija|desde|segundo|também|já|é|há|caro|cara|prezado"
    ),
    calls={
        ActionKind.PETITION: (
            "assine|assina|assinem|assinai|assinemos|acrescente (?:o )?seu nome"
            "|adicione (?:o )?seu nome"
            "|some sua (?:voz|assinatura)"
        ),
        ActionKind.LETTER: "escreva|escreve|escrevam|envie|envia|enviem|mande|manda|mandem",
        ActionKind.EVENT: (
            "venha|vem|venham|compareça|compareçam|participe do ato|saia às ruas|vamos às ruas"
            "|saiam às ruas|marche|marchemos|proteste|protestem|manifeste-se"
        ),
        ActionKind.REGISTER: (
            "inscreva-se|inscrevam-se|inscreve-te|registre-se|regista-te|cadastre-se"
        ),
        ActionKind.FOLLOW: "siga|segue|sigam|siga-nos|acompanhe|subscreve|subscreva",
        ActionKind.SHARE: (
            "compartilhe|compartilha|compartilhem|partilha|partilhe|partilhem|divulgue|divulguem"
            "|espalhe|ajude-nos a divulgar|ajude a divulgar"
        ),
        None: (
            "junte-se|junta-te|juntem-se|some-se|aja|exija|exige|exijam|exijamos|peça|pede"
            "|peçam|diga|digam"
            "|defenda|defendam|proteja|protejam|apoie|apoiem|apoia|ajude|ajuda|levante|erga"
            "|liberte|libertem"
            "|participe|participem|participa|doe|faça|não à|não ao|chega|basta|mobilize-se"
            "|vamos|ligue"
        ),
    },
    lead_ins="por favor|agora|hoje|juntos|juntas|e|também|então",
    no_call="de|do|da|é|foi|era|está|que|são",
    cautions="(?:por favor,? )?não (?:envie|enviem|mande|escreva|assine|compartilhe)",
    things={
        ActionKind.LETTER: "cartas?|e-?mails?",
        ActionKind.PETITION: "petição|petições|abaixo-assinado|assinaturas",
        ActionKind.EVENT: "marcha|manifestação|protestos?|ato|vigília|concentração|comício|ruas?",
        ActionKind.FOLLOW: "redes sociais|boletim|canal",
    },
    demands=(
        "deve|devem|tem que|têm que|tem de|têm de|precisa|exigimos|pedimos|reivindicamos"
        "|não deve|não devem|é hora de|apelamos"
    ),
    leaning=(
        "está|esteve|foi(?! em)|tem sido|continua|permanece|tem|pode|poderia|enfrenta|ele"
        "|ela|eles|elas|seu|sua|seus|suas|isto|isso|aquilo|lá|ali|mas|e|ou|assim|por isso"
        "|portanto"
        "|além disso|também|no entanto|porém|contudo|então|ambos|ambas|o que|cujo|cuja|dele|dela"
    ),
    passing=(
        "hoje|amanhã|agora|atualmente|actualmente|ainda|continua|continuam|permanece|está sendo"
        "|está a ser|nesta (?:sexta|semana|quinta)|esta semana|este (?:mês|ano)|no ano passado|já"
    ),
    of_one="eu|me|meu|minha|mim",
    layout="acima|abaixo(?!-assinado)|clique|este campo|esta página|formulário|botão",
    furniture=(
        "publicado (?:em|por)|postado (?:em|por)|arquivado em|deixe (?:um comentário|uma resposta)"
        "|comentários|todos os direitos reservados|©|política de privacidade|cookies?"
        "|usamos cookies"
        "|utilizamos cookies|leia mais|ler mais|compartilhe isto|tags:|categorias:|pular para|menu$"
        "|leia também|voltar ao topo"
    ),
    form="seus dados|preencha|nome completo|seu nome$|adicione suas informações",
    about=(
        "mais de|quase|pelo menos|ao menos|cerca de|por volta de|até|menos de"
        "|aproximadamente|apenas|só"
    ),
    numbers=(
        "dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|quatorze"
        "|catorze|quinze"
        "|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cem|dezenas de"
        "|centenas de"
        "|milhares de|milhões de|metade de|metade dos"
    ),
    scales="mil|milhão|milhões|bilhão|bilhões|mil milhões",
    no_unit=(
        "de|do|da|e|ou|a|o|em|por|para|com|que|é|são|foi|foram|os|as|um|uma|se|seu|como|ao"
        "|não|mais|h|hs"
        "|horas|às"
    ),
    before_day="em|no dia|dia|a",
    before_month="de",
    clock="às|à|a partir das|das",
    hours="h|hs|hrs|horas",
    at_places="em|no|na|nos|nas|diante da|em frente à|em frente ao",
    target="alvo da petição|dirigida a|destinatário",
    salutation="saudação",
    recipients="destinatári[oa]s?",
)  # fmt: skip
