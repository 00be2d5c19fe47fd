"""How people ask not to be written to again, in sixteen languages.

The patterns meet folded text: lower case, no accents (ü is u, ß is ss, ł is l), straight apostrophes, single spaces.
Disclaimers below business mail ("delete this message", "derecho de supresión") must not be met: those speak of the
message or of rights in general, a person speaks of "me", "my", "us".
"""

from __future__ import annotations

# Said of something else. Cut before the rules are asked.
HARMLESS = (
    r"(?:if you would rather not hear from me again,? )?reply with \W{0,2}unsubscribe\W{0,2} and i will not write to you any ?more",
    r"\b(?:an?|our|their|own|built|build\w*|of|for) (?:\w+ )?(?:un-?subscribe|opt[- ]?out) (?:service|flow|page|feature|tool|product|api|rates?|tokens?|logic|handling|endpoint|system|header|startup|company)\b",
    r"\b(?:remove|delete|take)\b[^.!?]{0,40}\bsuppression list",
    r"\b(?:do not|don't|dont) (?:hesitate|be afraid|forget)\b[^.!?]{0,12}",
    r"\b(?:can't|cannot|could ?n'?o?t|won't|wouldn't|never|don't|do not|didn't|not) stop (?:it|this|that|now|there)\b",
    r"\b(?:in|into|out of|from|to) (?:my |our |the )?(?:spam|junk)(?:[ -]?(?:folder|box|filter))?\b",
    r"\bn'hesitez pas\b|\bno dude\w* en\b|\bnon esit\w*\b|\bnao hesit\w*\b|\bzogern sie nicht\b|\baarzel niet\b",
)

_MAIL = r"(?:e-?mails?|mails?|messages?|letters?|contact|correspondence|communications?|outreach|newsletters?|spam|follow-?ups?)"
_WRITE = r"(?:contact|e-?mail|mail|writ(?:e|ing)|messag(?:e|ing)|reach(?:ing)? out|approach|bother|disturb|harass|solicit|spam|ping|pester|text|call)(?:ing)?"
_ME = r"(?:me|us|my|our|this address|this mailbox|anyone|anybody|here|again|any ?more|ever|further)"

# By name; the first that is met names what was asked. `PERSONAL` are those that no footer or disclaimer uses.
RULES: dict[str, tuple[str, ...]] = {
    "unsubscribe": (
        r"\bun-?\s?su[bsp]*c?ri?b\w*",
        r"\bunsub\b",
        r"\bopt(?:ing|ed)?[ -]?(?:me |us )?out\b",
        r"\babmeld(?:en|ung)\b|\bmeld\w* (?:sie )?(?:mich|uns)\b[^.!?]{0,30}\bab\b|\babbestell\w+|\baus(?:zu)?tragen\b|\btrag\w* (?:sie )?(?:mich|uns)\b[^.!?]{0,30}\baus\b",
        r"\bdesinscri\w+|\bdesabonn\w+",
        r"\b(?:dar(?:me|nos|se)?|d[ea](?:n)?(?:me|nos)|la|solicit\w+(?: mi)?|de|quiero(?: mi)?) (?:de )?baja\b",
        r"\bdesuscri\w+|\bdisiscri\w+|\bdescadastr\w+|\bdesinscrev\w+|\bcancel\w+ (?:a |la )?(?:minha |mi |mia )?(?:inscricao|subscricao|assinatura|suscripcion|iscrizione)",
        r"\bafmeld\w*|\buitschrijv\w+|\bschrijf (?:me|mij|ons)\b[^.!?]{0,20}\buit\b|\bmeld (?:me|mij|ons)\b[^.!?]{0,20}\baf\b",
        r"\bwypis\w+|\bodsubskryb\w+",
        r"\bavregistrer\w+|\bavprenumerer\w+|\bavanmal\w*|\bavmeld\w*|\bmeld (?:meg|mig|oss|os) (?:av|fra)\b",
        r"\bodhlas\w+|\bdezabon\w+|\bleiratkoz\w*|\babonelik\w*|\blisteden cikar\w*|\bperu(?:uta|uttakaa|kaa|ttakaa)?\b[^.!?]{0,20}\btilau\w*",
        r"\bотпис\w+|\bотпиш\w+|\bвідпис\w+|\bвідпиш\w+|\bαπεγγραφ\w*|退订|取消订阅|退訂|配信停止|配信を停止|수신\s?거부",
    ),
    "remove_me": (
        r"\b(?:remov(?:e|ed|ing)|tak(?:e|en|ing)|exclud(?:e|ing)|omit|drop|strike|scrub|purge|get|scratch|cross) (?:\w+ )?(?:me|us|my (?:\w+ ){0,2}(?:address|e-?mail|name|details|data|contact\w*)|this (?:e-?mail )?address|our (?:\w+ )?(?:address|domain|company|team))\b[^.!?]{0,15}\b(?:off|from|out of)\b",
        r"\b(?:remove|delete|exclude) (?:me|us|my|this address)\b|\bi want out\b|\btake (?:me|us) off\b|\b(?:off|from) your (?:\w+ ){0,2}(?:lists?|database|crm|sequence|campaign)\b|\b(?:please|pls|kindly) (?:remove|delete)(?= ?(?:$|[.!,;]))|\bremoved from (?:your|this|any|the) (?:\w+ ){0,2}list",
        r"\blose my (?:e-?mail|number|address|contact)|\bforget (?:i exist|my (?:e-?mail|address))",
        r"\b(?:nehm\w*|nimm|entfern\w*|streich\w*) (?:sie |bitte )*(?:mich|uns|meine|unsere)\b|\baus (?:ihr|eur|dein|der|dem)\w* (?:\w+ )?(?:verteiler\w*|liste|datenbank|adress\w*|mailingliste|kartei)\b",
        r"\b(?:mich|uns|meine \w+|meine e-mail-adresse)\b[^.!?]{0,40}\b(?:entfern\w+|(?:zu )?streichen|heraus(?:zu)?nehmen|rausnehmen)\b",
        r"\b(?:retir|supprim|enlev|effac|ray|sort|ot)(?:ez|e|er)?[- ](?:moi|nous|mon|mes|nos|notre)\b|\b(?:me|nous|m') ?(?:retirer|supprimer|enlever|rayer|sortir|oter|effacer)\b|\bde (?:votre|vos|ta|tes) (?:listes?|bases?|fichiers?|mailings?|carnet)\b",
        r"\b(?:elimin|borr|quit|retir|sac|suprim)\w*(?:me|nos)\b|\b(?:elimin|borr|quit|suprim)\w* (?:mi|nuestr[oa]|esta) (?:correo|direccion|e-?mail|nombre|contacto)\b|\bde (?:su|tu|vuestra) (?:lista|base)\b",
        r"\b(?:rimuov|cancell|togl|tolg|elimin|depenn)\w*(?:mi|ci|temi|teci)\b|\b(?:rimuov|cancell|tog?l|tolg|elimin)\w* (?:il mio|la mia|il nostro|la nostra) (?:\w+ )?(?:indirizzo|e-?mail|mail|nome|contatto|nominativo)|\bdall[ae] (?:vostr|tu|su)\w* (?:\w+ )?(?:list|mailing)\w*",
        r"\b(?:remov|retir|tir|exclu|apagu|elimin)\w*-(?:me|nos)\b|\b(?:me|nos) (?:remov\w+|retir\w+|tir[ae]\w*|exclu\w+)\b|\b(?:remov|retir|exclu|apagu|elimin)\w* (?:o )?(?:meu|nosso) (?:e-?mail|endereco|contacto|contato|nome)\b|\bda (?:sua|vossa|tua) lista\b",
        r"\b(?:haal|verwijder|schrap|streep) (?:me|mij|ons|mijn|onze)\b|\b(?:mij|me|ons|mijn \S+)\b[^.!?]{0,30}\bverwijderen\b|\b(?:van|uit) (?:uw|je|jullie) (?:\w+ )?(?:\w*lijst|bestand|database)\b",
        r"\b(?:usun\w*|skasow\w*|skasuj\w*|wykresl\w*)\b[^.!?]{0,20}\b(?:mnie|nas|moj\w*|nasz\w*)\b|\bz (?:waszej|panstwa|twojej|swojej) (?:listy|bazy)\b",
        r"\b(?:ta|plocka) bort (?:mig|oss|min|var)\b|\bstryk (?:mig|oss)\b|\b(?:fran|av) (?:er|din) (?:\w+ )?list[ae]\b|\bfjern (?:mig|meg|os|oss|min)\b|\bfra (?:jeres|deres|din) (?:\w+ )?list[ae]\w*",
        r"\bpoista(?:kaa)? (?:minut|meidat|osoitteeni|sahkoposti\w*)|\b(?:vymaz|odstran|vyrad)\w* (?:mne|me|muj|moji|moj)\b|\bудалит\w*[^.!?]{0,30}\b(?:меня|мои|мою|адрес)\b|\bвидал\w+ (?:мене|мою|мои)|\bbeni cikar\w*",
    ),
    "no_contact": (
        rf"\b(?:do not|don't|dont|never|must not|should not|may not|not to|cease|quit|refrain from)(?: (?:you|please|ever|try to|dare(?: to)?|bother(?: to)?|attempt to|be))* {_WRITE}(?: (?:to|at|with))? {_ME}\b",
        r"\b(?:do not|don't|dont|does not|no longer|not|never) (?:want|wish|care|like|agree|expect|look|intend)(?:ed|ing)? (?:you )?(?:to )?(?:receive|get|hear from|be (?:contacted|e-?mailed|approached|written to|solicited|on (?:your|this)))\b|\b(?:rather|prefer) not (?:to )?(?:receive|get|hear|be (?:contacted|e-?mailed|approached|written))\b|\bnot\b[^.!?]{0,20}\bbeing (?:contacted|e-?mailed|approached)\b|\b(?:do not|don't|dont|never) send (?:me|us) (?:any|more|your|these|such|this|e-?mails?|mails?|letters?|unsolicited)\w*|\b(?:asked|told) you (?:before|already|twice|once|to stop|not to)\b|\balready (?:asked|told) you\b|\bcease (?:all|any|further|your|this|these|contact\w*|communicat\w*)\b|\bno more,? (?:please|thanks|thank you)\b",
        rf"\b(?:do not|don't|dont|no longer|not) (?:want|wish|accept|welcome|appreciate)\b(?! to (?:lose|miss|waste|bother))[^.!?]{{0,30}}\b{_MAIL}\b",
        rf"\bno (?:more|further) {_MAIL}\b|\b(?:your|these|such) {_MAIL}\b[^.!?]{{0,15}}\b(?:not welcome|unwanted|unwelcome)",
        r"\b(?:do not|don't|dont|no need to|without|no) follow(?:ing)?[ -]?up\b|\b(?:last|final) (?:time you|e-?mail you|message you)\b|\b(?:be|make (?:this|it)) (?:your|the) last (?:e-?mail|mail|message)",
        r"\b(?:nicht|nie|niemals|keinesfalls) (?:mehr |wieder |weiter |noch ?mal\w* |noch einmal |erneut |langer |laenger )*(?:anschreib\w*|angeschrieben|kontaktier\w*|an(?:ge)?mail\w*|belastig\w*|anzuschreiben|zu kontaktieren)\b",
        r"\b(?:nicht|nie|nichts) (?:mehr|wieder|weiter|noch ?mal\w*|noch einmal|erneut|langer)(?: (?:von ihnen|von euch|von dir|bei mir|bei uns|an mich|an uns|mir|uns))? (?:zu )?(?:schreib\w*|melden|horen|hoeren|lesen|schicken|senden|mailen|anrufen|kontakt\w*)\b",
        r"\b(?:schreib\w*|kontaktier\w*|mail\w*|schick\w*|send\w*) (?:sie |du |ihr )?(?:mir|uns|mich)\b[^.!?]{0,25}\b(?:nicht|nie|niemals|keine)\b",
        r"\bkeine?n? (?:weitere\w*|zusatzlich\w*) (?:e-?mails?|mails?|nachrichten?|anfragen|werbung|kontakt\w*|zuschrift\w*|schreiben|post|anschreiben)\b|\bkeine (?:e-?mails?|mails?|nachrichten|werbung|zuschriften|post|anschreiben)\b[^.!?]{0,15}\b(?:mehr|erhalten|bekommen|wunsch\w*)",
        r"\b(?:wunsch|mocht|moecht|woll|will)\w*\b[^.!?]{0,30}\bkein\w* (?:\w+ )?(?:kontakt\w*|mails?|e-?mails?|nachricht\w*|anschreiben|zuschrift\w*)|\b(?:erspar|verschon)\w* sie\b|\bsehen sie\b[^.!?]{0,60}\bab\b|\bverzichten sie\b",
        r"\b(?:ne|n') ?(?:plus|pas|jamais) (?:me|nous|m') ?(?:re)?(?:contact|ecri|envoy|sollicit|derang|relanc|demarch)\w*|\b(?:ne )?(?:me|nous|m') ?(?:re)?(?:contact|ecri|envoy|sollicit|derang|relanc|demarch)\w+ (?:plus|pas|jamais)\b|\bne (?:contact|ecri|envoy)\w+ plus\b",
        r"\bne (?:souhait\w+|veu\w+|desir\w+|voul\w+) (?:plus|pas)\b[^.!?]{0,30}\b(?:recevoir|contact\w*|sollicit\w*|mails?|messages?|courriels?|etre)\b|\b(?:plus|pas) (?:de|aucun) (?:mails?|messages?|courriels?|e-?mails?|sollicitations?) (?:de votre part|svp|s'il|merci)|\bplus (?:etre|recevoir)\b|\bplus aucun (?:mail|message|courriel|contact)",
        r"\bno insist\w+|\bn'insist\w+ pas|\bnon insist\w+|\bno (?:me|nos) (?:vuelv\w+ a |sig\w+ |mand\w+|envi\w+|escrib\w+|contact\w+|molest\w+|llam\w+|moleste\w*)|\bno (?:vuelv\w+|quiero|queremos|deseo|deseamos|quisiera|quisieramos)\b[^.!?]{0,30}\b(?:contact\w*|escrib\w*|correos?|mensajes?|recib\w*|e-?mails?|molest\w*|saber nada)",
        r"\bnon (?:mi|ci) (?:scriv|contatt|invi|mand|disturb|ricontatt)\w+|\bnon (?:scriv|contatt|invi|mand|disturb)\w*(?:mi|ci|temi|teci)\b|\bnon (?:voglio|desidero|vorrei|vogliamo|desideriamo|intendo)\b[^.!?]{0,30}\b(?:ricever\w*|contatt\w*|e-?mail|messagg\w*)",
        r"\bnao (?:me|nos) (?:volt\w+ a |mais )?(?:contact|contat|escrev|envi|mand|incomod)\w+|\bnao (?:volt\w+|quero|queremos|desejo|pretendo|gostaria)\b(?! (?:de )?perder)[^.!?]{0,30}\b(?:contact\w*|contat\w*|escrev\w*|e-?mails?|mensagens|receb\w*)|\bnao (?:me )?(?:contact|contat|escrev|envi|mand)\w+ mais\b|\bnao (?:envi|mand)\w+[^.!?]{0,12}\be-?mails?|\bnao (?:contact|contat|escrev|envi|mand)\w*-(?:me|nos)\b",
        r"\bniet (?:meer|langer|opnieuw|nogmaals|verder)\b[^.!?]{0,25}\b(?:mail\w*|contact\w*|schrijv\w*|benader\w*|lastig\w*|sturen|bellen)\b|\b(?:mail|schrijf|stuur|contacteer|benader|bel) (?:me|mij|ons)\b[^.!?]{0,20}\b(?:niet|nooit|geen)\b|\bgeen (?:verdere|e-?mails?|mails?|berichten|contact)\b[^.!?]{0,20}\b(?:meer|ontvangen|sturen|mails?|berichten|contact)\b|\bniet gediend van\b",
        r"\b(?:nie|przesta\w*)\b[^.!?]{0,15}\b(?:pisz\w*|pisac|pisania|kontakt\w*|wysyla\w*|przysyla\w*|mailow\w*|dzwon\w*)\b[^.!?]{0,12}\b(?:mnie|nas|mi|nam|mna|wiecej|juz|nami)\b|\b(?:wiecej|juz|mnie|nam|mi) nie (?:pisz\w*|pisac|kontakt\w*|wysyla\w*|przysyla\w*)|\bnie (?:zycz\w+ sobie|chc\w+)\b[^.!?]{0,30}\b(?:wiadomosci|mail\w*|kontakt\w*|otrzymyw\w*|korespondenc\w*)",
        r"\bhor (?:dig |er )?(?:inte|aldrig) av\b|\b(?:kontakta|skriv|mejla|maila|hor av)\w*\b(?: (?:dig|er))?(?: (?:till|av))?(?: (?:mig|oss))? (?:inte|aldrig)\b|\b(?:inte|aldrig) (?:kontakta\w*|skriv\w*|mejla\w*|maila\w*|hora av)\b[^.!?]{0,15}\b(?:mig|oss|igen|mer)\b|\binga fler (?:mejl|mail|meddelanden)|\bvill inte (?:ha fler|fa fler|bli kontaktad|ha mejl|ha mail)",
        r"\b(?:kontakt|skriv|send)\w*\b(?: (?:til|mer|mere))?(?: (?:mig|meg|os|oss))? (?:ikke|aldri\w?)\b|\bikke (?:kontakt|skriv|send)\w*\b[^.!?]{0,20}\b(?:mig|meg|os|oss|mer|mere|igen|igjen|flere)",
        r"\b(?:ala|alkaa)\b[^.!?]{0,15}\b(?:lahet\w*|kirjoit\w*|ota\w* (?:enaa )?yhteytta|ottako)|\bnepis\w*|\bnekontakt\w*|\bneposil\w*|\bneprejem\w* si\b|\bне пиш\w+|\bне беспоко\w+|\bне турбу\w+|\bбольше не (?:пис|обращ|присыл)\w+|\bnu (?:imi|ma|ne) mai (?:scri|contact|trimit)\w*|\bne (?:irjon|kuldjon|keressen)\b|\bbana (?:bir daha )?(?:yazma|mail atma)\w*|\bμην μου (?:ξανα)?(?:γρα|στε)\w*|不要再(?:给我)?(?:发|联系|寄)|送らないて|連絡しないて|연락하지",
    ),
    "no_more": (
        r"\b(?:cross|count|leave) (?:me|us) out\b|\bno[- ]cold[- ](?:e-?)?(?:mail|call)s?\b|\b(?:my|our) (?:inbox|mailbox) is not\b|\b(?:last|final|only) warning\b|\bfrom (?:any|all) further\b|\b(?:not|never) (?:be )?(?:contacted|approached|e-?mailed|written to) again\b|\b(?:never|not) happens? again\b|\bforget (?:about )?(?:me|us)\b|\bno right to (?:use|have|keep|store|write|contact)\b|\bmake it go away\b",
        r"\b(?:nie|nicht) (?:wieder|mehr) (?:so ?etwas|sowas|solche\w*|derartige\w*)\b|\bverbitte\b|\blassen sie das\b|\bvergessen sie (?:mich|uns|meine)\b|\b(?:oubliez|oublie)[- ](?:moi|nous|mon|mes)\b|\binutile de (?:me|nous|m')|\b(?:de |d'|ne )(?:ne )?(?:pas|plus) insister\b",
        r"\b(?:saque|saquen|olvide|olvidense|olvidese|quite|borre)\w*(?:me|nos| de mi| de nosotros)\b|\babsten\w+(?:se)? de\b|\bsi dimentichi di\b|\bdimenticat\w* (?:di me|il mio|la mia)|\bevit\w+ di (?:scriv|contatt|mand|invi)|\b(?:esqueca|esquecam)(?: o| a| de)? (?:meu|minha|mim)|\bevite (?:me )?(?:escrev|contact|envi)",
        r"\bvergeet (?:mij|me|ons|mijn)\b|\bstuur (?:me|mij|ons) (?:niks|niets|geen)\b|\b(?:stuur|mail)\b[^.!?]{0,30}\bniet (?:meer|langer|opnieuw)\b|\bzapomn\w* o (?:mnie|mnie|moim|nas)\b|\b(?:mnie|nas) (?:usunac|wypisac|wykreslic|skasowac)\b|\bprosze przestac\b|\blad(?:e)? vaere(?: med)?\b|\bla vaere a\b|\bglom (?:mig|oss|min)\b",
    ),
    # A wish, a no and a word for mail in one clause, in either order.
    "no_mail": (
        r"\b(?:mocht|moecht|woll|will|wunsch|brauch|benotig)\w*\b[^.!?]{0,50}\b(?:zuschrift|mails?|e-?mails?|nachricht|schreiben|post|anschreiben|werbung|kontakt)\w*\b[^.!?]{0,25}\b(?:nicht (?:mehr|bekommen|erhalten|haben|empfangen|lesen)|nicht$|nicht[.!]|kein\w*|nie)",
        r"\b(?:mocht|moecht|woll|will|wunsch)\w*\b[^.!?]{0,20}\b(?:nicht|nie)\b[^.!?]{0,30}\b(?:zuschrift|mail|e-mail|nachricht|post|werbung|kontaktiert|angeschrieben)\w*",
        r"\b(?:veu\w*|souhait\w*|desir\w*|aimerai\w*|merci de|voul\w+)\b[^.!?]{0,15}\b(?:pas|plus|aucun)\b[^.!?]{0,30}\b(?:mails?|messages?|courriels?|sollicitations?|lettres?|demarchage|contact\w*)|\b(?:arret|cess)(?:ez|er|e) (?:les|avec|la|le)\b",
        r"\bno (?:quier|quer|dese|necesit)\w*\b(?! perder)[^.!?]{0,40}\b(?:correo|mensaje|mail|e-mail|carta|publicidad|contacto)\w*|\bnon (?:vogli|desider|vorre|gradi)\w*\b(?! perder)[^.!?]{0,40}\b(?:mail|e-mail|messagg|letter|comunicazion|contatt)\w*|\bnao (?:quer|desej|gostari|preten)\w*\b(?! perder)[^.!?]{0,40}\b(?:e-?mail|mensage|mensagens|carta|contacto|contato|publicidade)\w*",
        r"\b(?:wil|wens|hoef|willen|wensen|wilt)\b[^.!?]{0,30}\b(?:geen|niet)\b[^.!?]{0,30}\b(?:mails?|e-?mails?|berichten|post|brieven|benaderd|contact)\b|\bnie (?:chc|zycz|potrzebuj)\w*\b[^.!?]{0,30}\b(?:mail|wiadomosc|listow|korespondencj|kontakt)\w*",
        r"\b(?:vill|onskar) (?:inte|aldrig)\b[^.!?]{0,30}\b(?:mejl|mail|brev|meddelande|kontakt|post)\w*|\b(?:vil|onsker) (?:ikke|aldrig|aldri)\b[^.!?]{0,30}\b(?:mail|mails|e-?post|brev|beskeder|meldinger|kontakt)\w*|\b(?:en|emme) halua\b[^.!?]{0,30}\b(?:viest|posti|sahkopost|yhteyden)\w*|\bnechci\b[^.!?]{0,30}\b(?:zprav|mail|e-mail|kontakt)\w*|\bне хочу\b[^.!?]{0,30}\b(?:писем|письма|сообщени|получать)\w*",
    ),
    "leave_alone": (
        r"\bleave (?:me|us) (?:alone|in peace|be)\b|\b(?:fuck|piss|sod|bugger|buzz|back) off\b|\bget lost\b|\bgo away\b|\bnever want to hear\b",
        r"\b(?:lass\w*) (?:sie |ihr |du )?(?:mich|uns)\b[^.!?]{0,15}\bin (?:ruhe|frieden)\b|\bverpiss\w*|\bhor(?:en|t)? (?:sie |ihr )?(?:bitte |endlich )*auf\b|\b(?:laissez|fichez|foutez|lachez)[- ](?:moi|nous)\b|\bdej\w+ en paz\b|\blasci\w+ in pace\b|\bdeix\w+(?:-me|-nos| me)? em paz\b|\blaat (?:me|mij|ons) met rust\b|\b(?:hou|houd) (?:er\w* )?(?:\w+ )?op\b|\bdaj\w* (?:mi|nam) (?:swiety )?spokoj|\blamna (?:mig|oss) (?:ifred|i fred)\b|\bla(?:d)? (?:mig|meg) vaere\b|\bjata\w* (?:minut )?rauhaan|\bотстан\w+|\bоставьте меня\b|\brahatsiz etme\w*",
    ),
    "stop": (
        r"(?<![-\w])stopp?(?:ing)? (?:all |any |your |these |this |the |those )*(?:e-?mail(?:s|ing)?|mails?|mailings?|writing|contact(?:ing)?|messag(?:es|ing)|spam\w*|sending|bothering|harass\w*|reaching|pestering|follow\w*|nagging|doing this|communications?|outreach|soliciting)\b",
        r"(?<![-\w])stop (?:it|this|that|now|immediately|already|please)(?= ?(?:$|[.!?,;]|now|please|immediately|right))",
        r"(?:^|[.!?,;:] ?)(?:please |pls |just |so |and )*stopp?(?: please| pls| now)*(?: ?[.!,;]|$)",
        r"\b(?:about|if|that|want|like|need|rather) you (?:to )?stop(?:ped)?\b(?= ?(?:$|[.!?,;]))",
        r"\bplease stop(?! by| in\b| over| there| me\b| apolog)\b",
        r"\b(?:arret|cess)(?:ez|er|e) (?:de |d'|tout|vos|ces|immediatement)|\bstop (?:aux?|met|mit|con|de|com) |\b(?:dej|par|ces)\w+ de (?:escrib|mand|envi|contact|molest|spam)\w*|\b(?:smett|piant)\w+ di\b|\bbasta (?:mail|e-?mail|messagg|spam|cosi|scriver|con)\w*|\b(?:par(?:e|em)|deix(?:e|em)) de (?:me )?(?:escrev|envi|mand|contact|contat|incomod)\w*|\bsluta (?:skriv|mejl|mail|kontakt|skick|stor|spam)\w*|\bstoppe? med at\b|\bhold op med\b|\bslutt (?:a|med)\b|\bprzestan\w*|\bprestan\w*|\blopeta\w*|\bпрекрат\w+|\bперестан\w+|\bunterlass(?:en sie|t|ung\w*)\b|\bhou op\b",
    ),
    "delete_data": (
        r"\b(?:delet|eras|destroy|purg|wip)\w* (?:\w+ ){0,3}?(?:(?:my|our)\b|(?:data|information|everything|anything) (?:\w+ ){0,3}?(?:about|on|of) (?:me|us)\b)",
        r"\bart(?:icle|ikel|\.|iculo|icolo|igo|ykul\w*)? ?(?:17|21)\b|\bright (?:to be forgotten|to erasure|of erasure|to object)\b|\bdata subject (?:access )?request\b|\bwithdraw (?:my|any) consent\b",
        r"\b(?:losch|loesch)\w*\b[^.!?]{0,30}\b(?:mich|meine[rnms]?|unsere[rnms]?)\b|\b(?:meine[rnms]?|unsere[rnms]?) (?:\w+ )?(?:daten|adresse|e-mail-adresse|kontaktdaten|mailadresse)\b[^.!?]{0,40}\b(?:losch|loesch|entfern)\w*|\bloschung meiner\b|\bwiders(?:prech|pruch)\w*\b[^.!?]{0,60}\b(?:daten|verarbeitung|nutzung|kontakt\w*|werb\w*|speicherung|verwendung)\b",
        r"\b(?:supprim|effac)\w+ (?:\w+ )?(?:mes|nos|toutes mes) (?:\w+ )?(?:donnees|coordonnees|informations)|\bmon droit (?:a l'effacement|d'opposition|a l'oubli)",
        r"\b(?:elimin|borr|suprim)\w* (?:todos )?(?:mis|nuestros) datos\b|\bmi derecho (?:de supresion|al olvido|de oposicion)|\b(?:cancell|elimin|rimuov)\w* (?:tutti )?i (?:miei|nostri) dati\b|\bcancellazione dei miei dati|\b(?:apagu|elimin|exclu|remov)\w* (?:todos )?(?:os )?(?:meus|nossos) dados\b|\bverwijder \w* ?(?:mijn|onze) gegevens\b|\bmijn gegevens\b[^.!?]{0,20}\b(?:verwijder|wis)\w*|\b(?:usun|skasow)\w*\b[^.!?]{0,15}\b(?:moje|moich|nasze) dan\w+|\bradera (?:mig|min|mina|mitt)\b|\bslett? (?:mig|meg|min|mine)\b|\bудалит\w*[^.!?]{0,20}\bданные\b",
    ),
    "no_consent": (
        r"\bunwanted\b|\bunsolicited\b|\b(?:unaufgefordert|unerwunscht|unverlangt)\w*|\bongewenst\w*|\bongevraagd\w*",
        r"\b(?:never|not|n't|without|no)\b[^.!?]{0,25}\b(?:consent\w*|opted in|signed? up (?:for|to)|subscrib\w+ to|permission|ask(?:ed)? (?:for (?:this|your|it|any)|you to (?:write|contact|e-?mail))|agreed? to (?:be|receive|this))\b",
        r"\b(?:kein\w*|nie|niemals|nicht|ohne)\b[^.!?]{0,30}\b(?:einwillig\w*|eingewilligt|zugestimmt|zustimmung|einverstanden|erlaubnis)\b",
        r"\bn'ai (?:jamais|pas)\b[^.!?]{0,30}\b(?:consent\w*|autoris\w+|mon accord|accept\w+|demande)\b|\bsans (?:mon|notre) (?:accord|consentement|autorisation)|\bno (?:he|hemos|di)\b[^.!?]{0,20}\b(?:autoriza\w+|consent\w+|permiso)|\b(?:nunca|jamas) (?:\w+ )?(?:autori\w+|consent\w+|di\b|dei\b)|\bsin mi (?:consentimiento|permiso|autorizacion)|\bmai (?:\w+ )?(?:dato|prestato|autorizzato|acconsentito)\b|\bsenza (?:il )?(?:mio )?consenso|\bsem (?:o )?meu consentimento|\b(?:nooit|geen|niet|zonder)\b[^.!?]{0,25}\b(?:toestemming|toegestemd)|\bnie wyraz\w+|\bbez (?:mojej )?zgody|\b(?:inte|aldrig)\b[^.!?]{0,20}\b(?:samtyck\w*|godkant)|\bбез (?:моего )?согласия",
        r"\b(?:where|how|who)\b[^.!?]{0,20}\b(?:get|got|obtain\w*|find|gave|have|source)\b (?:you )?(?:my|our) (?:\w+ ){0,2}(?:e-?mail|address|data|contact\w*|details|information)\b|\bwoher haben sie (?:meine|unsere|diese)|\bou avez[- ]vous (?:trouve|eu|obtenu|recupere) (?:mon|mes|notre)|\bde donde (?:ha|has|han|habeis) (?:sacado|obtenido)|\bdove (?:ha|hai|avete) (?:preso|trovato|avuto) (?:il mio|la mia|i miei)|\bhoe kom(?:t u|en jullie|je) aan mijn|\bskad (?:pan\w*|macie|masz)\b[^.!?]{0,20}\b(?:moj\w*|adres|dane)",
    ),
    "spam_report": (
        r"\bspammer\w*|\bspamming\b|\b(?:report|mark|flag)\w*\b[^.!?]{0,30}\b(?:spam|junk|abuse|phishing|harassment)\b|\b(?:this|that|it)(?:'s| is| was| looks like| counts as)? (?:just |pure |total |plain |clearly |nothing but )*(?:spam|harassment|junk)\b|\byour spam\b|\b(?:i'm|i am|i've|i have|i will|i'll) (?:now )?block(?:ed|ing)? (?:you|your|this)\b|\byou(?:'re| are)(?: now)? blocked\b|\breport(?:ed|ing)? you\b",
        r"\b(?:als|wegen) (?:spam|belastigung)\b|\bdas ist (?:\w+ )?(?:spam|belastigung)|\bsignal\w+\b[^.!?]{0,25}\b(?:spam|indesirable|abus)\w*|\bc'est du spam|\b(?:esto|eso) es spam|\bcorreo (?:basura|no deseado)|\bmarc\w+ como spam|\bquesto e spam|\bsegnal\w+\b[^.!?]{0,20}\bspam|\bisto e spam|\bdit is spam|\bto jest spam|\bto spam\b(?! folder)|\bdet har ar spam|\bэто спам|\bспам\b",
    ),
    "legal_threat": (
        r"\bcease (?:and|&) desist\b|\blegal (?:action|steps|consequences|proceedings)\b|\bsue you\b|\b(?:see|take) you (?:in|to) court\b|\b(?:hear from|contact|inform\w*|forward\w*|pass\w*|hand\w*)\b[^.!?]{0,25}\b(?:lawyer|attorney|solicitor)s?\b|\b(?:illegal|unlawful)\b[^.!?]{0,40}\b(?:mail|contact|spam|gdpr|message|solicit)\w*|\b(?:complain|complaint|report)\w*\b[^.!?]{0,40}\b(?:data protection|ico|ftc|cnil|aepd|authority|authorities|regulator|your provider|your host|your isp)\b",
        r"\b(?:gdpr|dsgvo|rgpd|rodo|lgpd|ccpa|casl|pecr|can-?spam)\b[^.!?]{0,40}\b(?:violat|breach|infring|verstoss|verstoess|verletz|infraction|infraccion|incumpl|violaz|violac|narusz|schend|fine|complain|beschwerde)\w*|\b(?:violat|breach|infring|verstoss|verstoess|verstoss\w*|contrair|incumpl|violaz|naruszen|schend)\w*\b[^.!?]{0,40}\b(?:gdpr|dsgvo|rgpd|rodo|lgpd|ccpa|casl|pecr|can-?spam|uwg)\b|\bunder (?:the )?(?:gdpr|ccpa)\b",
        r"\babmahn\w*|\brechtliche schritte\b|\brechtsanwalt\w*|\banwalt\w*\b[^.!?]{0,30}\b(?:einschalt|wend|informier|weiterleit|ubergeb)\w*|\bmise en demeure\b|\bmon avocat\b|\bacciones legales\b|\bmi abogad\w+|\bvie legali\b|\bazioni legali\b|\bdiffid\w+|\bmio avvocato\b|\bmedidas legais\b|\bmeu advogad\w+|\bjuridische stappen\b|\bmijn advocaat\b|\bkroki prawne\b|\bprawnik\w* sie\b|\brattsliga atgarder\b|\bdatenschutzbehorde\b|\bplainte (?:a|aupres)\b|\bvoy a denunciar\w*|\bdenunciare\b",
    ),
}  # fmt: skip
PERSONAL = frozenset({"remove_me", "no_contact", "no_more", "no_mail", "leave_alone", "stop"})

# A sentence, a line or a subject that says nothing else.
ALONE = (
    r"(?:please |pls |bitte |por favor |prosze |merci de |svp |i want to |kindly )*"
    r"(?:stopp?|unsubscribe\w*|unsub|remove(?: me)?|opt[- ]?out|cancel|abmelden|austragen|loschen|desinscription|desinscrire|desabonner|baja"
    r"|basta|cancellami|cancellatemi|disiscrivimi|remover|sair|descadastrar|afmelden|uitschrijven|wypisz|rezygnuje|avregistrera|avsluta|avmeld|afmeld"
    r"|spam|stop it|no more|enough|out|sluta|genug|schluss|basta ya|halt|arret|arretez|delete|отписаться|стоп|отписка|peruuta|lopeta|odhlasit|leiratkozas|退订)"
    r"(?: please| pls| bitte| svp| merci| me| now| thanks| thank you)*"
)
