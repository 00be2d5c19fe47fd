"""Why a letter was refused: because the mailbox does not exist, for now, or because of who sent it.

Codes: RFC 3463, RFC 5248, RFC 7372, RFC 7505 and the error pages of the large providers. Only a few of the permanent
ones (5.x.x) mean a dead address; the words decide before the code does.
"""

from __future__ import annotations

import re

from ingot.domain.inbound import BounceClass
from ingot.mail.bounce_phrases import any_of

_ENHANCED = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_REPLY = re.compile(r"(?<![\d.\[-])(?:4[2-7]\d|5[0-7]\d)(?=[\s-]|$)")
_NAMES = re.compile(r"\S{1,128}@\S{1,255}|\bhost\s+\S{1,255}", re.IGNORECASE)  # "spam" in a name says nothing

# The mailbox or its domain does not exist.
_DEAD = any_of(
    r"""
    (?:user|recipient|mailbox|account|address|addressee|adresse|destinataire|usuario|local part) (?:name )?(?:is |was )?(?:unknown|not known|not found|nonexistent|non-existent|inexistent|invalid)
    unknown (?:user|recipient|mailbox|local[ -]?part|address|account|rcpt|host)
    (?:user|recipient|mailbox|account|address|alias|person|rcpt|>|@[\w.-]{1,80})[)>]? (?:does ?n.t|does not|do not|do ?n.t|dosn.t) exists?
    (?:account|user|address|mailbox|domain)[^.]{0,60}does not exist
    no such (?:user|mailbox|recipient|person|account|address|local|domain|host|name|email)
    nosuchuser
    not? (?:a )?(?:valid|known) (?:user|recipient|mailbox|address|account)
    no mailbox (?:here )?(?:by|with) th(?:at|is) name
    (?:no|not) (?:a )?(?:local )?mailbox
    invalid (?:user|recipient|mailbox|address|rcpt|final delivery userid|local)
    not listed in .{0,40}(?:directory|domino|address book|public name)
    not (?:our|a) (?:user|customer|subscriber)
    no longer (?:valid|active|available|with|exists|in use|on (?:this )?server|at this)
    doesn.t have an? \S{1,80} account
    recipnotfound
    recipient not found
    not found in (?:the )?(?:directory|recipient)
    address[^.]{0,30} (?:couldn.t|could not|cannot) be found
    wasn.t found at
    (?:has been|was) (?:deleted|discontinued|closed|removed|terminated)
    (?:disabled or discontinued|discontinued)
    inactive e?-?mail ?(?:address|account|box)
    address(?:e)? (?:destinataire )?invalide
    n'existe pas
    (?:gibt|existiert) (?:es )?nicht
    unbekannter (?:empf[äa]nger|benutzer)
    (?:usuario|cuenta|buz[óo]n|destinatario) (?:desconocid|no existe|inexistente)
    no existe
    utente sconosciuto
    usu[áa]rio (?:desconhecido|inexistente)
    пользователь не найден
    нет такого
    (?:ユーザー?|宛先|メールアドレス)[^。]{0,20}(?:見つかりません|存在しません)
    ディレクトリに(?:は見つかりません|見つかりません)
    (?:用户|收件人|邮箱)[^。]{0,12}不存在
    host (?:unknown|not found)
    unknown host
    (?:host|domain)(?: or domain)?(?: name)? (?:is )?not found
    name or service not known
    unrouteable (?:mail )?(?:domain|address)
    nxdomain
    domain (?:is )?not (?:reachable|exist)
    \w\.[a-z]{2,20} does not exist
    (?:account or domain|domain or account) may not exist
    (?:domain|server)[^.]{0,60}(?:does not|doesn.t) (?:accept|receive) (?:any )?(?:e-?)?mail
    null ?mx
    no matches to nameserver query
    all relevant mx records point to non-existent hosts
    could not find a gateway
    (?:address|recipient) (?:is )?not (?:configured|allowed) to receive
    unrouteable
    is not a valid (?:mailbox|user|address)
    not have an? (?:mailbox|account)
    bad destination mailbox
    bad address
    """
)
# Said of mailboxes that do not exist, unless the same server names another reason.
_REFUSED = any_of(
    r"""
    mailbox unavailable
    (?:address|recipient|user) rejected
    """
)
# It may work later: the mailbox is full or switched off, the server busy or out of reach, the letter too large.
_SOFT = any_of(
    r"""
    (?:mail ?box|mail ?folder|inbox|account|user|maildir)[^.]{0,40}(?:full|over ?quota|out of storage|exceeded)
    quota (?:exceeded|violation|has been|full)
    (?:over|exceed\w*|disk|mail|hit) (?:the |your |his |her |its |storage )?(?:disk )?quota
    disk ?quota
    not enough (?:storage|space|disk)
    insufficient (?:system )?(?:storage|disk|space|quota)
    mail ?box space not enough
    out of storage
    too much mail
    (?:message|mail|size)[^.]{0,40}(?:too (?:large|big)|exceeds)
    exceed\w* (?:the )?(?:maximum|message|size|administrative|fixed)
    (?:user|account|mailbox)[^.]{0,60}(?:disabled|suspended|locked|frozen|inactive|deactivated|blocked)
    temporar(?:y|ily)
    (?:not|n.t) authori[sz]ed|no permission|restricted|only accepts
    on hold
    relay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed))|no relaying|unable to relay
    receiving (?:e?mail|messages) (?:at a rate|too quickly)
    try (?:again )?later
    (?:connection|conversation|connect to|lost connection)[^.]{0,120}(?:timed out|refused|reset|lost|dropped)
    timed? ?out
    too many hops
    loop(?:ing|s)?\b
    deferred
    undeliverable after
    retry time(?:out)? (?:exceeded|not reached)
    in the queue too long
    greylist
    no route to host
    message filtered
    """
)
# The refusal is about who sends, how much, or what: no word on whether the address exists.
_SENDER = any_of(
    r"""
    spam(?!assassin)
    unsolicited
    \bube\b
    \bjunk\b
    black ?-?list
    block ?-?list
    \b(?:dns|s|r)bl\b
    dnsbl|spamhaus|spamcop|barracudacentral|sorbs\.net
    reputation
    \b(?:dmarc|dkim|spf)\b
    (?:smtp )?authentication (?:is )?(?:required|failed|failure|checks?)
    unauthenticated
    not authenticated
    authentication[^.]{0,30}(?:required|turn on)
    (?:turn on|enable) smtp auth
    \bptr\b|reverse (?:dns|lookup|hostname)|\brdns\b|ip name lookup failed|mismatches client ip
    (?:daily|hourly|sending|rate|message|user|recipient|outbound) (?:sending |message |user )?(?:limit|quota)s? (?:exceeded|reached|is)
    (?:exceeded|reached|over|hit) (?:\w+ ){0,3}(?:sending|rate|daily|hourly|recipient|outbound|message rate) ?(?:limit|quota)
    rate[ -]?limit(?:ed)?
    too many (?:messages|connections|emails|mails|recipients|requests) ?(?:from|,|$|per|received)?
    (?:sender|from)(?:'s)?(?: address| domain)? (?:is |was )?(?:denied|rejected|blocked|refused|not allowed|verify failed|not authori[sz]ed)
    unauthori[sz]ed sender
    (?:domain of )?sender address.{0,80}does not exist
    sender (?:domain|address|is|verification|verify)[^.]{0,60}(?:not exist|not found|must|fail|invalid|unknown|unresolv)
    unresolvable [^.]{0,20}from domain
    (?:client )?host[^.]{0,60}(?:rejected|blocked|not allowed|banned)
    (?:your|this|the) (?:ip|host|server|mail server|network|domain)(?: address)?[^.]{0,60}(?:blocked|banned|listed|rejected|not allowed|denied)
    blocked (?:using|by|-|\()
    bulk e?-?mail
    unexpected volume|user complaints
    (?:local|content|policy|security) (?:policy )?(?:violation|rejection|reject|restriction)
    (?:policy|content|mailpolicy) (?:reasons?|violation|rejected|filter)
    (?:local|site|organi[sz]ation|email|message) polic(?:y|ies)
    message content rejected|content rejected
    virus|malware|phish
    service refus[eé]e?
    mail rejet[eé]
    block-send-er
    """
)
# A refusal of the sender by its code alone: RFC 7372, and Google's and Microsoft's own.
_SENDER_CODE = re.compile(r"[45]\.(?:7\.(?:2[0-9]|105|5\d\d|6\d\d|7\d\d)|1\.[78]|1\.90|4\.5)")
_DEAD_CODE = re.compile(r"5\.(?:1\.(?:1|2|3|6|10)|4\.4)")


def status_code(diagnostic: str, status: str, words: str) -> str:
    """The most telling code: an enhanced one that names a subject (5.1.1 before 5.0.0), else the server's reply."""
    enhanced = [match[0] for text in (diagnostic, status, words) for match in _ENHANCED.finditer(text)]
    telling = [code for code in enhanced if code.split(".")[1] != "0"]
    replies = [match[0] for text in (diagnostic, words) for match in _REPLY.finditer(text)]
    return next(iter([*telling, *enhanced, *replies]), "")


def judge(code: str, texts: tuple[str, ...]) -> tuple[BounceClass, bool]:
    """The class, and whether the sender is meant. The nearer a text is to the recipient's refusal, the earlier it counts."""
    if _SENDER_CODE.fullmatch(code):
        return BounceClass.soft, True
    for text in filter(None, texts):
        if _SENDER.search(_NAMES.sub(" ", text)):
            return BounceClass.soft, True
        soft, dead = _SOFT.search(text), _DEAD.search(text)
        dead = dead or (None if soft else _REFUSED.search(text))
        if dead and not code.startswith("4") and not (soft and soft.start() < dead.start()):
            return BounceClass.dead, False
        if soft:
            return BounceClass.soft, False
    return (BounceClass.dead if _DEAD_CODE.fullmatch(code) else BounceClass.soft), False
