"""How mail programs announce the letter they quote, and themselves, in many languages."""

from __future__ import annotations

import re

_DATE_OR_TIME = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d年")
# "30.09.2017, 18.30, "Ada Quill" <ada@quill.example>:" of programs that leave out the verb.
_ADDRESSED = re.compile(r"<\s*[^\s<>@]+@[^\s<>@]+\s*>\s*[:：]$")
_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb\w*|hat\s[^:]{0,80}geschrieben|[aà]\s[ée]crit|escribi[óo]|escrigu[ée]|ha\sscritto|scrive|escreveu"
    r"|schreef|heeft\s[^:]{0,80}geschreven|napisa[łl]\(?a?\)?|pisze|skrev|kirjoitti|napsala?|napísala?|nap[ií]sal\(a\)|írta|ezt\s[íi]rta"
    r"|a\sscris|yazd[ıi]|şunları\syazdı|написа(?:ла?|в|ла)|пише|пишет|писал\(?а?\)?|написа|έγραψε|skrifaði|rašė|rakstīja|kirjutas|je\snapisao"
    r"|je\snapisala|viết|menulis|كتب)\b|写道|寫道|のメール|書きました|님이?\s작성|כתב",
    re.IGNORECASE,
)
# The first of several lines: "On Nov 21, 2014,". Any other sentence above an announcement is the writer's.
_OPENS = re.compile(
    r"^\W{0,3}(?:on|am|le|el|il|em|op|dnia|w\sdniu|den|på|ti|pe|ma|ke|to|la|su|dne|dňa|в|en\sdate\sdu|da|il\sgiorno"
    r"|\w{2,12}[.,]{1,2}|(?=\d)|\w{2,12}(?=\s\d))\s?.{0,40}\d.{0,120}[^.!?\s]$|^[^.!?\n]{2,60}<[^>\s]*(?:@[^>\s]*>?)?$",
    re.IGNORECASE,
)
_ATTRIBUTION_LENGTH = 320

_FROM = (
    "from|von|de|da|van|od|från|fra|lähettäjä|от|от кого|від|feladó|kimden|gönderen|expéditeur|mittente|remitente|remetente|afzender"
    "|nadawca|avsändare|afsender|avsender|发件人|寄件者|差出人|보낸 ?사람|من|מאת|odosielateľ|odesílatel|exp|expeditor"
)
_OTHERS = (
    "sent|date|to|cc|copie à|sujet|message du|subject|reply-to|importance|gesendet|datum|an|betreff|kopie|antwort an|envoyé|envoyé le|date d'envoi|à|objet|enviado"
    "|enviado el|enviada em|enviado em|fecha|para|asunto|data|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|wysłano|data wysłania|do"
    "|temat|skickat|till|ämne|kopia|sendt|til|emne|dato|lähetetty|päivämäärä|vastaanottaja|aihe|отправлено|дата|кому|тема|надіслано"
    "|odesláno|komu|předmět|odoslané|predmet|elküldve|küldve|címzett|tárgy|tarih|kime|konu|发送时间|日期|收件人|主题|主旨|送信日時|日時|宛先|件名"
    "|보낸 ?날짜|날짜|받는 ?사람|제목|trimis|către|subiect|destinataire|destinatario|destinatário"
)
_HEADER = re.compile(
    rf"^[>\s*_]*(?:(?P<sender>{_FROM})|(?:{_OTHERS}))[\s\u00a0*_]*[:：][\s*_]*(?P<value>.*)$", re.IGNORECASE
)
_HEADER_LINES = 6

_RULED = re.compile(r"^[>\s]*[-_=*—–]{3,}\s*(?P<words>[^\W\d_][^_=*]{2,80}?)\s*[-_=*—–]{2,}\s*$")
_BLOCK_RULE = re.compile(r"^[>\s]*[_]{10,}\s*$")
_FORWARDED = re.compile(
    r"^\s*(?:begin forwarded message|début du message (?:transféré|réexpédié)|anfang der weitergeleiteten)\b",
    re.IGNORECASE,
)

_SIGNATURE = re.compile(r"^\s?(?:--|__|—|–)\s*$")
_DEVICE = re.compile(
    r"^[\s*_<\[(]*(?:sent (?:from|via|with|using)\b|sent by my\b|get outlook for\b|(?:von\s(?:meinem|meiner)\s.{2,30}\s)?gesendet\b|gesendet (?:von|mit|über)\b"
    r"|envoy[ée]e? (?:de|depuis|à partir|avec|via)\b|télécharger outlook|obtenir outlook|enviado (?:desde|do|de|via|con)\b|obtener outlook|inviato d[ae]\b"
    r"|scarica outlook|obter o outlook|verstuurd (?:vanaf|met)\b|verzonden (?:vanaf|met)\b|outlook voor\b|wysłan[eo] (?:z|za)\b|pobierz outlook|skickat från\b"
    r"|hämta outlook|sendt fra\b|lähetetty\b|odesláno z\b|отправлено (?:с|из)\b|从我的|發自我的|iPhoneから送信|outlook für\b|用我的).{0,70}$",
    re.IGNORECASE,
)  # fmt: skip
_MANY_WORDS = 11


def attribution_length(lines: list[str], at: int) -> int:
    """How many lines, beginning at this one, say "On Monday, Ada wrote:"; 0 where they do not.

    Mail programs break that sentence over up to four lines.
    """
    joined = ""
    for count in range(1, 5):
        if at + count > len(lines) or not lines[at + count - 1].strip(" >"):
            return 0
        joined = f"{joined} {lines[at + count - 1].strip(' >')}".strip()
        if len(joined) > _ATTRIBUTION_LENGTH or (count == 2 and not _OPENS.match(lines[at].strip(" >"))):
            return 0
        wrote = _WROTE.search(joined)
        if wrote is not None and wrote.end() == len(joined) and "@" in joined and _DATE_OR_TIME.search(joined):
            return count
        if joined.endswith((":", "：")):
            verbless = _ADDRESSED.search(joined) and _DATE_OR_TIME.search(joined)
            return count if verbless or (wrote and (_DATE_OR_TIME.search(joined) or "@" in joined)) else 0
    return 0


def header_length(lines: list[str], at: int) -> int:
    """How many lines, beginning at this one, are the quoted head of a letter (From:, Sent:, ...) or its separator; 0 for none."""
    line = lines[at]
    ruled = _RULED.match(line)
    if _FORWARDED.match(line) or (ruled and _is_separator(lines, at)):
        return 1 + _block_length(lines, _next(lines, at + 1))
    if _BLOCK_RULE.match(line):
        block = _block_length(lines, _next(lines, at + 1))
        return 1 + block if block else 0
    return _block_length(lines, at)


def _is_separator(lines: list[str], at: int) -> bool:
    """Whether a ruled title announces a letter: what follows is its head, or a title that programs put there."""
    known = re.search(
        r"message|nachricht|mensaje|messaggio|mensagem|bericht|wiadomo|meddelande|melding|meddelelse|viesti|сообщение|повідомлення"
        r"|zpráva|správa|üzenet|ileti|mesaj|邮件|郵件|メッセージ|메시지|mail",
        lines[at],
        re.IGNORECASE,
    )
    said = bool(_WROTE.search(lines[at]) and _DATE_OR_TIME.search(lines[at]))
    return bool(known) or said or _block_length(lines, _next(lines, at + 1)) > 0


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip(" >"):
        at += 1
    return at


def _block_length(lines: list[str], at: int) -> int:
    if at >= len(lines):
        return 0
    first = _HEADER.match(lines[at])
    if first is None:
        return 0
    found, last, has_sender = 0, at, False
    for number in range(at, min(at + _HEADER_LINES + 2, len(lines))):
        header = _HEADER.match(lines[number])
        if header:
            found, last = found + 1, number
            has_sender = has_sender or bool(header["sender"])
        elif number > last + 1:
            break
    # One line alone ("To: be honest") is a sentence of the writer's.
    return last - at + 1 if found >= 3 or (found == 2 and has_sender and "@" in "".join(lines[at : last + 1])) else 0


def is_signature(line: str) -> bool:
    """Whether a line is the mark above a signature (RFC 3676, 4.3, and its variants)."""
    return _SIGNATURE.match(line) is not None


def is_device(line: str) -> bool:
    """Whether a line is a mail program's own ("Sent from my iPhone")."""
    return (
        len(line.split()) <= _MANY_WORDS and _DEVICE.match(line) is not None and not line.rstrip().endswith(("?", "!"))
    )
