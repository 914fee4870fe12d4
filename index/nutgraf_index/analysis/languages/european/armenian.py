"""Armenian."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="hy",
    name="Armenian",
    stemmer="armenian",
    stop_words=spaced("""
        այդ այլ այն այս դու դուք եմ են ենք ես եք է էի էին էինք էիր էիք էր ըստ թ ի ին իսկ իր կամ
        համար հետ հետո մենք մեջ մի ն նա նաեւ նրա նրանք նրանց որ որը որոնք որի որոնց որպես ու ում
        պիտի վրա եւ ինչ ով երբ որտեղ ինչպես ինչու քանի որտեղից չէ ոչ բայց եթե մինչեւ միայն այնպես
        այստեղ այնտեղ մեր ձեր իմ քո սա դա
    """),
    keeps_accents=True,
)
