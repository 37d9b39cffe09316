"""Short comments of our own, of one to four words: praise, insults, greetings, questions."""

# Languages that there are labelled comments in.
WITH_DATA = {
    "de": (
        "Sehr schön geschrieben", "Halt die Klappe", "Guten Abend zusammen", "Wo war das?",
        "Danke", "So ein Schwachsinn", "Du Vollpfosten", "Tolles Foto", "Geht's noch?",
        "Schade eigentlich",
    ),
    "es": (
        "Qué bonito", "Cállate ya", "Buenas tardes", "¿Dónde es eso?", "Gracias",
        "Menuda tontería", "Eres tonto", "Muy buena foto", "Me encanta", "Vete de aquí",
    ),
    "fr": (
        "Très joli texte", "Ferme ta gueule", "Bonsoir à tous", "C'est où ça ?", "Merci",
        "Quelle bêtise", "Pauvre type", "Belle photo", "J'adore", "Dégage d'ici",
    ),
    "it": (
        "Che bello", "Stai zitto", "Buonasera a tutti", "Dove si trova?", "Grazie",
        "Che sciocchezza", "Sei scemo", "Bella foto", "Mi piace tanto", "Vattene via",
    ),
    "pt": (
        "Que lindo", "Cala a boca", "Boa noite gente", "Onde fica isso?", "Obrigado",
        "Que bobagem", "Seu burro", "Linda foto", "Adorei demais", "Some daqui",
    ),
    "ro": (
        "Foarte frumos", "Taci din gură", "Bună seara tuturor", "Unde este asta?", "Mersi",
        "Ce prostie", "Ești nebun", "Frumoasă poză", "Îmi place mult", "Pleacă de aici",
    ),
    "tr": (
        "Çok güzel olmuş", "Kapa çeneni", "İyi akşamlar", "Burası neresi?", "Teşekkürler",
        "Ne saçmalık", "Sen delisin", "Harika fotoğraf", "Bayıldım buna", "Git buradan",
    ),
    "da": (
        "Virkelig flot", "Klap i", "Godaften alle sammen", "Hvor er det?", "Tusind tak",
        "Sikke noget vrøvl", "Din tåbe", "Smukt billede", "Jeg elsker det", "Skrid med dig",
    ),
    "vi": (
        "Hay quá", "Im đi", "Chào buổi tối", "Ở đâu vậy?", "Cảm ơn", "Vớ vẩn thật", "Đồ ngốc",
        "Ảnh đẹp lắm", "Thích quá", "Biến đi",
    ),
    "ru": (
        "Очень красиво", "Закрой рот", "Добрый вечер", "Где это?", "Спасибо", "Какая чушь",
        "Ты дебил", "Классное фото", "Мне нравится", "Уходи отсюда",
    ),
}  # fmt: skip
# Languages that there are none in.
WITHOUT_DATA = {
    "nl": (
        "Wat prachtig zeg", "Houd je mond", "Goedenavond allemaal", "Waar is dat?", "Bedankt",
        "Wat een flauwekul", "Stomme koe", "Knappe foto", "Heel herkenbaar", "Ga toch weg",
    ),
    "sv": (
        "Så vackert", "Håll tyst", "God kväll alla", "Var ligger det?", "Tusen tack",
        "Vilket trams", "Din dumbom", "Underbar bild", "Älskar det", "Stick härifrån",
    ),
    "fi": (
        "Tosi kaunista", "Ole hiljaa", "Hyvää iltaa", "Missä se on?", "Kiitos",
        "Mitä hölynpölyä", "Senkin ääliö", "Upea otos", "Rakastan tätä", "Häivy täältä",
    ),
    "et": (
        "Nii ilus", "Pea suu kinni", "Tere õhtust", "Kus see on?", "Tänan väga", "Milline jama",
        "Sa tobu", "Imeline foto", "Mulle meeldib", "Kao siit",
    ),
    "pl": (
        "Przepiękne", "Stul pysk", "Dobry wieczór", "Gdzie to jest?", "Dzięki wielkie",
        "Ale bzdury", "Ty baranie", "Cudna fota", "Uwielbiam to", "Wynocha stąd",
    ),
    "hu": (
        "Gyönyörű lett", "Hallgass el", "Jó estét mindenkinek", "Hol van ez?", "Köszi szépen",
        "Mekkora marhaság", "Te barom", "Remek fotó", "Imádom ezt", "Takarodj innen",
    ),
    "id": (
        "Keren banget", "Tutup mulutmu", "Selamat malam semua", "Di mana itu?", "Makasih ya",
        "Omong kosong", "Kamu tolol", "Foto yang indah", "Suka sekali", "Pergi dari sini",
    ),
    "sw": (
        "Inapendeza sana", "Funga mdomo", "Habari za jioni", "Iko wapi hii?", "Asanteni",
        "Upuuzi mtupu", "Mpumbavu wewe", "Picha nzuri", "Naipenda sana", "Ondoka hapa",
    ),
    "tl": (
        "Ang husay naman", "Manahimik ka", "Magandang gabi po", "Saan ito?", "Salamat po",
        "Kalokohan lang yan", "Ang bobo mo", "Ganda ng kuha", "Gustong gusto ko", "Layas ka na",
    ),
    "cy": (
        "Hardd iawn", "Cau dy geg", "Noswaith dda", "Ble mae hwn?", "Diolch yn fawr",
        "Am lol", "Ti'n dwp", "Llun gwych", "Dwi'n caru hwn", "Cer o 'ma",
    ),
    "is": (
        "Mjög fallegt", "Haltu kjafti", "Gott kvöld", "Hvar er þetta?", "Takk fyrir",
        "Þvílík vitleysa", "Þú ert asni", "Flott mynd", "Ég elska þetta", "Farðu burt",
    ),
    "zu": (
        "Kuhle kakhulu", "Vala umlomo", "Sawubona mngani", "Kuphi lapha?", "Ngiyabonga",
        "Umbhedo nje", "Uyisilima", "Isithombe esihle", "Ngiyayithanda", "Phuma lapha",
    ),
}  # fmt: skip
# In Latin letters, as people type them where another script is usual.
TRANSLITERATED = {
    "Hindi": ("Bahut sundar hai bhai", "Chup kar pagal", "Yeh kahan ka hai?", "Bakwas mat karo"),
    "Urdu": ("Bohat khoob janab", "Tum pagal ho kya", "Shukriya bohat bohat", "Yeh kya bakwas hai"),
    "Arabic": ("7elw awy ya basha", "Enta ghabi awy", "Sabah el kheir", "Feen el makan da?"),
    "Greek": ("Poli wraio keimeno", "Skase re vlaka", "Kalispera paidia", "Pou einai auto?"),
    "Russian": ("Ochen krasivo napisano", "Zatknis durak", "Dobryy vecher vsem", "Gde eto takoe?"),
}
# What readers of an English site write first.
SHORT_ENGLISH = (
    "First!", "+1", "lol", "Great photo!", "ok", "no", "Yes!!!", "haha", "Hahahaha", "Thanks",
    "Well said", "So true", "Sooo good", "Nope.", "Why?", "Who cares", "Get lost", "Love it",
    "Good morning", "What a mess", "Rubbish.", "Same here", "Not again", "Brilliant article",
    "You idiot", "Shut up", "Where is this?", "omg", "wow", "Congratulations!",
)  # fmt: skip
# No words, or none of any language.
WORDLESS = (
    "🙂🙂🙂",
    "❤️",
    "12345 67890",
    "100%",
    "!!!",
    "https://paper.example/a?b=c",
    "@user",
    "...",
)
NAMES = ("Lionel Messi", "Serena Williams", "Frederick Burton", "Kamala Harris", "Elon Musk")
# Each of their words is used in English too: these are read as English.
ENGLISH_WORDS_TOO = ("Am lol", "Belle photo")
