"""What automatic answers say, in a dozen languages. Written for `folded` text: lower case, without accents.

English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian, Finnish, Japanese.
"""

from __future__ import annotations

import re


def _any_of(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line.strip()})" for line in lines.strip().splitlines()))


# A subject that begins so was written by a program; what follows is the subject of the letter it answers.
AUTOMATIC_SUBJECT = re.compile(
    r"^(?:\[[^\]]{1,40}\] ?|\*+ ?|\[)?(?:"
    r"auto\b(?=:)|auto(?:matic|mated|matisch\w*)? ?-?(?:reply|response|antwort|respond\w*|reponse|svar|answer)\b"
    r"|automatische? (?:antwort|abwesenheits\w*|e-?mail-?antwort|antwoord|reactie)|automatisch (?:antwoord|bericht)"
    r"|reponse automatique|(?:message|notification) automatique d'absence"
    r"|respuesta automatica|risposta automatica|resposta automatica"
    r"|automatiskt? svar|autosvar|automaattinen vastaus|poissaoloviesti"
    r"|odpowiedz automatyczna|automatyczna odpowiedz|autoodpowiedz"
    r"|自動(?:応答|返信)|【自動(?:応答|返信)】|автоответ|автоматический ответ"
    r"|abwesenheits(?:notiz|nachricht|meldung|assistent|info\w*)"
    r"|(?:message|notification|avis) d'absence|mensaje de ausencia"
    r"|fraevaersmeddelelse|fravaerssvar|franvaro(?:meddelande|besked)"
    r")(?= ?(?:$|[:：\]】!(-]|from |re:|aw:|の|です))"
)
ABSENCE_SUBJECT = re.compile(
    r"^(?:re: ?|aw: ?|sv: ?)?(?:i am |i'm |currently )?(?:"
    r"out ?-?of ?-?(?:the )?-?office|ooo\b|on (?:vacation|holiday|leave|parental leave|maternity leave)|away from (?:my|the)"
    r"|abwesen(?:d|heit)|im urlaub|nicht im (?:buro|haus)|ausser haus"
    r"|absen(?:ce|t)|en conges?|fuera de (?:la )?oficina|ausencia|ausente|vacaciones|de vacaciones"
    r"|fuori (?:sede|ufficio)|assenza|assente|in ferie|fora do escritorio|ausencia|de ferias"
    r"|afwezig\w*|niet op kantoor|met vakantie|nieobecn\w+|poza biurem|urlop"
    r"|franvaro\w*|ute fran kontoret|pa semester|fravaer\w*|ikke til stede|ikke pa kontoret|pa ferie"
    r"|poissa|lomalla|不在|休暇"
    r")"
)

ABSENT = _any_of(
    r"""
    \b(?:i am|i'm|i will be|i'll be|we are|we're|will be|is|am) (?:\w+ ){0,3}?(?:out of (?:the )?office|ooo|away (?:from|until|on)|on (?:\w+ )?(?:vacation|holidays?|leave|pto|sabbatical)|travell?ing|out (?:until|from|on|of town))
    \b(?:out of (?:the )?office|ooo) (?:until|from|on|through|with|and|this|for|starting|returning)
    \bour offices? (?:is|are|will be) closed
    \b(?:nicht (?:im (?:buro|haus)|am arbeitsplatz|erreichbar|da\b)|abwesend|ausser haus|im urlaub|in (?:elternzeit|mutterschutz)|nicht zu erreichen)
    \b(?:absente?s?|en (?:conges?|vacances|deplacement)|hors du bureau|pas au bureau)\b
    \b(?:fuera de (?:la )?oficina|estoy (?:de vacaciones|ausente)|estare (?:de vacaciones|ausente|fuera)|de vacaciones|me encuentro (?:fuera|ausente|de vacaciones))
    \b(?:fuori (?:sede|ufficio|dall'ufficio)|(?:sono|saro) (?:assente|in ferie|in vacanza|fuori)|in ferie)\b
    \b(?:fora do escritorio|(?:estou|estarei|encontro-me) (?:ausente|de ferias|fora|em ferias)|de ferias)\b
    \b(?:niet op kantoor|niet aanwezig|afwezig|met (?:vakantie|verlof)|op vakantie|buiten kantoor)\b
    \b(?:poza biurem|nieobecn\w+|na urlopie|przebywam na)\b
    \b(?:ar|er) (?:\w+ )?(?:pa (?:semester|ferie|resa)|borta|bortrest|franvarande|tjanstledig|foraldraledig|fravaerende|bortreist|ute fran|ute av)|inte pa (?:kontoret|plats)|ikke (?:pa kontoret|til stede)|ute (?:fran|av) kontoret|\bpa (?:semester|ferie)\b
    \b(?:lomalla|poissa toimistolta|en ole toimistolla)\b
    不在|休暇|休業|お休み|出張中|留守|夏季休|年末年始
    """
)
LEFT = _any_of(
    r"""
    \b(?:is|am|are|'m|'s|be|was) no longer (?:with|employed|a part of|part of|at (?!my|the office|his|her)|working|an employee)
    \bno longer (?:works?|working|employed) (?:at|for|here|with (?:us|the company)|in this)
    \b(?:has|have|'ve|'s) (?:now |recently )?left (?:the (?:company|organi[sz]ation|firm|business|team)|our (?:company|team)|[a-z]+ (?:gmbh|inc|ltd|llc|bv|ab))
    \b(?:has|have) (?:now )?(?:moved on from|retired|departed)\b
    \b(?:email|e-mail|address|inbox|mailbox|account)\b.{0,60}? (?:is|are) no longer (?:in use|active|valid|monitored|available|being (?:used|monitored))
    \b(?:unternehmen|firma|gesellschaft|agentur|kanzlei)[^.]{0,20} verlassen
    \bnicht mehr (?:fur|bei|in|im) (?:[\w&.-]+ ){0,5}(?:tatig|beschaftigt|angestellt|arbeit\w*)
    \b(?:arbeite|arbeitet|ist|bin) (?:\w+ ){0,3}nicht (?:mehr|langer) (?:fur|bei|im unternehmen|in unserem)
    \b(?:a|ai|avons) quitte (?:la societe|l'entreprise|notre|ses fonctions|mes fonctions|le groupe|l'agence)
    \bne (?:fais|fait|travaille|travaillons) plus (?:partie|chez|pour|dans|au sein)|n'est plus (?:parmi|en poste|au sein|dans l'entreprise)
    \bya no (?:trabaj[oa]|form[oa] parte|pertenec|labor)|ha dejado la (?:empresa|compania)|deje la (?:empresa|compania)
    \bnon (?:lavor[oa]|fa|faccio|e) piu (?:parte|in|per|presso|con)|ha lasciato (?:l'azienda|la societa)
    \b(?:nao|ja nao) (?:trabalh[oa]|fac[oa]|faz) (?:mais )?(?:parte|na|no|aqui|nesta|para)|deixou a empresa|deixei a empresa
    \b(?:niet (?:meer|langer) (?:werkzaam|in dienst)|werkt? niet (?:meer|langer)|heeft? (?:het bedrijf|de organisatie|ons) verlaten|uit dienst)
    \b(?:nie pracuj[ea] juz|juz nie pracuj[ea]|nie jest juz pracownik|zakonczyl\w* (?:prac|wspolprac))
    \b(?:arbetar|jobbar) inte langre|har slutat (?:pa|hos|sin)|har avslutat sin anstallning
    \b(?:arbejder ikke laengere|er fratradt|er ikke laengere ansat|har forladt virksomheden|har opsagt)
    \b(?:jobber ikke lenger|har sluttet (?:i|hos)|er ikke lenger ansatt)
    \bei (?:ole enaa|tyoskentele enaa)
    退職|退社いたしました|在籍しておりません
    """
)
# What a program says of itself.
AUTOMATIC = _any_of(
    r"""
    \b(?:this is|this was|this e?-?mail is|you (?:have )?received|sent) an? auto(?:-?generated|mated|matic|matically)?[ -]?(?:generated )?(?:e-?mail |mail )?(?:reply|response|message|e-?mail|notification|acknowledg\w+|confirmation|answer)
    \b(?:this|the) (?:e?-?mail|message|mail|response|reply|notification) (?:is|was|has been) (?:automatically|auto-?) ?generated
    \b(?:please )?do not (?:reply|respond) to this (?:e?-?mail|message|address|automated)
    \bautomatisch (?:generiert|erstellt|erzeugt|versendet|versandt|gegenereerd|verzonden|aangemaakt)|\bautomatische (?:antwort|nachricht|e-?mail|eingangsbestatigung|bestatigung|reactie|bevestiging)
    \b(?:message|reponse|courriel|e-?mail|accuse)[^.]{0,30} (?:est )?(?:automatique|genere automatiquement|envoye automatiquement)
    \b(?:mensaje|respuesta|correo)[^.]{0,30} (?:automatic[oa]|generad[oa] automaticamente|enviad[oa] automaticamente)
    \b(?:messaggio|risposta|e-?mail)[^.]{0,30} (?:automatic[oa]|generat[oa] automaticamente)
    \b(?:mensagem|resposta|e-?mail)[^.]{0,30} (?:automatic[oa]|gerad[oa] automaticamente|enviad[oa] automaticamente)
    \b(?:wiadomosc|odpowiedz)[^.]{0,40} (?:automatyczn\w+|wygenerowan\w+ automatycznie)|automatycznie wygenerowan
    \b(?:automatiskt?|automatgenererat?) (?:svar|meddelande|besked|mejl|genere\w+|skickat|sendt)|autogenerert
    自動(?:送信|返信|応答|配信|で)
    """
)
RECEIVED = _any_of(
    r"""
    \b(?:we(?:'ve| have)?|has been) (?:successfully )?received (?:your|and)|your (?:message|e-?mail|request|enquiry|inquiry|application|ticket|submission) (?:has been|was) (?:successfully )?(?:received|submitted|registered|logged|created)
    \b(?:ihre|deine) (?:nachricht|anfrage|e-?mail|bewerbung|mail)[^.]{0,60}(?:erhalten|eingegangen|bearbeite|registriert)
    \bavons bien recu|accusons reception|votre (?:message|demande|candidature)[^.]{0,30} (?:a bien ete recu|ete enregistre)
    \bhemos recibido (?:su|tu)|(?:su|tu) (?:mensaje|solicitud|consulta)[^.]{0,30} ha sido (?:recibid|registrad)
    \babbiamo ricevuto|la (?:sua|tua) (?:richiesta|mail|email|candidatura)[^.]{0,30} (?:e stata|ricevut|registrat)
    \brecebemos (?:a sua|o seu|sua|seu)|(?:foi|sera) (?:recebid|registad|registrad)
    \b(?:we hebben|wij hebben|hebben) (?:je|uw|jouw) [^.]{0,40}(?:ontvangen|in goede orde)
    \b(?:otrzymalismy|twoje zgloszenie|panstwa zgloszenie)
    \b(?:vi har (?:mottagit|tagit emot|modtaget|mottatt)|har mottagits|er modtaget)
    お問い合わせ[^。]{0,30}(?:受け付け|受付|ありがとう)|(?:受信|受領|受付)(?:いた)?しました
    """
)
TICKET = _any_of(
    r"""
    \b(?:ticket|case|request|reference|ref|incident|vorgang|vorgangsnummer|aktenzeichen|dossier|folio|caso|sak|sag|arende|arendenummer|zgloszenie)\.? ?(?:number|id|nr|no|n[o°º]|nummer|numero)?\.? ?(?:is |ist |:|#|est )+ ?[\w-]*\d
    (?:\[|\()(?:ticket|case|request|sr|inc|#)[ :#-]*[\w-]*\d
    受付番号|チケット番号|お問い合わせ番号
    """
)
# What absent people let their programs promise or ask.
MARKS = tuple(
    _any_of(lines)
    for lines in (
        r"""
        ^(?:(?:hi|hello|dear|good)[^.!]{0,30}[,!.] ?)?(?:many thanks|thank you|thanks)[^.!]{0,20} for (?:your|the|writing|getting|contacting|reaching)
        ^(?:[^.!]{0,40}[,!] ?)?(?:vielen dank|danke|herzlichen dank)[^.!]{0,10} fur (?:ihre|deine|ihr|dein|die)
        ^(?:[^.!]{0,40}[,!] ?)?(?:merci|je vous remercie)[^.!]{0,10} (?:pour|de) (?:votre|ton)
        ^(?:[^.!]{0,40}[,!:] ?)?(?:muchas )?gracias por (?:su|tu|contactar|escribir)
        ^(?:[^.!]{0,40}[,!] ?)?grazie per (?:la|il|aver|averci)
        ^(?:[^.!]{0,40}[,!] ?)?(?:muito )?obrigad[oa] (?:pelo|pela|por)
        ^(?:[^.!]{0,40}[,!] ?)?(?:hartelijk )?(?:dank|bedankt) (?:je |u )?(?:wel )?voor (?:je|uw|jouw|het)
        ^(?:[^.!]{0,40}[,!] ?)?dzieku\w+ za
        ^(?:[^.!]{0,40}[,!] ?)?(?:tack|tak|takk) for (?:ditt|dit|din|mejlet|mailen|meddelandet|at|att|henvendelsen)
        (?:メール|ご連絡|お問い合わせ)[^。]{0,12}ありがとうございます
        """,
        r"""
        \b(?:limited|no|intermittent|little|restricted|without) (?:or no )?access to (?:my )?(?:e-?mails?|mails?|inbox|internet)|\bnot (?:be )?(?:checking|monitoring|reading|responding to|able to (?:read|respond|reply|answer))
        \b(?:e-?mails?|nachrichten|post)[^.]{0,30} (?:nicht|unregelmassig|nur)[^.]{0,30}(?:gelesen|lesen|abrufen|bearbeitet|weitergeleitet|abgerufen)|nicht weitergeleitet|werden nicht gelesen
        \b(?:acces (?:limite|restreint|reduit)|sans acces|ne consulter|acceso (?:limitado|restringido)|sin acceso|accesso limitato|acesso limitado|beperkt(?:e)? toegang|ograniczony dostep|begransad (?:tillgang|atkomst)|begraenset adgang)
        """,
        r"""
        \b(?:urgent|emergency|immediate (?:assistance|attention|help)|in the meantime|in my absence|during (?:my|this) (?:absence|time)|can ?not wait)\b
        \b(?:dringend\w*|eilig\w*|notfall\w*|vertretung|vertritt|in der zwischenzeit|wahrend meiner abwesenheit)
        \b(?:urgence|urgentes?|en mon absence|durant (?:mon absence|cette periode)|pendant mon absence)
        \b(?:urgencia|asuntos urgentes|en mi ausencia|durante mi ausencia|urgenze|in mia assenza|assuntos urgentes|na minha ausencia|caso de urgencia)
        \b(?:dringende|spoed\w*|tijdens mijn afwezigheid|pilnych|pilne|w nagl\w+|bradskande|akuta?|vid bradskande|hastende|haster|kiireell)
        お急ぎ|緊急|不在中
        """,
        r"""
        \b(?:reply|respond|answer|get back to you|return your|address your|read your|be in touch|respond to your|attend to)[^.]{0,60}(?:when|upon|once|after|on|as soon as)[^.]{0,20}(?:return|back|am in)
        \b(?:nach (?:meiner )?ruckkehr|sobald ich (?:wieder|zuruck)|wieder (?:im (?:buro|haus)|erreichbar|da\b|fur sie da|fur dich da|zuruck)|des mon retour|a mon retour|de retour|al regresar|a mi regreso|a mi vuelta|al mio rientro|al mio ritorno|no meu regresso|quando (?:eu )?(?:voltar|regressar)|bij terugkomst|na mijn (?:terugkomst|vakantie)|na mijn terugkeer|po powrocie|nar jag ar tillbaka|vid aterkomst|nar jeg er tilbage|nar jeg er tilbake|ved min tilbagekomst)
        \b(?:will|i'll|am|be) (?:be )?(?:back|return\w*)\b|\b(?:weer (?:aanwezig|bereikbaar|terug)|ben ik terug|wracam|jag ar tillbaka|ar tillbaka|er tilbage|er tilbake|vuelvo|regreso|rientro|volto|reviens)\b
        \b(?:we|someone|our team)(?:'ll| will)? (?:\w+ ){0,4}(?:get back to you|be in touch|be with you|respond|reply)|wir melden uns|nous vous repondrons|(?:le|te) responderemos|responderemos|le risponderemo|we (?:nemen|reageren)|odpowiemy|vi (?:svarar|svarer|aterkommer|vender tilbage)
        (?:戻り|復帰|帰社)[^。]{0,10}(?:次第|後)|次第[^。]{0,16}(?:返信|ご連絡|対応)
        """,
        r"""
        \b(?:please|kindly|you (?:can|may)) (?:\w+ ){0,3}(?:contact|reach(?: out to)?|direct|write to|e-?mail|call|refer|forward|get in touch with)
        \b(?:bitte )?(?:wenden (?:sie )?sich|wende dich|kontaktieren sie|an (?:meine[nr]?|unser\w*) (?:kolleg|team))|(?:merci de|veuillez|vous pouvez|je vous invite a) (?:\w+ ){0,2}(?:contacter|adresser|joindre|ecrire)
        \b(?:por favor|puede|pueden|favor de|ruego)[^.]{0,20} (?:contact\w+|escrib\w+|dirij\w+|contacte|dirigirse)|(?:puo|potete|si prega di|prego) [^.]{0,20}(?:contattar\w+|rivolger\w+|scriver\w+|contattare)|(?:por favor|pode|queira)[^.]{0,20} (?:contact\w+|contat\w+|envi\w+|dirig\w+)
        \b(?:neem|kunt u|kun je)[^.]{0,30}contact|prosz\w+ (?:o )?kontakt|kontakta|kontakt\b|(?:までご連絡|ご連絡ください|お願いいたします)
        """,
    )
)
# A person who is in the conversation: a question, an offer, an opinion of the letter.
ENGAGED = _any_of(
    r"""
    \?(?:\s|$)|？
    \b(?:happy|glad|love|would like|keen|open|free) to (?:talk|chat|meet|connect|discuss|hear|have|help|jump)|let's |let me know|sounds (?:good|great|interesting)|\binterest(?:ed|ing)\b|\bsorry for (?:the |my )?(?:late|delay|slow)|apologies for (?:the |my )?(?:late|delay)|\bdoes \w+day work|are you (?:free|available)|call me|your (?:profile|background|application|cv|resume) (?:looks|is)|not (?:looking|hiring|interested)|(?:remove|take) me|unsubscribe|\bstop\b|\bspam\b|leave me alone|(?:send|mail|forward) me\b|\byour (?:cv|resume|portfolio|letter|work|experience|pitch|offer)\b
    \b(?:lebenslauf|ihr(?:e|en)? (?:unterlagen|profil|schreiben)|schick\w* (?:sie )?mir|senden sie mir|envoyez[- ]moi|votre (?:cv|profil)|su (?:cv|perfil|curriculum)|enviem?e|il suo (?:cv|profilo)|mi mandi|o seu (?:cv|perfil)|envie-me|uw cv|je cv|stuur me)\b
    \b(?:war|waren) (?:\w+ ){0,3}(?:im urlaub|abwesend|krank)|entschuldig\w* (?:die|meine|bitte)|interess(?:e an|iert|ant)|passt (?:es|ihnen|dir)|lass uns|lassen sie uns|gerne (?:sprechen|telefonieren|kennenlernen)|konnen wir|kein interesse
    \b(?:desole|excusez|pardon) (?:\w+ ){0,4}(?:retard|tard)|(?:j'etais|j'ai ete) (?:\w+ )?(?:en conges?|en vacances|absente?)|interess(?:e|ee|ant)\b|discuter|echanger
    \b(?:estuve|estaba) (?:\w+ )?(?:de vacaciones|fuera|ausente)|perdon|disculp\w+ (?:la|el) (?:demora|retraso)|me interesa|hablemos|podemos hablar
    \b(?:ero|sono stat[oa]) (?:\w+ )?(?:in ferie|fuori|assente)|scus\w+ (?:il|per il) ritardo|mi interessa|sentiamoci|parliamone
    \b(?:estive|estava) (?:\w+ )?(?:de ferias|fora|ausente)|desculp\w+ (?:a|pela) demora|tenho interesse|vamos (?:falar|conversar)
    \b(?:was|ik was) (?:\w+ ){0,2}(?:op vakantie|met vakantie|afwezig)|excuses voor|interessant|laten we|zullen we
    \b(?:bylem|bylam) na urlopie|przepraszam za|chetnie|porozmawia
    \b(?:var pa|jag var|jeg var) (?:\w+ )?(?:semester|ferie|borta)|(?:ursakta|beklagar|beklager|undskyld) (?:det |for )?(?:sena|sent|sene)|hors gerna|garna (?:prata|traffa)|intressant|spaennende|lad os
    (?:遅く|遅れ)なり(?:まして)?|お待たせ|興味|お話(?:し)?(?:した|でき|させ)
    """
)
