"""Indonesian."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="id",
    name="Indonesian",
    stemmer="indonesian",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        yang dan di dari ini pada kepada ada adalah dengan untuk dalam oleh sebagai juga ke atau
        tidak itu sebuah tersebut dapat ia telah satu memiliki mereka bahwa lebih karena seorang
        akan seperti secara kemudian beberapa banyak antara setelah yaitu hanya hingga serta sama
        dia tetapi namun melalui bisa sehingga ketika suatu sendiri bagi semua harus setiap maka
        maupun tanpa saja jika bukan belum sedangkan yakni meskipun hampir kita demikian daripada
        apa ialah sana begitu seseorang selain terlalu ataupun saya bila bagaimana tapi apabila
        kalau kami melainkan boleh aku anda kamu beliau kalian siapa mana kapan mengapa berapa
        dimana kenapa
    """),
    question_words=spaced("siapa apa kapan mana mengapa bagaimana berapa"),
    keeps_accents=True,
)
