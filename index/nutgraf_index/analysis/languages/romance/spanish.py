"""Spanish."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

_NEWEST_WORDS = "ultimas reciente recientes recientemente actualidad noticias hoy ayer"
LANGUAGE = Language(
    code="es",
    name="Spanish",
    stemmer="spanish",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        de la que el en y a los del se las por un para con no una su al lo como mas pero sus le ya o
        este si porque esta entre cuando muy sin sobre tambien me hasta hay donde quien desde todo
        nos durante todos les ni contra otros ese eso ante ellos e esto mi antes algunos unos yo
        otro otras otra tanto esa estos mucho quienes muchos cual poco ella estar estas algunas algo
        nosotros mis tu te ti tus ellas nosotras vosotros vosotras os mio mia mios mias tuyo tuya
        tuyos tuyas suyo suya suyos suyas nuestro nuestra nuestros nuestras vuestro vuestra vuestros
        vuestras esos esas estoy estamos estais estan estes estemos esteis esten estare estaras
        estara estaremos estareis estaran estaria estarias estariamos estariais estarian estaba
        estabas estabamos estabais estaban estuve estuviste estuvo estuvimos estuvisteis estuvieron
        estuviera estuvieras estuvieramos estuvierais estuvieran estuviese estuvieses estuviesemos
        estuvieseis estuviesen estando estad he has ha hemos habeis han haya hayas hayamos hayais
        hayan habre habras habra habremos habreis habran habria habrias habriamos habriais habrian
        habia habias habiamos habiais habian hube hubiste hubo hubimos hubisteis hubieron hubiera
        hubieras hubieramos hubierais hubieran hubiese hubieses hubiesemos hubieseis hubiesen
        habiendo habido habida habidos habidas soy eres es somos sois son sea seas seamos seais sean
        sere seras sera seremos sereis seran seria serias seriamos seriais serian era eras eramos
        erais eran fui fuiste fue fuimos fuisteis fueron fuera fueras fueramos fuerais fueran fuese
        fueses fuesemos fueseis fuesen siendo sido tengo tienes tiene tenemos teneis tienen tenga
        tengas tengamos tengais tengan tendre tendras tendra tendremos tendreis tendran tendria
        tendrias tendriamos tendriais tendrian tenia tenias teniamos teniais tenian tuve tuviste
        tuvo tuvimos tuvisteis tuvieron tuviera tuvieras tuvieramos tuvierais tuvieran tuviese
        tuvieses tuviesemos tuvieseis tuviesen teniendo tenido tenida tenidos tenidas tened cuales
        cuanto cuanta cuantos cuantas adonde cuyo cuya segun tras mediante ser
    """),
    request_words=spaced("""
        busca buscar buscame encuentra encontrar muestra mostrar muestrame dame da lista articulo
        articulos texto textos documento documentos informacion informe informes favor quiero
    """),
    question_words=spaced("""
        quien quienes que cuando donde como cuanto cuanta cuantos cuantas cual cuales
    """),
    newest_words=frozenset((*_NEWEST_WORDS.split(), "ultima hora")),
    keeps_accents=True,
    newsroom_module="nutgraf_index.analysis.languages.newsrooms.spanish",
)
