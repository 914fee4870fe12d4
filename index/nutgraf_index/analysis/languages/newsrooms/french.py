"""The words of French newsrooms."""

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, SentenceWords
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.newsrooms.months import months_of

__all__ = ["NEWSROOM", "SENTENCES"]

_SHAPES = shape_table(
    caption=(
        "photo d'illustration|image d'illustration|photo d'archives|image d'archives|légende|"
        "en image|en images|sur la photo|vidéo|vidéos",
        "Photo d'archives : l'ancien ponton",
    ),
    captioned_within=(
        ("photo|photos|crédit|crédits|illustration|photo d'archives"),
        ("Des bateaux au ponton (Photo : Maja Orlo)"),
    ),
    picture=(
        "photo|photos|crédit photo|crédits photo|crédit|crédits|image|images|photographie|dessin|"
        "infographie|illustration|source|sources|crédit image|crédits image|crédits photos",
        "Crédit photo : Maja Orlo/AFP",
    ),
    picture_by=(
        "photo de|photos de|photo par|photographies de|image de|dessin de|illustration de|photo",
        "Photo de Maja Orlo",
    ),
    work=(
        "propos recueillis par|traduit par|traduction|édité par|édition|montage|"
        "traduit de l'anglais par|recueilli par|rédaction|relecture|reportage de|réalisation",
        "Propos recueillis par Maja Orlo",
    ),
    material=("avec|avec l'|source", "Avec AFP"),
    rights=(
        "tous droits réservés|tous droits de reproduction|reproduction interdite|"
        "reproduction autorisée|droits de reproduction",
        "Tous droits réservés. Le Port de Lindholm",
    ),
    rights_at_end=("tous droits réservés", "Le Port, 2021. Tous droits réservés."),
    correction=(
        "correction|rectificatif|erratum|précision|mise au point|errata",
        "Rectificatif : le ponton est fermé depuis mars, non depuis mai.",
    ),
    related=(
        "aller plus loin|les plus populaires|lire aussi|a lire aussi|à lire aussi|lire également|"
        "à lire également|lire la suite|à lire|lire|voir aussi|à voir|à voir aussi|voir également|"
        "sur le même sujet|sur le même thème|pour aller plus loin|en savoir plus|"
        "pour en savoir plus|plus d'informations|lire plus|articles similaires|articles liés|"
        "articles connexes|à découvrir|à découvrir aussi|notre dossier|dossier|"
        "dans la même rubrique|ailleurs sur le web|vous aimerez aussi|les plus lus|"
        "articles les plus lus|nos articles|recommandé pour vous|à la une|écouter aussi|retrouvez|"
        "contenus sponsorisés|sur le même thème|du même auteur",
        "Lire aussi : Qui paie le ponton",
    ),
    related_words=(
        "cliquez ici pour|lire l'article|lire la suite de|retrouvez tous|retrouvez ici|"
        "voir l'article|voir tous|lire tous|voir le dossier",
        "Cliquez ici pour lire l'entretien",
    ),
    note=(
        "note de la rédaction|ndlr|note de l'éditeur|à propos de l'auteur|l'auteur|mis en ligne",
        "Note de la rédaction : ce texte a paru en mai.",
    ),
    note_words=(
        "pour citer cet article|citer cet article|cet article a été publié|cet article a d'abord|"
        "article publié|cet article est paru|cet article est republié|cet article a été modifié|"
        "publié le|publié par|publié :|mis à jour|modifié le|dernière mise à jour|posté le|"
        "paru le|mis en ligne|créé le|par rédaction|première publication",
        "Cet article a été publié dans Le Port.",
    ),
    reading_time=(
        "temps de lecture|durée de lecture|lecture|temps de lecture estimé",
        "Temps de lecture : 4 min",
    ),
    reading_time_at_end=(
        "min de lecture|min. de lecture|minutes de lecture|mn de lecture",
        "4 min de lecture",
    ),
    advert=(
        "publicité|annonce|annonces|pub|contenu sponsorisé|la suite après cette publicité|"
        "la suite après la publicité|contenu partenaire|la suite de l'article après la publicité|"
        "fermer la publicité",
        "La suite après cette publicité",
    ),
    sign_up=(
        "abonnez-vous|inscrivez-vous|s'abonner|s'inscrire|je m'abonne|je m'inscris|newsletter|"
        "newsletters|déjà abonné|déjà inscrit|connectez-vous|recevez|inscription à|"
        "article réservé aux abonnés|cet article est réservé|réservé aux abonnés|"
        "il vous reste|pour lire la suite|vous avez déjà un compte|créez un compte|créer un compte|"
        "soutenez|faites un don|téléchargez l'application|recevoir|testez|profitez|"
        "la suite est réservée|cet article vous a plu|vous souhaitez réagir|ne manquez|"
        "en vous inscrivant|votre adresse|restez informé",
        "Abonnez-vous à la lettre du port",
    ),
    share=(
        "télécharger|télécharger l'article|télécharger le pdf|télécharger au format pdf|partager|"
        "partager sur|partagez|partagez sur|partager l'article|partager cet article|partage|"
        "partages|imprimer|envoyer|envoyer par mail|envoyer par e-mail|envoyer à un ami|tweeter|"
        "copier le lien|sauvegarder|ajouter aux favoris|écouter l'article|offrir l'article|"
        "classer|commenter|réagir|j'aime|partager sur facebook|partager sur twitter|"
        "partager par mail|transférer",
        "Partager sur Facebook",
    ),
    follow=("suivez|suivez-nous|suivez-nous sur|suivre|rejoignez", "Suivez-nous sur Instagram"),
    comments=(
        "commentaires|commentaire|commentez|laisser un commentaire|laissez un commentaire|"
        "votre nom|votre courriel|envoyer votre commentaire|votre commentaire|vos commentaires|"
        "réactions|réagissez|ajouter un commentaire|répondre|voir les commentaires|"
        "lire les commentaires|tous les commentaires|annuler la réponse|publier un commentaire|"
        "poster un commentaire|vos réactions",
        "Commentaires (12)",
    ),
    comments_at_end=("commentaires|commentaire|réactions|réaction|partages", "12 commentaires"),
    cookies=(
        "nous utilisons des cookies|ce site utilise|ce site utilise des cookies|en poursuivant|"
        "en continuant|nous et nos partenaires|gérer les cookies|ce contenu",
        "Nous utilisons des cookies pour améliorer le site.",
    ),
    tags=(
        "mots-clés|mots clés|tags|étiquettes|thèmes|catégorie|catégories|rubrique|sujets|"
        "classé dans|thématiques|mots-clefs",
        "Mots-clés : port, ponton",
    ),
    label=(
        "accueil|contact|contactez-nous|mentions légales|politique de confidentialité|"
        "conditions générales|conditions d'utilisation|qui sommes-nous|à propos|plan du site|"
        "connexion|se connecter|mon compte|recherche|rechercher|menu|aller au contenu|"
        "aller au contenu principal|haut de page|retour|suivant|précédent|fermer|archives|"
        "voir plus|plus d'articles|article précédent|article suivant|cgu|cgv|données personnelles|"
        "retour en haut|gestion des cookies|la rédaction|charger plus|faq",
        "Aller au contenu",
    ),
    player=(
        "votre navigateur|cette vidéo|veuillez activer|javascript|lecture de la vidéo|"
        "vous devez activer",
        "Votre navigateur ne peut pas lire la vidéo.",
    ),
)

NEWSROOM = NO_NEWSROOM._replace(
    months=months_of("fr"),
    weekday="(?:[Ll]undi|[Mm]ardi|[Mm]ercredi|[Jj]eudi|[Vv]endredi|[Ss]amedi|[Dd]imanche)",
    short_weekday=r"(?:lun|mar|mer|jeu|ven|sam|dim)\.?",
    dateline_month=(
        r"(?:janvier|janv|jan|février|févr|fév|fevrier|mars|avril|avr|mai|juin|juillet|juil|août|"
        r"aout|septembre|sept|sep|octobre|oct|novembre|nov|décembre|déc|decembre|dec)\b\.?"
    ),
    day_tail="er|e",
    half=r"h\b|heures?\b|h\s?\d\d",
    by="par",
    byline_label="auteur|auteure|autrice|auteurs|par|texte|rédaction|propos recueillis par",
    joiner="et",
    name_joiner="avec",
    others=r"(?:\d+|deux|trois|plusieurs) autres",
    name_tail="à|en|pour|de notre envoyé\\w* spécial\\w* à",
    unfinished=(
        "à|après|au|aux|avant|avec|chez|dans|de|depuis|des|du|en|et|la|le|les|leur|mais|ou|par|"
        "pour|que|qui|sa|sans|ses|son|sous|sur|un|une|vers"
    ),
    job=(
        r"journalistes?|rédact(?:eur|rice)s?|reporters?|correspondante?s?|chroniqueu(?:r|se)s?|"
        r"éditorialistes?|envoyée?s? spéciale?s?|rédaction|grand reporter|chef de service|"
        r"photographes?|collaborat(?:eur|rice)|la rédaction|stagiaire|professeure?|"
        r"rédact(?:eur|rice) en chef"
    ),
    writer=(
        r"(?:journaliste|rédacteur|rédactrice|correspondante?|chroniqueur|chroniqueuse|"
        r"éditorialiste)"
    ),
    for_house="pour|de|avec",
    not_names=words(
        "ailleurs|exemple|contre|conséquent|jour|mois|an|ici|là|rapport|la suite|le passé|la force"
    ),
    published=(
        r"(?:(?:première )?(?:publiée?|postée?|parue?|créée?|mise? en ligne|écrit|rédigé|"
        r"publication|date))(?: (?:le|à)\b)?\s?:?\s+|le\s+"
    ),
    updated=r"(?:mise? à jour|modifiée?|actualisée?|dernière (?:mise à jour|modification)|maj)"
    r"(?: (?:le|à)\b)?\s?:?\s+",
    at="à",
    age=r"il y a\s+\d+\s+(?:minutes?|heures?|jours?|semaines?|mois)",
    wrote="texte|écrit|rédigé|publié|posté|analyse|chronique|reportage|tribune|propos recueillis|"
    "entretien|récit|enquête|article",
    paper=(
        r"agence|quotidien|journal|gazette|dépêche|presse|monde|figaro|libération|parisien|croix|"
        r"humanité|tribune|échos|express|point|observateur|nouvel|courrier|voix|nouvelles|"
        r"télévisions?|radio|magazine|hebdo|info|infos|news|médias?|républicain|progrès|dauphiné|"
        r"midi|soir|matin|temps|devoir|presse|france"
    ),
    house="agence|journal|gazette|radio|magazine|hebdo|info|infos|news|médias?|télévisions?",
    house_words=frozenset(("le", "la", "les", "de", "du", "des", "et", "en", "pour")),
    office=(
        "ministère|mairie|association|fédération|syndicat|université|institut|société|sa|sarl|"
        "préfecture"
    ),
    labels=words(
        "analyse|article|avis|brève|chronique|commentaire|correction|direct|dossier|édito|"
        "éditorial|enquête|entretien|exclusif|exclusivité|images|info|interview|live|opinion|"
        "photo|photos|podcast|portrait|publicité|récit|reportage|sondage|tribune|vidéo|vidéos|"
        "urgent|résumé"
    ),
    cities=words(
        "paris|marseille|lyon|toulouse|nice|nantes|montpellier|strasbourg|bordeaux|lille|"
        "rennes|reims|toulon|saint-étienne|le havre|grenoble|dijon|angers|nîmes|brest|le mans|"
        "amiens|tours|limoges|clermont-ferrand|besançon|metz|orléans|mulhouse|rouen|caen|"
        "nancy|perpignan|avignon|bruxelles|liège|namur|charleroi|genève|lausanne|berne|zurich|"
        "montréal|québec|ottawa|toronto|luxembourg|monaco|alger|tunis|rabat|casablanca|dakar|"
        "abidjan|bamako|ouagadougou|niamey|lomé|cotonou|yaoundé|douala|libreville|brazzaville|"
        "kinshasa|n'djamena|bangui|antananarivo|port-au-prince|londres|berlin|madrid|rome|"
        "lisbonne|athènes|moscou|kiev|varsovie|prague|vienne|budapest|washington|new york|"
        "los angeles|pékin|tokyo|jérusalem|tel-aviv|le caire|beyrouth|damas|bagdad|téhéran|"
        "istanbul|ankara|barcelone|milan|conakry|nouakchott|kigali|bujumbura|goma|lubumbashi|"
        "la haye|cannes|ajaccio|bastia|bayonne|pau|davos"
    ),
    regions=words(
        "france|belgique|suisse|canada|algérie|tunisie|maroc|sénégal|mali|cameroun|rdc|congo|"
        "côte d'ivoire|burkina faso|niger|togo|bénin|gabon|tchad|haïti|madagascar|allemagne|"
        "espagne|italie|royaume-uni|états-unis|chine|japon|russie|ukraine|turquie|israël|"
        "liban|syrie|bretagne|normandie|corse|alsace|lorraine|île-de-france|guyane|martinique|"
        "guadeloupe"
    ),
    not_places=words(
        "ue|onu|otan|usa|covid|qui|que|quoi|où|quand|comment|pourquoi|info|infos|sncf|oms|fbi|"
        "lfi|rn|ps|lr"
    ),
    shapes=_SHAPES,
    labels_below=words("lire la suite|lire plus|en savoir plus|lire l'article|lire"),
    page_words=words(
        "accueil|politique|économie|sport|sports|culture|société|monde|international|europe|"
        "france|sciences|science|santé|planète|environnement|tech|technologie|high-tech|"
        "opinions|débats|idées|éducation|faits divers|justice|médias|cinéma|musique|livres|"
        "voyage|auto|immobilier|emploi|vidéos|vidéo|podcasts|photos|newsletters|newsletter|"
        "abonnement|s'abonner|contact|mentions légales|recherche|menu|connexion|archives|"
        "à propos|publicité|météo|jeux|boutique|football|rugby|tennis|people|télévision|"
        "lifestyle|annonces|services|plan du site|actualités|actualité|régions|région|local|"
        "afrique|plus|dossiers|agenda|blogs|multimédia"
    ),
)

_SMALL_WORDS = spaced("""
    le la les un une des du de et ou à au aux en dans par pour sur sous avec sans chez vers entre
    contre que qui est son sa ses ce cette ne pas
""")
SENTENCES = SentenceWords(
    abbreviations=spaced("""
        m mm mme mmes mlle dr pr prof me mgr st ste av bd bld etc ex cf p pp n° no art vol env
        tél fig éd janv févr fév avr juil sept oct nov déc lun mar mer jeu ven sam dim j.-c s.a
        min max hab apr
    """),
    unfinished=_SMALL_WORDS
    | spaced("""
        mais depuis pendant dont où si comme sont était ont a leur leurs ces plus
    """),
    small_words=_SMALL_WORDS,
    speech_dashes="-–",
)
