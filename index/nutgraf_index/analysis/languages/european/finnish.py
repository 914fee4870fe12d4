"""Finnish."""

from nutgraf_index.analysis.languages.language import Compounding, Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="fi",
    name="Finnish",
    stemmer="finnish",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        olla olen olet on olemme olette ovat ole oli olisi olisit olisin olisimme olisitte olisivat
        olit olin olimme olitte olivat ollut olleet en et ei emme ette eivat mina minun minut minua
        minussa minusta minuun minulla minulta minulle sina sinun sinut sinua sinussa sinusta sinuun
        sinulla sinulta sinulle han hanen hanet hanta hanessa hanesta haneen hanella hanelta hanelle
        me meidan meidat meita meissa meista meihin meilla meilta meille te teidan teidat teita
        teissa teista teihin teilla teilta teille he heidan heidat heita heissa heista heihin heilla
        heilta heille tama taman tata tassa tasta tahan talla talta talle tana taksi tuo tuon tuota
        tuossa tuosta tuohon tuolla tuolta tuolle tuona tuoksi se sen sita siina siita siihen silla
        silta sille siksi nama naiden naita naissa naista naihin nailla nailta naille naina naiksi
        nuo noiden noita noissa noista noihin noilla noilta noille noina noiksi ne niiden niita
        niissa niista niihin niilla niilta niille niina niiksi kuka kenen kenet keta kenessa kenesta
        keneen kenella kenelta kenelle kenena keneksi ketka keiden keita keissa keista keihin keilla
        keilta keille keina keiksi mika minka mita missa mista mihin milla milta mille miksi mitka
        joka jonka jota jossa josta johon jolla jolta jolle jona joksi jotka joiden joita joissa
        joista joihin joilla joilta joille joina joiksi etta ja jos joten koska kuin mutta niin seka
        tai vaan vai vaikka kanssa mukaan noin poikki yli kun nyt itse milloin miten kuinka monta
        moni
    """),
    question_words=spaced("kuka mika mita milloin missa mihin mista miksi miten kuinka"),
    after_hyphens=frozenset(("ja", "tai")),
    keeps_accents=True,
    compounding=Compounding(links=("n", "en", "in", "ien")),
)
