"""Serbian, whose stemmer turns both scripts into Latin."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_STOP_WORDS = """
    и у је се на да за од са су који која које ће а не као или што из до о по био била било били
    бити није ако али то овај ова ово тај та те он она они оне оно ја ти ми ви мој његов њен
    њихов свој сам си смо сте ли кад када где како зашто шта ко кога коме чији колико којег коју
    којој којем којима којим чему јер док него нити ни само још већ може могу би бих бисмо бисте
    има имају нема након пре после између преко код према због против уз без над под при тако
    такође овде тамо све сви сваки неки нека неко ништа нико им му га јој их нас вас себе
    """
LANGUAGE = Language(
    code="sr",
    name="Serbian",
    stemmer="serbian",
    stop_words=frozenset(_STOP_WORDS.split()),
    keeps_accents=True,
)
