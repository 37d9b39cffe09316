"""Our own sentences: none of them was trained on."""

import pytest
from hypothesis import given

from models.serving.classifier import ARTEFACT
from models.serving.languages import MIXED, UNDETERMINED, LanguageModels
from models.serving.languages.identification import SpokenLanguages
from tests.support.strategies import ANY_TEXT

MODELS = LanguageModels(ARTEFACT / "languages")
# Two sentences each, one of praise and one of abuse.
SHIPPED = {
    "de": ("Das ist ein sehr guter Artikel, danke.", "Du bist ein Idiot und sie ist dumm."),
    "fr": ("C'est un très bon article, merci.", "Tu es un imbécile et tu ne sais rien."),
    "es": ("Es un artículo muy bueno, gracias.", "Eres un idiota y no sabes nada de esto."),
    "it": ("È un articolo molto bello, grazie.", "Sei un idiota e non hai capito niente."),
    "pt": ("Este é um artigo muito bom.", "Você é um idiota e não sabe de nada."),
    "ro": ("Este un articol foarte bun, mulțumesc.", "Ești un prost și nu știi nimic."),
    "da": ("Det er en meget god artikel, tak.", "Du er en idiot, og du ved ingenting."),
    "vi": ("Bài viết này rất hay, cảm ơn bạn.", "Mày là đồ ngu, mày không biết gì cả."),
    "tr": ("Bu çok iyi bir makale.", "Sen bir aptalsın ve çok kötüsün."),
    "ru": ("Спасибо за отличную статью.", "Ты дурак, и статья твоя глупая."),
    "uk": ("Дякую за цікаву статтю.", "Ти дурень, і стаття твоя дурна."),
    "ar": ("هذا مقال جيد جدا شكرا لكم", "أنت غبي ولا تعرف شيئا"),
    "hi": ("यह बहुत अच्छा लेख है", "तुम मूर्ख हो और कुछ नहीं जानते"),
    "ta": ("இது மிகவும் நல்ல கட்டுரை", "நீ ஒரு முட்டாள்"),
    "ja": ("とても良い記事ですね、ありがとう", "お前は馬鹿だ、何も知らない"),
    "zh": ("这是一篇非常好的文章", "你是个白痴什么都不知道"),
    "ko": ("정말 좋은 기사입니다 감사합니다", "너는 바보야 아무것도 몰라"),
}
# In languages without labelled comments.
OTHERS = (
    "Je bent een idioot en dat weet je niet.",
    "To jest bardzo dobry artykuł.",
    "Jesteś idiotą i nic nie wiesz, to tak.",
    "Det är en mycket bra artikel.",
    "Tämä on todella hyvä artikkeli",
    "Ez egy nagyon jó cikk",
    "Tohle je velmi dobrý článek",
    "Habari gani rafiki yangu, makala hii nzuri sana asante kwa kuandika leo",
    "Kamu tidak tahu apa yang kamu tulis ini.",
    "Ang ganda ng artikulo na ito",
    "Ky është një artikull shumë i mirë",
    "Πολύ καλό άρθρο, ευχαριστώ.",
    "תודה על הכתבה הטובה",
)


@pytest.mark.parametrize(
    ("code", "sentence"), [(code, text) for code, texts in SHIPPED.items() for text in texts]
)
def test_a_sentence_has_its_language(code: str, sentence: str) -> None:
    assert MODELS.identify([sentence]) == [code]


@pytest.mark.parametrize("sentence", OTHERS)
def test_a_language_without_a_model_is_none_with_one(sentence: str) -> None:
    (code,) = MODELS.identify([sentence])

    assert code not in MODELS.entries
    assert code != "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙂🙂🙂",
        "12345 67890",
        "First!",
        "+1",
        "lol",
        "Great photo!",
        "Test",
        "test comment",
        "Rubbish.",
        "Don't be silly.",
        "Idiots!!!",
        "You are a stupid idiot, shut up.",
        "Y0U ARE A S T U P I D IDIOT",
        "уоu аrе а ѕtuрid idiоt",  # look-alikes inside English words
        "ｙｏｕ ａｒｅ ａ ｍｏｒｏｎ",
        "The word Schadenfreude is German, and nobody says it in Paris.",
        "Check out my channel and subscribe for free gift cards!",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_english_on_an_english_site(text: str) -> None:
    assert MODELS.identify([text]) == ["en"]


@pytest.mark.parametrize(
    "text",
    [
        "This is a lovely article. Vete a la mierda, hijo de puta, no sabes nada de la vida.",
        "I agree with all of that. Ты дурак, и статья твоя глупая.",
        "Thanks for writing this, it was a very good read.\n你是个白痴什么都不知道",
        "Great photo! 你是个白痴",
        "Thanks for sharing this with all of us, hijo de puta",
        "Thanks for hijo de puta sharing this with all of us, it made my day",
        "He said 'c'est la vie' and left the room, as they all do.",
    ],
)
def test_a_language_switched_in_the_middle_is_not_passed_off_as_english(text: str) -> None:
    assert MODELS.identify([text]) != ["en"]


def test_two_scripts_in_one_text_are_mixed() -> None:
    assert MODELS.identify(["You are such a лысый идиот and дурак, my friend"]) == [MIXED]


def test_a_short_text_is_in_the_sites_default_language() -> None:
    assert MODELS.identify(["Danke"], SpokenLanguages(("de", "en"), "de")) == ["de"]


def test_texts_are_read_alike_alone_and_together() -> None:
    texts = [text for texts in SHIPPED.values() for text in texts] + ["First!", *OTHERS]

    assert MODELS.identify(texts) == [MODELS.identify([text])[0] for text in texts]


@given(text=ANY_TEXT)
def test_any_text_has_an_answer(text: str) -> None:
    (code,) = MODELS.identify([text])

    assert code in {MIXED, UNDETERMINED} or MODELS.can_tell(code)


@pytest.mark.timeout(60)  # only its head and tail are looked at
def test_a_long_text_has_an_answer() -> None:
    assert MODELS.identify(["но " * 30_000_000])
