"""The words by which reports of failed deliveries are known, in the languages that mail systems write."""

from __future__ import annotations

import re


def any_of(lines: str) -> re.Pattern[str]:
    """One pattern of one alternative a line, in any case; a space stands for any run of spaces, ` ?` for none too."""
    alternatives = [line.strip().replace(" ?", r"\s*").replace(" ", r"\s+") for line in lines.strip().splitlines()]
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)


# Who writes bounces: programs that write nothing else, and roles that people write in too.
DAEMON_ADDRESS = re.compile(
    r"^(?:mailer-?_?daemon|mail-?_?daemon|mdaemon|mailadm|mmdf|mail[._-]?delivery(?:[._-]system)?|ndr|daemon"
    r"|[\w.-]*smtp[\w.-]*(?:gateways?|service)|microsoftexchange[0-9a-f]{16,40})(?:[+=-][^@]*)?(?:@|$)",
    re.IGNORECASE,
)
DAEMON_NAME = any_of(
    r"""
    mail(?:er)?[ -]?daemon
    mail deliver(?:y)? (?:sub)?system
    (?:internet )?mail delivery(?: service)?$
    jetmail system
    """
)
ROLE = re.compile(r"^(?:postmaster|hostmaster|mailmaster|administrator|imss|antivirus)(?:[+-][^@]*)?@", re.IGNORECASE)

SUBJECT = any_of(
    r"""
    undeliver(?:able|ed)
    non?[ -]?deliver(?:y|able)
    not (?:be )?delivered
    unzustellbar
    nicht zugestellt
    non remis
    non (?:recapitabile|distribu[ée])
    (?:échec|echec) de (?:la )?(?:remise|distribution|livraison)
    no se puede entregar
    no (?:se )?(?:ha podido|pudo) entregar
    mensaje no entregado
    não (?:foi )?(?:entregue|entregável)
    falha (?:na|de) entrega
    mancato recapito
    impossibile recapitare
    onbestelbaar
    niet bezorgd
    kan inte levereras
    kunne ikke leveres
    niedostarczon
    недоставлен
    не доставлен
    не удалось доставить
    配信(?:できません|不能|エラー)
    退信
    无法投递
    系统退信
    return(?:ed|ing) (?:mail|message|to sender|email)
    returning to sender
    mail(?:box)? (?:delivery )?(?:error|fail|problem|system error)
    deliver(?:y|) (?:status notification )?\(?(?:fail|delay|error|problem|has failed)
    delivery (?:failure|failed|incomplete)
    failed mail to
    failed (?:mail|delivery|message)
    failure (?:notice|delivery|notification)
    could(?: not|n.t) be delivered
    could not send message
    processing error
    (?:message|mail) (?:you sent )?(?:blocked|rejected|delayed)
    message status . undeliverable
    user (?:unknown|not known)
    delayed mail
    transcript for details
    not (?:yet )?been delivered
    """
)
REPORT_SUBJECT = any_of("(?:delivery|message) (?:notification|status|report)")  # of whatever outcome, or of lorries
REPLY_SUBJECT = re.compile(
    r"^\s*(?:re|aw|antw|antwort|sv|vs|rif|res|odp|fwd?|wg|tr|rv|enc|doorst|vb|vl)(?:\[\d+\])?\s*[:：]", re.IGNORECASE
)
OTHER_REPORT = any_of(
    r"""
    quarantin
    digest
    delivery status notification \(?(?:success|relay)
    successful(?:ly)? (?:mail )?deliver
    was successfully (?:delivered|relayed)
    (?:^|\W)delivered:
    (?:^|\W)relayed:
    message (?:has been )?delivered successfully
    """
)

FAILURE = any_of(
    r"""
    (?:could|can|was|were|has|have)(?: not|n.t) be(?:en)? (?:able to be )?(?:successfully )?(?:delivered|sent|routed)
    (?:was|were|been|is)(?: not|n.t) (?:able to )?(?:be )?deliver(?:ed|y|able)
    (?:wasn.t|not|n.t) able to deliver
    cannot be delivered
    can ?not (?:be )?deliver
    couldn.t be (?:delivered|found)
    unable to deliver
    unable to (?:send|transfer|route)
    failed to deliver
    undeliver(?:able|ed)
    deliver(?:y|ing) (?:of|to|for)?.{0,80}(?:failed|has failed|has been delayed|was aborted)
    deliver(?:y|e?ry) (?:has )?failed
    mail delivery failed
    delivery (?:attempt|error|failure)
    error (?:occurred )?(?:while|during|delivering).{0,30}(?:deliver|mail)
    (?:did|has|have)(?: not|n.t) (?:yet )?(?:reach|receive|been delivered|been received)
    (?:did|have) not receive (?:this|a copy of your) message
    (?:permanent|fatal|delivery|non-?fatal) (?:fatal )?(?:delivery )?errors?
    (?:message|mail) (?:was |has been )?(?:rejected|refused|returned|blocked|bounced)
    returned to (?:the )?sender
    recipient address rejected
    (?:user|recipient|mailbox|account|address) (?:is )?(?:unknown|not found)
    unknown (?:user|recipient|local part)
    no such (?:user|mailbox|recipient)
    transcript of session follows
    failed addresses follow
    failed recipients
    following (?:recipient|address).{0,20}(?:failed|rejected)
    encountered (?:delivery problems|an error)
    error description:
    invalid final delivery
    mailbox is full
    (?:account|mailbox)\S* is (?:disabled|suspended)
    not listed in
    problem delivering your
    delivery incomplete
    wurde(?:n)? nicht (?:zugestellt|übermittelt)
    (?:konnte|kann)(?:n|te)? nicht .{0,60}(?:zugestellt|übermittelt|ausgeliefert)
    n.a (?:pas )?pu? .{0,20}(?:[êe]tre )?(?:remis|d[ée]livr[ée]|distribu|achemin)
    n'a pas pu [êe]tre (?:remis|d[ée]livr[ée]|distribu|achemin|livr)
    no (?:se )?(?:pudo|puede|ha podido|pudieron)(?: ser)? entreg
    no pudo ser entregado
    n[ãa]o (?:p[ôo]de|pode|foi poss[íi]vel)(?: ser)? (?:entreg|envia)
    (?:impossibile|non [èe] stato possibile) (?:recapitare|consegnare)
    non (?:[èe] stato|pu[òo] essere) (?:recapitat|consegnat)
    kon niet (?:worden )?(?:bezorgd|afgeleverd)
    не (?:может быть|было|удалось) доставл?
    не удалось доставить
    配(?:信|達)でき(?:ません|なかった|ませんでした)
    お届けできませんでした
    送信できませんでした
    无法(?:投递|送达|发送)
    邮件无法
    """
)
DELAY = any_of(
    r"""
    warning message only
    this is (?:just )?a warning
    you do not need to resend
    (?:has been|is) delayed
    not yet been delivered
    (?:will (?:continue|be retried|keep)|delivery attempts will continue|delivery will continue|we will continue)
    transient non-fatal
    """
)
# Where the report ends and the letter that came back begins.
RETURNED = re.compile(
    r"^[ \t>|*]*(?:"
    r"-{2,}[- ]*(?:below this line|this is a copy|the (?:header|body)|original message|original mail|returned (?:mail|message)"
    r"|start of returned|message (?:text|header|body)|unsent message|header of the source|mensaje original"
    r"|included is a copy|enclosed (?:is|are)|(?:the )?attachment is|forwarded message|the attached)"
    r"|\|-+ message text follows"
    r"|original message (?:headers?|follows|details)"
    r"|message headers? follow"
    r"|(?:the )?original message (?:follows|is attached)"
    r"|here is (?:a copy of|the)"
    r"|your (?:original )?message reads"
    r"|a copy of the (?:original )?message"
    r"|included is a copy"
    r"|received:\s?(?:from|by|\()"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
