"""The names of the months in many languages, for dates.

A file of its own, so that reading a date imports no language.
"""

__all__ = ["MONTHS", "PAIRS", "months_of"]

# Of each language the twelve months in order, then the same in further cases or countries. The
# first letters of a name stand for it, so abbreviations are listed only if they are none.
MONTHS = {
    "en": """
        january february march april may june july august september october november december
    """,
    "de": """
        januar februar märz april mai juni juli august september oktober november dezember
        jänner feber mrz april mai juni juli august september oktober november dezember
    """,
    "nl": """
        januari februari maart april mei juni juli augustus september oktober november december
        januari februari mrt april mei juni juli augustus september oktober november december
    """,
    "fr": """
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    """,
    "es": """
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre
    """,
    "pt": """
        janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
    """,
    "it": """
        gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre
        dicembre
    """,
    "ru": """
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
        январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре
    """,
    "tr": """
        ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
    """,
    "pl": """
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada
        grudnia
        styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad
        grudzień
        styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie
        grudniu
    """,
    "ar": """
        يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
        جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر
        يناير شباط آذار نيسان أيار حزيران تموز آب أيلول أكتوبر نوفمبر ديسمبر
        يناير فبراير مارس إبريل مايو يونيه يوليه غشت شتنبر أكتوبر نونبر دجنبر
    """,
    "ca": """
        gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
    """,
    "ro": """
        ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie
        decembrie
    """,
    "sv": """
        januari februari mars april maj juni juli augusti september oktober november december
    """,
    "da": """
        januar februar marts april maj juni juli august september oktober november december
    """,
    "no": """
        januar februar mars april mai juni juli august september oktober november desember
    """,
    "fi": """
        tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta
        syyskuuta lokakuuta marraskuuta joulukuuta
    """,
    "hu": """
        január február március április május június július augusztus szeptember október november
        december
    """,
    "cs": """
        ledna února března dubna května června července srpna září října listopadu prosince
    """,
    "el": """
        ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου
        οκτωβρίου νοεμβρίου δεκεμβρίου
    """,
    "uk": """
        січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    """,
    "bg": """
        януари февруари март април май юни юли август септември октомври ноември декември
    """,
    "id": """
        januari februari maret april mei juni juli agustus september oktober november desember
    """,
}
#: Names of two words, each with the name of one word that it stands for.
PAIRS = {
    "كانون الثاني": "يناير",
    "تشرين الأول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}


def months_of(language: str) -> tuple[str, ...]:
    """Return the names of the months of a language, given by its code, in its cases.

    >>> months_of("pl")[0], months_of("pl")[12]
    ('stycznia', 'styczeń')
    """
    return tuple(MONTHS[language].split())
