"""Names of authors: ordinary and unusual ones of many cultures, and such as must wait."""


def _lines(names: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in names.strip().splitlines())


# First names and surnames, one a line; a cultures' list each.
ORDINARY = _lines(
    """
    Anna
    Ada Lovelace
    John Smith
    Mary-Jane O'Connor
    J. R. R. Tolkien
    J
    X
    Q.
    Jo
    A. B.
    Dr. Müller
    Prof. Dr. Weiß
    Sir Keir
    Mrs Doubtfire
    François Lefèvre
    Zoë
    Chloë O'Brien
    José María Aznar
    Ángel Núñez
    João da Silva
    Conceição Guimarães
    Björn Ångström
    Søren Kierkegaard
    Håkan Nesser
    Þórður Jónsson
    Aoife Ní Dhomhnaill
    Siân Llewellyn
    Łukasz Wiśniewski
    Jiří Dvořák
    Katarína Šťastná
    Đorđe Petrović
    Ştefan Țepeș
    Ömer Çelik
    İbrahim Şahin
    Ólafur Ragnar Grímsson
    Mátyás Kővári
    Jürgen Groß
    Иван Петров
    Анна Каренина
    Сергей Шишкин
    Олександр Шевченко
    Γιώργος Παπαδόπουλος
    Δημήτρης
    Արամ Խաչատրյան
    გიორგი მარგველაშვილი
    דוד כהן
    שרה לוי
    محمد علي
    فاطمة الزهراء
    علی رضایی
    نرگس محمدی
    अमित शर्मा
    प्रिया सिंह
    রবীন্দ্রনাথ ঠাকুর
    தமிழ்செல்வன்
    ශ්‍රී ලංකා
    สมชาย ใจดี
    ສົມສັກ
    နန္ဒာ
    សុខ សុភា
    王伟
    李娜
    田中太郎
    さくら
    サトシ
    김민수
    박지영
    Nguyễn Văn Phúc
    Phuc Nguyen
    Phuc Dat Bich
    Đỗ Thị Bích Ngọc
    Wang Dong
    Dong Wang
    Long Wang
    Suk Min-ji
    Bum-suk Lee
    Kim Jong
    Yu Suk
    Fuk Wong
    Ho Chi
    Ho Yin
    Hu Jintao
    Xi Ping
    Wei Wu
    Ng
    Oh
    Sum Ting
    Takeshita
    Fukuda Yasuo
    Haruki Fukushima
    Harshit Gupta
    Rakshit Shetty
    Madhuri Dixit
    Anil Dikshit
    Sanjay Gupta
    Mohammed Al-Fayed
    Osama Hassan
    Jihad Khoury
    Nazih Nasser
    Isis Martins
    Assad Malik
    Anas Haddad
    Abdul Rahman
    Chukwuemeka Okafor
    Ngozi Adichie
    Shittu Adebayo
    Sithole
    Themba Sithole
    Kwame Nkrumah
    Thandiwe
    Rangi Te Aroha
    Keanu Kealoha
    Tāne Mahuta
    Sitting Bull
    Running Deer
    Dick
    Dick Cheney
    Dick van Dyke
    Dick Dickson
    Philip Dick
    Cockburn
    Alexander Cockburn
    Hitchcock
    Alfred Hitchcock
    Babcock
    Hancock
    Gaylord
    Gaylord Focker
    Greg Focker
    Gay Talese
    Marvin Gaye
    Butt
    Nicky Butt
    Ibrar Butt
    Butts
    Fuchs
    Ernst Fuchs
    Klaus Fuchs
    Schmuck
    Hans Schmuck
    Schmucker
    Kuntz
    Wiener
    Weiner
    Anthony Weiner
    Assange
    Julian Assange
    Nigg
    Benjamin Nigg
    Niggemann
    Titus
    Titt
    Dickens
    Charles Dickens
    Dickinson
    Emily Dickinson
    Cumming
    Alan Cumming
    Dominic Cummings
    Pratt
    Chris Pratt
    Hooker
    Hoare
    Slutsky
    Leonid Slutsky
    Irina Slutskaya
    Lipschitz
    Rabinowitz
    Peacock
    Woodcock
    Adcock
    Suckling
    Tucker
    Zuckerberg
    Putz
    Fick
    Ficker
    Horn
    Horney
    Karen Horney
    Pusey
    Crapper
    Crook
    Coward
    Noel Coward
    Savage
    Slaughter
    Killian
    Looney
    Moroney
    Cisneros
    Jeon
    Jeon Jung-kook
    Semen Ivanov
    Urmi
    Wolfgang Amadeus
    Kurt Wankel
    Bea Arthur
    Fanny
    Fanny Ardant
    Randy
    Willy
    Roger
    Peter Johnson
    Heinz Hoenig
    Virginia Woolf
    Essex Girl
    Scunthorpe Fan
    Penistone Resident
    Anonymous
    Guest
    Reader
    A reader
    Concerned Mother
    Angry Reader
    Mother of three
    Grandpa Joe
    The Dude
    The Joker
    Mad Max
    Bloody Mary
    Killer Queen
    Grumpy Old Man
    Couch Potato
    Devil's Advocate
    Cocker Spaniel
    Assassin
    Bass Player
    Arsenal Fan
    Middlesex
    Fukuoka
    Shih Tzu
    Johnny Cash
    Lucky Loan
    Signal 5
    Mr. Online
    The Butcher
    Captain Haddock
    Black Knight
    Big Ben
    Mr. Bean
    Miss Piggy
    Dr. No
    Bookworm
    coffee lover
    night owl
    cat_lady
    anna1985
    max_power
    xX_Sniper_Xx
    gamer4life
    user12345
    user_20041987
    l33tspeaker
    Jane D.
    j.doe
    m.k.
    k8
    Em
    Bo
    😀
    🦊
    🌸 Lily 🌸
    Tom ⚽
    ✨Mia✨
    🇩🇪 Hans
    🇧🇷🇵🇹
    ᴊᴏʜɴ
    ¯\\_(ツ)_/¯
    ???
    ...
    N.N.
    42
    007
    R2-D2
    Kleinstadt Bote
    Smith & Sons
    Smith, Jones and Partners
    Bakery on the Corner
    Müller GmbH
    Acme Ltd.
    Green Valley Nursery
    Friends of the Library
    FC Bayern Fan
    Stadtwerke Kunde
    Hotel zur Post
    Parents' Council
    Local Historian
    Israel
    Israel Goldstein
    Christian
    Jesus Ramirez
    Muhammad
    Adolf Loos
    Mai Her
    Will Smith
    Mark Will
    May Day
    """
)

# Abuse and advertisements, open and disguised.
HELD = _lines(
    """
    You fucking stupid idiots
    Kill all jews
    fuck you
    FuckYou2
    fuck_you
    xXfuckyouXx
    Idiot
    IDIOT
    idiot123
    Moron
    Stupid Bitch
    whore
    Dirty Whore
    cunt
    asshole
    a$$hole
    sh1thead
    dickhead
    Dick Head
    you dick
    Big Dick
    suck my dick
    Hairy Butt
    Smelly Cock
    cocksucker
    motherfucker
    son of a bitch
    retard
    faggot
    f4ggot
    nigger
    n1gger
    sand nigger
    kike
    dirty jew
    Heil Hitler
    Adolf Hitler
    white power
    Death to muslims
    Kill all muslims
    I will kill you
    kill yourself
    kys
    die in a fire
    Hope you die
    You suck
    eat shit
    piece of shit
    the author is an idiot
    stupid author
    dumbass
    wanker
    bastard
    scumbag
    pathetic loser
    fat pig
    ugly bitch
    big penis
    all women are sluts
    child molester
    hang all traitors
    Shut up idiot
    you are an idiot
    You are idiots
    fuckface
    fucktard
    fuck off
    F U C K Y O U
    f u c k
    f_u_c_k
    F.U.C.K
    i d i o t
    n i g g e r
    b1tch
    st\u00fcpid b!tch
    m0r0n
    fu\u200bck you
    id\u200biot
    mo\u00adron
    bit\u2060ch
    \u0430sshole
    f\u0443ck you
    idi\u043et
    m\u043er\u043en
    \uff46\uff55\uff43\uff4b \uff59\uff4f\uff55
    \U0001d422\U0001d41d\U0001d422\U0001d428\U0001d42d
    \ua730\u1d1c\u1d04\u1d0b \u028f\u1d0f\u1d1c
    \U0001f175\U0001f184\U0001f172\U0001f17a
    \U0001f1eb \U0001f1fa \U0001f1e8 \U0001f1f0
    \U0001f172\U0001f170\U0001f182\U0001f178\U0001f17d\U0001f17e
    f\u0336u\u0336c\u0336k\u0336 you
    fuuuuuck you
    IDIOOOT
    KillAllJews
    FuckIslam
    StupidCunt
    f**k
    n*gger
    \U0001f595
    i know where you live
    Judenschwein
    жид
    הזונה בן זונה
    हरामी
    Arschloch
    Hurensohn
    enculé
    hijo de puta
    vaffanculo
    kurwa
    сука
    пидорас
    傻逼
    死ね
    씨발
    madarchod
    BUY VIAGRA http://pills.example
    Cheap Viagra
    V1agra
    V i a g r a
    Buy cialis online
    Best Online Casino
    Казино онлайн
    Free Bitcoin
    Earn money online
    Work from home
    Payday loans
    Earn $500 a day
    Need a loan
    Crypto Trading Expert
    Replica Rolex
    Kredit sofort
    скидки 50%
    バイアグラ
    SEO services
    Buy followers
    Subscribe to my channel
    follow me on instagram
    Visit my site
    Click here
    Sexy singles
    Hot girls near you
    купить дешево
    Viagra günstig kaufen
    代开发票
    加微信 abc12345
    微信：abc12345
    www.pills.example
    https://pills.example/x
    hxxp://pills.example
    pills.example
    pills.com
    pills。com
    pills(dot)com
    pills [dot] com
    pills dot com
    p i l l s . c o m
    pi\u200blls.com
    \uff57\uff57\uff57\uff0e\uff50\uff49\uff4c\uff4c\uff53\uff0e\uff43\uff4f\uff4d
    t.me/deals
    wa.me/491711234567
    bit.ly/abc
    info@pills.example
    bob at loan dot com
    @cheapmeds
    Telegram @cheapmeds
    telegram: cheapmeds
    WhatsApp +447700900123
    wickr: weedman
    insta: hotgirl
    skype:dealer
    +49 171 1234567
    0171-123-4567
    (555) 123-4567
    +49.171.1234567
    0 1 7 1 1 2 3 4 5 6 7
    ٠١٧١١٢٣٤٥٦٧
    \uff10\uff11\uff17\uff11\uff11\uff12\uff13\uff14\uff15\uff16\uff17
    0\u200b171\u200b1234567
    QQ 123456789
    bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh
    1BoatSLRHtKNngkdXEeobR76b53LETtpyT
    0x742d35Cc6634C0532925a3b844Bc454e4438f44e
    """
)
