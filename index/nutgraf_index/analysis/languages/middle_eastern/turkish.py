"""Turkish: i with and without a dot are two letters, and an apostrophe ends a name."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

# I is the capital of ı, and İ of i. Both fold to i: the word is the same, the stem may not be.
_LETTERS = str.maketrans("Iİ", "ıi")
# The suffixes of names, as in Ankara'da; but the apostrophe of a few words is their own.
_SUFFIX = r"(?<!\Akur)(?<!\Asan)(?<!\Akat)(?<!\Ames)(?<!\Amer)'[^\W\d_]{1,12}"


LANGUAGE = Language(
    code="tr",
    name="Turkish",
    stemmer="turkish",
    stop_words=spaced("""
        acaba ama ancak artik aslinda ayrica az bana bazi belki ben benden beni benim beri bile bir
        biraz bircok biri birkac birsey biz bize bizi bizim boyle boylece bu buna bunda bundan
        bunlar bunlari bunlarin bunu bunun burada butun cogu cok cunku da daha de defa degil diger
        diye dolayi dolayisiyla eden ederek ediliyor ediyor eger en etti ettigi ettigini fakat gibi
        gore hangi hangisi hani hatta hem henuz hep hepsi her herhangi herkes hic hicbir icin ile
        ilgili ise iste itibaren kadar karsin kendi kendine kendini kendisi ki kim kimden kime kimi
        kimin kimler kimse mi mu nasil ne neden nedenle nerede nereden nereye nesi neler neyi neye
        neyin nicin niye o olan olarak oldu oldugu oldugunu olmadi olmak olmasi olmayan olmaz olsa
        olsun olup olur olursa oluyor ona ondan onlar onlara onlardan onlari onlarin onu onun oysa
        oyle pek ragmen sadece sanki sen senden seni senin siz size sizi sizin sonra sey soyle su
        suna sunu tarafindan tum uzere var vardi ve veya ya yani yapilan yapmak yapti yaptigi yerine
        yine yoksa zaman zaten kac kacinci nelerdir nedir midir
    """),
    request_words=spaced("""
        bul bulun goster gosterin ver liste makale makaleler metin metinler belge belgeler bilgi
        lutfen hakkinda
    """),
    question_words=spaced("""
        kim kimin kime kimi ne neyi neye nerede nereye nereden nicin niye neden nasil kac hangi
    """),
    letters=lambda text: text.translate(_LETTERS),
    keeps_accents=True,
    # Can et al., Information retrieval on Turkish texts (2008): as good as a dictionary.
    stem_length=5,
    suffix=_SUFFIX,
    newsroom_module="nutgraf_index.analysis.languages.newsrooms.eastern.turkish",
)
