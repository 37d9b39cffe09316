"""Our own sentences in each language that Parley sorts: an ordinary one, a rude one, its words."""

from typing import NamedTuple


class Sentences(NamedTuple):
    """Of one language.

    Attributes:
        ordinary: What nobody minds.
        rude: Abuse.
        words: Of the abuse, as they stand in it: one of them at least is to be marked.
    """

    ordinary: str
    rude: str
    words: tuple[str, ...]


SENTENCES = {
    "ar": Sentences("شكرا على هذا المقال الجميل والمفيد", "انت كلب حقير وابن كلب", ("كلب", "حقير")),
    "da": Sentences(
        "Tak for en god og grundig artikel om havnen", "Du er en klam luder, hold kæft din idiot",
        ("luder", "kæft", "idiot"),
    ),
    "de": Sentences(
        "Danke für den schönen Text über den Hafen", "Du verdammter Hurensohn, verpiss dich",
        ("Hurensohn", "verpiss", "verdammter"),
    ),
    "es": Sentences(
        "Gracias por el artículo, me ha gustado mucho", "Eres un hijo de puta, vete a la mierda",
        ("puta", "mierda", "hijo"),
    ),
    "fr": Sentences(
        "Merci pour cet article très intéressant", "Ferme ta gueule sale connard de merde",
        ("gueule", "connard", "merde"),
    ),
    "hi": Sentences(
        "इस अच्छे लेख के लिए आपका बहुत धन्यवाद", "तू साला कुत्ता है मादरचोद", ("मादरचोद", "कुत्ता", "साला")
    ),
    "it": Sentences(
        "Grazie per questo articolo molto interessante",
        "Sei un pezzo di merda, vaffanculo stronzo", ("merda", "vaffanculo", "stronzo"),
    ),
    "ko": Sentences(
        "좋은 기사 정말 감사합니다", "씨발 병신 새끼들은 꺼져라",
        ("씨발", "병신", "새끼들은", "꺼져라"),
    ),
    "pt": Sentences(
        "Obrigado pelo artigo, gostei muito de ler", "Vai tomar no cu, seu filho da puta",
        ("cu", "puta"),
    ),
    "ro": Sentences(
        "Mulțumesc pentru articol, a fost foarte interesant", "Ești un bou prost, du-te dracului",
        ("bou", "prost", "dracului"),
    ),
    "ru": Sentences(
        "Спасибо за интересную статью о нашем городе", "Пошёл нахуй, тупая мразь и сука",
        ("нахуй", "мразь", "сука", "тупая"),
    ),
    "ta": Sentences(
        "இந்த நல்ல கட்டுரைக்கு மிக்க நன்றி",
        "டேய் நாயே பொறம்போக்கு தேவிடியா மகனே",
        ("நாயே", "தேவிடியா", "பொறம்போக்கு", "மகனே", "டேய்"),
    ),
    "tr": Sentences(
        "Bu güzel yazı için çok teşekkürler", "Siktir git lan orospu çocuğu",
        ("Siktir", "orospu", "çocuğu"),
    ),
    "uk": Sentences(
        "Дякую за чудову статтю про наше місто", "Пішов нахуй, блядь, тупа сука",
        ("нахуй", "блядь", "сука"),
    ),
    "ur-Latn": Sentences(
        "Ap ny bohat achi bat ki hy, Allah khush rakhy",
        "Tum kutte ho haramzade bhenchod sale",
        ("kutte", "haramzade", "bhenchod"),
    ),
    "vi": Sentences(
        "Cảm ơn bài viết rất hay của bạn",
        "Địt mẹ thằng chó ngu",
        ("Địt", "chó", "ngu", "thằng"),
    ),
    "zh": Sentences(
        "谢谢你写的这篇好文章", "你这个傻逼东西去死吧", ("傻", "逼", "死", "傻逼", "去死")
    ),
}  # fmt: skip
# Languages that a script alone tells, without a model.
UNSCORED = {
    "he": ("תודה רבה על הכתבה היפה", "אתה אידיוט, סתום את הפה"),
    "th": ("ขอบคุณสำหรับบทความดีๆ", "ไอ้โง่ หุบปากไปเลย"),
    "ja": ("とても良い記事ですね、ありがとう", "お前は馬鹿だ、黙れ"),
    "el": ("Ευχαριστώ για το ωραίο άρθρο", "Σκάσε ρε ηλίθιε"),
    "am": ("ስለ ጥሩው ጽሑፍ አመሰግናለሁ", "አንተ ደደብ ዝም በል"),
}
