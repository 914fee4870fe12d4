"""The words of Spanish newsrooms."""

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, SentenceWords
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.newsrooms.months import months_of

__all__ = ["NEWSROOM", "SENTENCES"]

_SHAPES = shape_table(
    caption=(
        "en la foto|en la imagen|imagen de archivo|foto de archivo|imagen referencial|video|vídeo|"
        "foto referencial|imagen ilustrativa|en la fotografía|fotogalería|galería",
        "Imagen de archivo: el muelle viejo",
    ),
    captioned_within=(
        ("foto|fotos|crédito|imagen|fotografía|archivo"),
        ("Barcos en el muelle (Foto: Maja Orlo)"),
    ),
    picture=(
        "foto|fotos|imagen|imágenes|fotografía|fotografías|crédito|créditos|fuente|fuentes|"
        "ilustración|gráfico|infografía|crédito foto|foto y texto|crédito de la foto|video|vídeo",
        "Foto: Maja Orlo/EFE",
    ),
    picture_by=(
        "foto de|fotos de|fotografía de|imagen de|ilustración de|foto por|cortesía|foto cortesía|"
        "foto cortesía de|cortesía de|crédito|foto",
        "Foto de Maja Orlo",
    ),
    work=(
        "redacción|editado por|edición|editor|traducido por|traducción|traducción de|edición de|"
        "editado en español por|reporte de|reporte por|información de|escrito por|corrección",
        "Edición: Maja Orlo",
    ),
    material=(
        "con información de|con informaciones de|con datos de|con reporte de|tomado de|"
        "con información de la|con informes de|colaboraron|colaboró|contribuyó|contribuyeron",
        "Con información de EFE",
    ),
    rights=(
        "todos los derechos reservados|derechos reservados|prohibida la reproducción|"
        "prohibida su reproducción|queda prohibida|derechos de autor|prohibida toda",
        "Todos los derechos reservados. El Puerto",
    ),
    rights_at_end=(
        "todos los derechos reservados|derechos reservados",
        "El Puerto, 2021. Todos los derechos reservados.",
    ),
    correction=(
        "corrección|fe de errores|fe de erratas|rectificación|aclaración|fe de errata",
        "Fe de errores: el muelle cerró en marzo, no en mayo.",
    ),
    related=(
        "lea también|lea además|lee también|leer también|lea más|leer más|lee más|lee además|"
        "te puede interesar|le puede interesar|también te puede interesar|puede leer|"
        "te recomendamos|le recomendamos|te puede gustar|podría interesarte|quizás te interese|"
        "más información|mira también|vea también|ver también|ver además|vea además|mira además|"
        "además|mire|mire también|noticias relacionadas|notas relacionadas|artículos relacionados|"
        "contenido relacionado|relacionadas|relacionados|relacionado|noticia relacionada|"
        "temas relacionados|entradas relacionadas|más noticias|más leídas|lo más leído|"
        "lo más visto|las más leídas|más en|más sobre|seguir leyendo|sigue leyendo|siga leyendo|"
        "continuar leyendo|ver más|recomendados|recomendadas|recomendado|no te pierdas|"
        "no se pierda|última hora|últimas noticias|lo último|más de|leé también|leé además|"
        "mirá también|lo + leído|también puedes leer|también puede leer|de interés|sugeridas|"
        "le sugerimos",
        "Lea también: Quién paga el muelle",
    ),
    related_words=(
        "haz clic aquí|haga clic aquí|clic aquí|leer la nota|leer nota completa|"
        "ver todas las|ver nota|leé la nota|lea aquí|leer el artículo|lea la nota",
        "Haga clic aquí para leer la entrevista",
    ),
    note=(
        "nota del editor|nota de la redacción|n. de la r.|nota de redacción|sobre el autor|"
        "sobre la autora|nota del redactor",
        "Nota del editor: este texto se publicó en mayo.",
    ),
    note_words=(
        "este artículo fue publicado|este artículo se publicó|este texto se publicó|"
        "esta nota fue publicada|esta noticia ha sido publicada|este contenido fue|publicado el|"
        "publicado en|publicado por|publicado:|publicada el|actualizado|última actualización|"
        "fecha de publicación|actualizada|creado el|archivado en|posteado el|publicación",
        "Este artículo fue publicado en El Puerto.",
    ),
    reading_time=(
        "tiempo de lectura|lectura|tiempo de lectura aproximado",
        "Tiempo de lectura: 4 minutos",
    ),
    reading_time_at_end=(
        "min de lectura|minutos de lectura|min. de lectura|min lectura|mins. lectura",
        "4 min de lectura",
    ),
    advert=(
        "publicidad|anuncio|anuncios|pauta|patrocinado|contenido patrocinado|espacio publicitario|"
        "contenido publicitario|publicite aquí|continúa leyendo después de la publicidad|"
        "aviso publicitario|advertisement",
        "Publicidad",
    ),
    sign_up=(
        "suscríbete|suscríbase|suscribite|suscribirse|suscripción|suscripciones|newsletter|"
        "newsletters|boletín|boletines|regístrate|regístrese|registrate|inicia sesión|"
        "inicie sesión|iniciar sesión|ya eres suscriptor|ya tienes cuenta|para seguir leyendo|"
        "hazte socio|únete|unite|recibe|recibí|reciba|recibir|apúntate|descarga la app|descargá|"
        "descarga nuestra|este contenido es exclusivo|contenido exclusivo para|"
        "para continuar leyendo|quiero recibir|accede a|activa las notificaciones|"
        "mantente informado|manténgase informado|entérate de|suscribirme|dona|apoya|si te gustó",
        "Suscríbete al boletín del puerto",
    ),
    share=(
        "compartir|compartir en|compartir esta noticia|compartí|comparte|comparta|"
        "comparte esta noticia|compártelo|imprimir|enviar|enviar por correo|enviar por email|"
        "guardar|copiar enlace|copiar link|tuitear|twittear|escuchar|escuchar noticia|"
        "enviar por mail|enviar por whatsapp|me gusta|compartir por|compartilo|"
        "click para compartir en|haz clic para compartir en|comparte este artículo|comparte esto|"
        "compartir artículo|compartir este artículo|guardar nota|escuchar artículo",
        "Compartir en Facebook",
    ),
    follow=(
        "síguenos|síganos|seguinos|sigue|síguenos en|sigue a|únete a|seguir a|seguí",
        "Síguenos en Instagram",
    ),
    comments=(
        "nombre|correo|correo electrónico|comentarios|comentario|comentar|deja un comentario|"
        "deje un comentario|deja una respuesta|dejá tu comentario|deja tu comentario|"
        "escribe un comentario|ver comentarios|responder|añadir comentario|agregar comentario|"
        "tus comentarios|cancelar respuesta|publicar comentario|escribe tu comentario|"
        "dejar comentario|opina|comenta|dejar un comentario",
        "Comentarios (12)",
    ),
    comments_at_end=("comentarios|comentario|respuestas|compartidos", "12 comentarios"),
    cookies=(
        "utilizamos cookies|este sitio web utiliza|este sitio utiliza|usamos cookies|"
        "esta web utiliza|esta web usa|política de cookies|utilizamos cookies propias|"
        "este sitio usa|al continuar navegando",
        "Utilizamos cookies para mejorar el sitio.",
    ),
    tags=(
        "etiquetas|tags|temas|temas tratados|en esta nota|categoría|categorías|más temas|"
        "palabras clave|archivado en|etiqueta|sección|etiquetado|temas de la nota|tag",
        "Etiquetas: puerto, muelle",
    ),
    label=(
        "inicio|portada|home|contacto|contáctenos|aviso legal|política de privacidad|"
        "quiénes somos|términos y condiciones|términos de uso|condiciones de uso|acerca de|"
        "nosotros|mapa del sitio|ingresar|iniciar|registrarse|buscar|búsqueda|menú|"
        "ir al contenido|saltar al contenido|saltar al contenido principal|ir arriba|"
        "volver arriba|volver|siguiente|anterior|cerrar|archivo|hemeroteca|cargar más|ver todas|"
        "ver todos|mi cuenta|edición impresa|versión impresa|siguiente noticia|noticia anterior|"
        "artículo anterior|artículo siguiente|arriba|staff|normas de uso|"
        "pasar al contenido principal|cerrar sesión|cargando|siguiente artículo",
        "Ir al contenido",
    ),
    player=(
        "tu navegador|su navegador|este video|este vídeo|por favor active|javascript|cargando",
        "Tu navegador no puede mostrar el video.",
    ),
)

NEWSROOM = NO_NEWSROOM._replace(
    months=months_of("es"),
    weekday="(?:[Ll]unes|[Mm]artes|[Mm]iércoles|[Jj]ueves|[Vv]iernes|[Ss]ábado|[Dd]omingo)",
    short_weekday=r"(?:lun|mar|mi[ée]|jue|vie|s[áa]b|dom)\.?",
    dateline_month=(
        r"(?:enero|ene|febrero|feb|marzo|mar|abril|abr|mayo|may|junio|jun|julio|jul|agosto|ago|"
        r"septiembre|setiembre|sept|sep|set|octubre|oct|noviembre|nov|diciembre|dic)\b\.?"
    ),
    day_tail="[º°]|ro",
    date_joiner="del?",
    half=r"[ap]\.?\s?m\b\.?|h\b\.?|hs\b\.?|hrs\b\.?|horas?\b",
    by="por",
    byline_label="autor|autora|autores|por|texto|redacción|escrito por|redactor",
    joiner="y|e",
    name_joiner="con",
    others=r"(?:\d+|dos|tres|varios|otros) (?:más|otros)",
    name_tail="en|desde|para|enviad[oa] especial a",
    unfinished=(
        "a|al|ante|bajo|con|contra|de|del|desde|durante|e|el|en|entre|hacia|hasta|la|las|los|o|"
        "para|por|que|según|sin|sobre|su|sus|tras|u|un|una|y"
    ),
    job=(
        r"redacci[óo]n|redactor(?:a|es)?|periodistas?|corresponsal(?:es)?|"
        r"enviad[oa]s? especial(?:es)?|editor(?:a|es)?|columnistas?|reporter[oa]s?|"
        r"colaborador(?:a|es)?|fot[óo]graf[oa]s?|analistas?|agencias?|director(?:a)?|cronistas?|"
        r"especial para|articulistas?"
    ),
    writer=(
        "(?:redactora?|periodista|corresponsal|editora?|columnista|reporter[oa]|cronista|"
        "colaboradora?)"
    ),
    for_house="para|especial para|de|desde",
    not_names=words(
        "ejemplo|ahora|favor|eso|ello|fin|qué|que|su parte|otra parte|un lado|otro lado|"
        "lo tanto|supuesto|último|primera vez|tanto|más información|la tarde|la mañana|"
        "la noche|cierto"
    ),
    published=(
        r"(?:(?:publicad[oa]|creado|fecha(?: de publicación)?|posteado|subido|escrito|publicación|"
        r"emitido))(?: (?:el|en|a las)\b)?:?\s+|el\s+"
    ),
    updated=(
        r"(?:(?:última )?actualizad[oa]|(?:última )?actualización|modificad[oa]|editad[oa]|"
        r"act\.)(?: (?:el|en|a las)\b)?:?\s+"
    ),
    at="a las?|a la",
    age=r"hace\s+\d+\s+(?:minutos?|horas?|d[íi]as?|semanas?|mes(?:es)?)",
    wrote=(
        "texto|escrito|publicado|redactado|análisis|opinión|columna|crónica|entrevista|reportaje|"
        "foto|elaborado|enviado"
    ),
    paper=(
        r"agencia|agencias|diario|diarios|periódico|peri[óo]dico|noticias|prensa|radio|"
        r"televisi[óo]n|tv|pa[íi]s|mundo|naci[óo]n|universal|tiempo|comercio|mercurio|tercera|"
        r"heraldo|vanguardia|razón|clar[íi]n|infobae|excelsior|reforma|jornada|espectador|tribuna|"
        r"voz|hora|prensa|press|news|medios|digital|revista|gaceta|correo|observador|cronista|"
        r"nacional|independiente|popular"
    ),
    house=(
        "agencia|agencias|diario|periódico|noticias|prensa|radio|televisi[óo]n|tv|press|news|"
        "medios|digital|revista"
    ),
    house_words=frozenset(("el", "la", "los", "las", "de", "del", "y", "en")),
    office=(
        "ministerio|ayuntamiento|alcald[íi]a|asociaci[óo]n|federaci[óo]n|sindicato|universidad|"
        "instituto|fundaci[óo]n|gobierno"
    ),
    labels=words(
        "análisis|aclaración|artículo|columna|comentario|comunicado|corrección|crónica|"
        "editorial|encuesta|entrevista|exclusiva|exclusivo|foto|fotos|fotogaleria|fotogalería|"
        "galería|imágenes|noticia|nota|opinión|perfil|podcast|publicidad|reportaje|urgente|"
        "video|vídeo|videos|vídeos|vivo|resumen|última|actualización|minuto"
    ),
    cities=words(
        "madrid|barcelona|valencia|sevilla|zaragoza|málaga|murcia|palma|bilbao|alicante|"
        "córdoba|valladolid|vigo|gijón|granada|vitoria|la coruña|a coruña|oviedo|pamplona|"
        "santander|san sebastián|burgos|salamanca|toledo|santiago de compostela|las palmas|"
        "logroño|cádiz|buenos aires|rosario|mendoza|la plata|santiago|santiago de chile|"
        "valparaíso|concepción|lima|arequipa|cusco|bogotá|medellín|cali|barranquilla|"
        "cartagena|bucaramanga|quito|guayaquil|cuenca|caracas|maracaibo|la paz|santa cruz|"
        "cochabamba|sucre|asunción|montevideo|méxico|ciudad de méxico|cdmx|guadalajara|"
        "monterrey|puebla|tijuana|ciudad juárez|toluca|mérida|veracruz|oaxaca|acapulco|cancún|"
        "guatemala|ciudad de guatemala|san salvador|tegucigalpa|san pedro sula|managua|"
        "san josé|panamá|ciudad de panamá|la habana|santo domingo|san juan|washington|"
        "nueva york|miami|los ángeles|houston|londres|parís|berlín|roma|bruselas|lisboa|moscú|"
        "kiev|pekín|tokio|jerusalén|el cairo|estambul|ginebra|viena|atenas|"
        "ciudad del vaticano|teherán|bagdad|damasco|naciones unidas|río de janeiro|sao paulo|"
        "brasilia|estocolmo|varsovia"
    ),
    regions=words(
        "españa|argentina|méxico|colombia|chile|perú|venezuela|ecuador|bolivia|paraguay|"
        "uruguay|cuba|guatemala|honduras|el salvador|nicaragua|costa rica|panamá|"
        "república dominicana|puerto rico|estados unidos|ee.uu|eeuu|francia|alemania|italia|"
        "portugal|reino unido|brasil|china|japón|rusia|ucrania|israel|cataluña|andalucía|"
        "galicia|jalisco|nuevo león|chihuahua|sonora|sinaloa"
    ),
    not_places=words(
        "ue|onu|otan|eeuu|ee.uu|pp|psoe|vox|covid|oms|fbi|quién|qué|cómo|dónde|cuándo|por qué|"
        "claves|datos|info"
    ),
    shapes=_SHAPES,
    labels_below=words("leer más|lee más|ver más|leer nota|seguir leyendo|más información"),
    page_words=words(
        "inicio|portada|política|economía|deportes|cultura|sociedad|mundo|internacional|"
        "internacionales|nacional|nacionales|país|locales|local|ciudad|región|regiones|"
        "tecnología|ciencia|salud|opinión|editorial|espectáculos|entretenimiento|tendencias|"
        "estilo|gente|moda|viajes|turismo|motor|autos|negocios|finanzas|empleo|educación|"
        "judicial|judiciales|policiales|policial|sucesos|seguridad|fútbol|videos|vídeos|fotos|"
        "galerías|podcast|podcasts|newsletters|clasificados|contacto|buscar|menú|suscríbete|"
        "suscripciones|iniciar sesión|archivo|hemeroteca|quiénes somos|aviso legal|publicidad|"
        "clima|horóscopo|servicios|más|especiales|blogs|actualidad|últimas noticias|lo último|"
        "ediciones|impreso|suplementos|vida|obituarios|loterías|elecciones|américa latina|"
        "estados unidos|farándula|virales|viral|cine|música|libros|televisión|tv|arte|ocio|"
        "gastronomía"
    ),
)

_SMALL_WORDS = spaced("""
    el la los las un una unos unas y e o u de del a al en con por para sin sobre tras entre desde
    hasta contra según ante bajo que es su sus no se más lo
""")
SENTENCES = SentenceWords(
    abbreviations=spaced("""
        sr sra srta sres dr dra dres prof profa lic ing arq gral cnel cap sto sta ud uds vd vds
        av avda c núm nº no pág págs p pp art tel etc ej p.ej ee.uu eeuu s.a s.l a.m p.m a.c d.c
        cía depto dpto edo ene feb mar abr may jun jul ago sept sep oct nov dic lun mié jue vie
        sáb dom cf ed vol aprox máx mín
    """),
    unfinished=_SMALL_WORDS | spaced("pero quien cual si como son fue era ha han este esta le"),
    small_words=_SMALL_WORDS,
    speech_dashes="-–",
)
