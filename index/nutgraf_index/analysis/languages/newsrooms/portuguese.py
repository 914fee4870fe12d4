"""The words of Portuguese newsrooms."""

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, SentenceWords
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.newsrooms.months import months_of

__all__ = ["NEWSROOM", "SENTENCES"]

_SHAPES = shape_table(
    caption=(
        "na foto|na imagem|imagem de arquivo|foto de arquivo|foto ilustrativa|imagem ilustrativa|"
        "vídeo|legenda|galeria",
        "Imagem de arquivo: o cais velho",
    ),
    captioned_within=(
        ("foto|fotos|crédito|imagem|reprodução|arquivo"),
        ("Barcos no cais (Foto: Maja Orlo)"),
    ),
    picture=(
        "foto|fotos|imagem|imagens|fotografia|crédito|créditos|fonte|fontes|ilustração|"
        "infográfico|arte|crédito da foto|fotos e texto",
        "Foto: Maja Orlo/Lusa",
    ),
    picture_by=(
        "foto de|fotos de|fotografia de|imagem de|ilustração de|foto por|crédito|divulgação",
        "Foto de Maja Orlo",
    ),
    work=(
        "edição|edição de|editado por|tradução|tradução de|traduzido por|reportagem|reportagem de|"
        "colaboração|redação|revisão|texto|supervisão",
        "Edição: Maja Orlo",
    ),
    material=(
        "com informações de|com informações da|com informações do|com agências|com|com dados de|"
        "colaborou|colaboraram|da redação com|com informações das",
        "Com informações da Agência Brasil",
    ),
    rights=(
        "todos os direitos reservados|direitos reservados|proibida a reprodução|"
        "é proibida a reprodução|este material não pode|é expressamente proibida",
        "Todos os direitos reservados. O Porto",
    ),
    rights_at_end=(
        "todos os direitos reservados|direitos reservados",
        "O Porto, 2021. Todos os direitos reservados.",
    ),
    correction=(
        "correção|errata|erramos|retificação|esclarecimento|erramos:",
        "Errata: o cais fechou em março, não em maio.",
    ),
    related=(
        "leia também|leia mais|leia ainda|ler mais|ler também|leia a seguir|veja também|veja mais|"
        "saiba mais|confira também|confira|assista também|ver mais|mais sobre|mais notícias|"
        "notícias relacionadas|matérias relacionadas|artigos relacionados|conteúdo relacionado|"
        "relacionados|relacionadas|relacionado|mais lidas|as mais lidas|mais lidos|"
        "últimas notícias|recomendados|recomendadas|recomendado para você|você pode gostar|"
        "você também pode gostar|continue lendo|continuar a ler|continue a ler|posts relacionados|"
        "últimas|mais em|veja|assista|não perca|pode gostar também|artigos recentes|"
        "outras notícias|mais de",
        "Leia também: Quem paga o cais",
    ),
    related_words=(
        "clique aqui para|clique aqui e|leia a matéria|leia a reportagem|leia a íntegra|veja todas|"
        "ver todas as|leia o artigo",
        "Clique aqui para ler a entrevista",
    ),
    note=(
        "nota do editor|nota da redação|n. da r.|sobre o autor|sobre a autora|nota da editora",
        "Nota do editor: este texto saiu em maio.",
    ),
    note_words=(
        "este artigo foi publicado|este texto foi publicado|esta reportagem foi|publicado em|"
        "publicado por|publicado:|publicada em|atualizado|última atualização|atualizada|postado em|"
        "postado por|criado em|texto publicado|data de publicação|modificado em",
        "Este artigo foi publicado em O Porto.",
    ),
    reading_time=("tempo de leitura|leitura", "Tempo de leitura: 4 minutos"),
    reading_time_at_end=("min de leitura|minutos de leitura|min. de leitura", "4 min de leitura"),
    advert=(
        "publicidade|pub|anúncio|anúncios|patrocinado|conteúdo patrocinado|"
        "continua após a publicidade|continua depois da publicidade|propaganda|publieditorial|"
        "informe publicitário",
        "Continua após a publicidade",
    ),
    sign_up=(
        "assine|inscreva-se|cadastre-se|receba|subscreva|registe-se|newsletter|newsletters|"
        "já é assinante|já é cadastrado|faça login|faça seu login|entre com|para continuar lendo|"
        "seja assinante|seja um|apoie|baixe o app|baixe o aplicativo|conteúdo exclusivo|"
        "ative as notificações|acesse o|participe do|entre no grupo|entre no nosso|"
        "este conteúdo é exclusivo|já tem conta|fique por dentro|quer receber|siga-nos|contribua",
        "Assine o boletim do porto",
    ),
    share=(
        "compartilhar|compartilhe|compartilhe esta notícia|compartilhe isso|compartilhar no|"
        "partilhar|partilhe|partilhar no|imprimir|enviar|enviar por e-mail|salvar|guardar|"
        "copiar link|tuitar|ouvir|ouça|curtir|compartilhar no facebook|compartilhar no whatsapp|"
        "compartilhe no|clique para compartilhar no|compartilhar este artigo|ouvir notícia|"
        "ouvir artigo",
        "Compartilhe no Facebook",
    ),
    follow=("siga|siga-nos|siga-nos no|siga o|siga a|acompanhe|curta", "Siga o porto no Instagram"),
    comments=(
        "comentários|comentário|comentar|comente|deixe um comentário|deixe seu comentário|"
        "deixe uma resposta|ver comentários|responder|adicionar comentário|escreva um comentário|"
        "cancelar resposta|publicar comentário|enviar comentário|seu comentário",
        "Comentários (12)",
    ),
    comments_at_end=("comentários|comentário|respostas|partilhas", "12 comentários"),
    cookies=(
        "utilizamos cookies|usamos cookies|este site utiliza|este site usa|nós utilizamos cookies|"
        "nosso site usa|ao continuar",
        "Utilizamos cookies para melhorar o site.",
    ),
    tags=(
        "tags|tópicos|assuntos|palavras-chave|categoria|categorias|etiquetas|temas|tag|marcadores|"
        "tópicos relacionados|mais sobre este assunto|editoria",
        "Tópicos: porto, cais",
    ),
    label=(
        "início|home|página inicial|contato|contacto|fale conosco|política de privacidade|"
        "quem somos|termos de uso|termos e condições|sobre nós|expediente|mapa do site|entrar|"
        "login|cadastro|sair|buscar|busca|pesquisar|menu|ir para o conteúdo|pular para o conteúdo|"
        "voltar ao topo|topo|voltar|próximo|anterior|próxima|fechar|arquivo|carregar mais|"
        "ver todos|minha conta|anuncie|notícia anterior|próxima notícia|artigo anterior|"
        "próximo artigo|ficha técnica|assinaturas",
        "Ir para o conteúdo",
    ),
    player=(
        "seu navegador|este vídeo|o seu navegador|javascript|carregando",
        "Seu navegador não pode exibir o vídeo.",
    ),
)

NEWSROOM = NO_NEWSROOM._replace(
    months=months_of("pt"),
    weekday="(?:[Ss]egunda|[Tt]erça|[Qq]uarta|[Qq]uinta|[Ss]exta|[Ss]ábado|[Dd]omingo)(?:-feira)?",
    short_weekday=r"(?:seg|ter|qua|qui|sex|s[áa]b|dom)\.?",
    dateline_month=(
        r"(?:janeiro|jan|fevereiro|fev|março|mar|abril|abr|maio|mai|junho|jun|julho|jul|agosto|ago|"
        r"setembro|set|outubro|out|novembro|nov|dezembro|dez)\b\.?"
    ),
    day_tail="[º°]",
    date_joiner="de",
    half=r"h\b|h\s?\d\d|horas?\b|hs\b",
    by="por",
    byline_label="autor|autora|autores|por|texto|redação|reportagem|escrito por",
    joiner="e",
    name_joiner="com",
    others=r"(?:mais )?(?:\d+|dois|três|vários|outros) (?:outros|mais)",
    name_tail="em|para|enviad[oa] especial a",
    unfinished=(
        "a|ao|aos|até|com|como|da|das|de|do|dos|e|em|entre|na|nas|no|nos|o|os|ou|para|pela|pelo|"
        "por|que|se|sem|sob|sobre|sua|seu|um|uma"
    ),
    job=(
        r"redação|redator(?:a|es)?|repórter(?:es)?|jornalistas?|correspondentes?|editor(?:a|es)?|"
        r"colunistas?|enviad[oa]s? especia(?:l|is)|colaborador(?:a|es)?|fotógraf[oa]s?|analistas?|"
        r"articulistas?|especial para|da agência|estagiári[oa]|diretor(?:a)?"
    ),
    writer="(?:redatora?|repórter|jornalista|correspondente|editora?|colunista|colaboradora?)",
    for_house="para|especial para|d[aeo]",
    not_names=words(
        "exemplo|enquanto|isso|fim|que|quê|favor|sua vez|outro lado|um lado|volta|aqui|dia|"
        "hora|causa"
    ),
    published=(
        r"(?:(?:publicad[oa]|criado|data|postado|escrito|publicação|inserido))(?: (?:em|a|às|"
        r"no dia)\b)?:?\s+|em\s+"
    ),
    updated=r"(?:(?:última )?atualizad[oa]|(?:última )?atualização|modificad[oa]|editad[oa])"
    r"(?: (?:em|às|há)\b)?:?\s+",
    at="às|as|à",
    age=r"h[áa]\s+\d+\s+(?:minutos?|horas?|dias?|semanas?|m[êe]s(?:es)?)",
    wrote=(
        "texto|escrito|publicado|postado|redigido|análise|opinião|coluna|reportagem|entrevista|"
        "foto|enviado"
    ),
    paper=(
        r"agência|agências|jornal|diário|notícias|imprensa|rádio|folha|estado|estadão|globo|"
        r"correio|gazeta|tribuna|público|expresso|observador|veja|época|exame|uol|g1|terra|portal|"
        r"revista|tv|news|mídia|povo|zero hora|brasil|popular|digital|press"
    ),
    house=(
        "agência|agências|jornal|diário|notícias|imprensa|rádio|portal|revista|tv|news|mídia|"
        "digital|press"
    ),
    house_words=frozenset(("o", "a", "os", "as", "de", "da", "do", "e", "em")),
    office=(
        "ministério|prefeitura|câmara|associação|federação|sindicato|universidade|instituto|"
        "fundação|governo|secretaria"
    ),
    labels=words(
        "análise|artigo|coluna|comentário|correção|crônica|editorial|enquete|entrevista|"
        "exclusivo|foto|fotos|galeria|imagens|nota|notícia|opinião|perfil|podcast|publicidade|"
        "reportagem|urgente|vídeo|vídeos|vivo|resumo|atualização|infográfico"
    ),
    cities=words(
        "são paulo|rio de janeiro|rio|brasília|salvador|fortaleza|belo horizonte|manaus|"
        "curitiba|recife|porto alegre|belém|goiânia|guarulhos|campinas|são luís|maceió|natal|"
        "teresina|campo grande|joão pessoa|aracaju|cuiabá|florianópolis|vitória|porto velho|"
        "macapá|rio branco|boa vista|palmas|santos|ribeirão preto|londrina|lisboa|porto|"
        "coimbra|braga|faro|funchal|ponta delgada|aveiro|évora|luanda|maputo|praia|bissau|"
        "são tomé|díli|macau|madrid|madri|paris|londres|berlim|roma|bruxelas|moscou|moscovo|"
        "kiev|pequim|tóquio|nova york|nova iorque|washington|buenos aires|santiago|lima|"
        "bogotá|caracas|montevidéu|assunção|jerusalém|cairo|istambul|genebra|viena|barcelona|"
        "milão|los angeles|miami|havana|cidade do méxico|cidade do vaticano|beira|nampula"
    ),
    regions=words(
        "brasil|portugal|angola|moçambique|cabo verde|guiné-bissau|timor-leste|sp|rj|mg|rs|pr|"
        "sc|ba|pe|ce|df|go|am|pa|ma|mt|ms|es|rn|pb|al|se|pi|ac|ro|rr|ap|to|espanha|frança|"
        "alemanha|itália|eua|estados unidos|reino unido|argentina|chile|uruguai|paraguai|"
        "venezuela|china|japão|rússia|ucrânia"
    ),
    not_places=words(
        "ue|onu|otan|nato|eua|pt|psdb|mdb|pl|stf|covid|oms|fbi|quem|que|como|onde|quando|"
        "por que|info|inep|enem"
    ),
    shapes=_SHAPES,
    labels_below=words("leia mais|ler mais|saiba mais|ver mais|continue lendo"),
    page_words=words(
        "início|home|política|economia|esportes|esporte|desporto|cultura|sociedade|mundo|"
        "internacional|brasil|país|nacional|cidades|cotidiano|polícia|tecnologia|ciência|"
        "saúde|opinião|editorial|entretenimento|famosos|estilo|vida|viagem|turismo|carros|"
        "negócios|empregos|educação|segurança|futebol|vídeos|fotos|galeria|podcasts|podcast|"
        "newsletter|newsletters|classificados|contato|busca|buscar|menu|assine|login|entrar|"
        "arquivo|quem somos|publicidade|anuncie|clima|horóscopo|serviços|mais|especiais|blogs|"
        "colunas|últimas notícias|últimas|geral|meio ambiente|justiça|loterias|eleições|tv|"
        "cinema|música|livros|gastronomia|expediente|colunistas|fale conosco|regional"
    ),
)

_SMALL_WORDS = spaced("""
    o a os as um uma e ou de do da dos das em no na nos nas ao aos à às com por pelo pela para sem
    sob sobre entre até contra que se é seu sua não mais
""")
SENTENCES = SentenceWords(
    abbreviations=spaced("""
        sr sra srs sras srta dr dra prof profa eng gen cel cap av r pç n nº no pág págs p pp art
        tel etc ex p.ex a.c d.c s.a ltda cia jan fev mar abr mai jun jul ago set out nov dez seg
        ter qua qui sex sáb dom aprox máx mín ed vol cf
    """),
    unfinished=_SMALL_WORDS | spaced("uns umas mas desde quem como são foi era tem têm este esta"),
    small_words=_SMALL_WORDS,
    speech_dashes="-–",
)
