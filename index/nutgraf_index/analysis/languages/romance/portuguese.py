"""Portuguese."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="pt",
    name="Portuguese",
    stemmer="portuguese",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        de a o que e do da em um para com nao uma os no se na por mais as dos como mas ao ele das
        seu sua ou quando muito nos ja eu tambem so pelo pela ate isso ela entre depois sem mesmo
        aos seus quem nas me esse eles voce essa num nem suas meu minha numa pelos elas qual lhe
        deles essas esses pelas este dele tu te voces vos lhes meus minhas teu tua teus tuas nosso
        nossa nossos nossas dela delas esta estes estas aquele aquela aqueles aquelas isto aquilo
        estou estamos estao estive esteve estivemos estiveram estava estavamos estavam estivera
        estiveramos esteja estejamos estejam estivesse estivessemos estivessem estiver estivermos
        estiverem hei ha havemos hao houve houvemos houveram houvera houveramos haja hajamos hajam
        houvesse houvessemos houvessem houver houvermos houverem houverei houveremos houverao
        houveria houveriamos houveriam sou somos sao era eramos eram fui foi fomos foram foramos
        seja sejamos sejam fosse fossemos fossem for formos forem serei sera seremos serao seria
        seriamos seriam tenho tem temos tinha tinhamos tinham tive teve tivemos tiveram tivera
        tiveramos tenha tenhamos tenham tivesse tivessemos tivessem tiver tivermos tiverem terei
        tera teremos terao teria teriamos teriam quais onde porque quanto quanta quantos quantas
        cujo cuja segundo sobre ser
    """),
    request_words=spaced("""
        encontre encontrar procure procurar procura mostre mostrar mostra de lista artigo artigos
        texto textos documento documentos informacao informacoes favor quero
    """),
    question_words=spaced("""
        quem que quando onde como porque quanto quanta quantos quantas qual quais
    """),
    newest_words=spaced("ultimas recente recentes recentemente atualidade noticias hoje ontem"),
    keeps_accents=True,
    newsroom_module="nutgraf_index.analysis.languages.newsrooms.portuguese",
)
