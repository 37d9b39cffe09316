"""Little words that are frequent in a language, without accents, as the normaliser leaves them."""

_TABLE = """
en a about all also an and any are as at be because been but by can could did do does don't for
   from get go good has have he her here him his how i i'm if in is it it's its just know like
   me more my no not now of on one only or our out people please really see she should so some
   than that the their them then there these they think this to too u up ur us very was we were
   what when who why will with would you your
de aber auch auf bin das dass dem den der dich die du ein eine es fur haben hat ich ihr ist kein
   keine mich mir mit nicht noch nur schon sich sie sind und von wenn wie wir zu
fr au aux avec bien c'est ce cette d'un dans des elle est et il ils j'ai je la le les mais mon
   n'est ne nous pas plus pour que qui se son sont suis sur ton tres tu un une vous
es al como con cuando de del el en eres es eso esta este hay la las le lo los mas me mi muy no
   para pero por porque que se son su tambien te todo tu un una y ya yo
it alla anche che ci come con del della di e gli hai ho il io la le lo lui ma mi molto nel non
   per perche piu quando questa questo sei si sono ti tu un una
pt ao as com como da das de do dos e ela ele em esta este eu foi isso mais mas meu muito na nao
   no o os para por quando que sao se seu tambem um uma voce
nl aan als bent dat de deze die dit een en er geen heb heeft het hij ik je maar met mijn naar
   niet nog ook op te van voor wat we wel wij ze zijn
pl ale bardzo byc co czy dla do i ich ja jak jest jestem jestes juz ktory mnie moj na nie od po
   przez sie tak tego ten to ty tylko w z za ze
sv ar att av bara den det dig din du en ett for han har hon inte jag kan med men mig min mycket
   nar ni och ocksa om pa sa ska som till var vi
da af at bare ble blir den det dette dig din du en er et for han har hun ikke jeg kan med meget
   men mig min nar og ogsa om pa sa skal som til var vi
tr ama ben bir biz bu cok cunku da daha de degil diye gibi her icin ile iyi kadar mi mu ne o
   olan olarak sen siz sonra var ve yok
id ada adalah akan aku bisa dan dari dengan di ini itu juga kami kamu karena ke lebih mereka
   orang pada sangat saya sudah tapi tidak untuk yang
ro aceasta acest ai am are ca care ce cu dar de din ei el este eu foarte in la lui mai nu o pe
   pentru sa si sunt tu un
cs a ale by bylo co do jak je jeho jsem jsi jsou kdyz na ne nebo od po pro s se si ta tak ten to
   uz v velmi za ze
fi ei en etta han hyvin ja joka jos kuin kun mina minun mita mutta myos niin ole olen oli on
   ovat se sina sinun tama voi
hu a az azt csak de egy el en es ez ezt ha hogy is ki lesz meg mert mi minden mint nagyon nem te
   ti vagy van volt
"""


def _words_by_language() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for language in _TABLE.replace("\n   ", " ").split("\n"):
        name, *words = language.split() or [""]
        if words:
            found[name] = frozenset(words)
    return found


LITTLE_WORDS = _words_by_language()
