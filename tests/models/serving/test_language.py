import pytest
from hypothesis import given

from models.serving.language import is_unfamiliar
from tests.support.strategies import ANY_TEXT

# Two sentences each, one of praise and one of abuse.
FOREIGN = {
    "German": ("Das ist ein sehr guter Artikel, danke.", "Du bist ein Idiot und sie ist dumm."),
    "French": ("C'est un très bon article, merci.", "Tu es un imbécile et tu ne sais rien."),
    "Spanish": ("Es un artículo muy bueno, gracias.", "Eres un idiota y no sabes nada de esto."),
    "Italian": ("È un articolo molto bello, grazie.", "Sei un idiota e non hai capito niente."),
    "Portuguese": ("Este é um artigo muito bom.", "Você é um idiota e não sabe de nada."),
    "Dutch": ("Dit is een heel goed artikel.", "Je bent een idioot en dat weet je niet."),
    "Polish": ("To jest bardzo dobry artykuł.", "Jesteś idiotą i nic nie wiesz, to tak."),
    "Swedish": ("Det är en mycket bra artikel.", "Du är en idiot och jag tycker inte om dig."),
    "Turkish": ("Bu çok iyi bir makale.", "Sen bir aptalsın ve çok kötüsün."),
    "Indonesian": (
        "Artikel ini sangat bagus dan menarik.",
        "Kamu tidak tahu apa yang kamu tulis ini.",
    ),
    "Russian": ("Спасибо за отличную статью.", "Ты дурак, и статья твоя глупая."),
    "Greek": ("Πολύ καλό άρθρο, ευχαριστώ.", "Είσαι ηλίθιος και δεν ξέρεις τίποτα."),
    "Arabic": ("هذا مقال جيد جدا شكرا لكم", "أنت غبي ولا تعرف شيئا"),
    "Hebrew": ("תודה על הכתבה הטובה", "אתה טיפש ולא מבין כלום"),
    "Hindi": ("यह बहुत अच्छा लेख है", "तुम मूर्ख हो और कुछ नहीं जानते"),
    "Japanese": ("とても良い記事ですね、ありがとう", "お前は馬鹿だ、何も知らない"),
    "Chinese": ("这是一篇非常好的文章", "你是个白痴什么都不知道"),
    "Korean": ("정말 좋은 기사입니다 감사합니다", "너는 바보야 아무것도 몰라"),
}


@pytest.mark.parametrize("sentence", [text for texts in FOREIGN.values() for text in texts])
def test_another_language_is_unfamiliar(sentence: str) -> None:
    assert is_unfamiliar(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙂🙂🙂",
        "12345 67890",
        "lol",
        "Idiots!!!",
        "You are a stupid idiot, shut up.",
        "Y0U ARE A S T U P I D IDIOT",
        "уоu аrе а ѕtuрid idiоt",  # look-alikes inside English words
        "ｙｏｕ ａｒｅ ａ ｍｏｒｏｎ",
        "Die, you pathetic loser.",
        "The word Schadenfreude is German, and nobody says it in Paris.",
        "He said 'c'est la vie' and left the room, as they all do.",
        "Check out my channel and subscribe for free gift cards!",
        "Gracias amigo",  # too little to tell
        "Москва",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_not(text: str) -> None:
    assert is_unfamiliar(text) == (text == "Москва")


def test_a_longer_text_without_one_little_word_of_english_is_unfamiliar() -> None:
    assert is_unfamiliar("Habari gani rafiki yangu, makala hii nzuri sana asante kwa kuandika leo")


@given(text=ANY_TEXT)
def test_any_text_has_an_answer(text: str) -> None:
    assert is_unfamiliar(text) in (True, False)


@pytest.mark.timeout(60)  # only its beginning is looked at
def test_a_long_text_has_an_answer() -> None:
    assert is_unfamiliar("но " * 30_000_000)
