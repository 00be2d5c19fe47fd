"""Mail providers: whose domains are theirs, and what a domain of one's own has to say when they send for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """`include` is what SPF has to name; `dkim` is where a CNAME {selector}._domainkey.{domain} points, if that is fixed."""

    include: str
    dkim: str = ""


_GOOGLE = Provider("_spf.google.com")
_MICROSOFT = Provider("spf.protection.outlook.com")
_YANDEX = Provider("_spf.yandex.net")

# By submission host. Only providers that send under the user's own envelope address, and whose include does not depend on
# the account's region: a wrong demand would block a campaign.
_PROVIDERS = {
    "smtp.gmail.com": _GOOGLE,
    "smtp-relay.gmail.com": _GOOGLE,
    "smtp.office365.com": _MICROSOFT,
    "smtp-mail.outlook.com": _MICROSOFT,
    "smtp.fastmail.com": Provider("spf.messagingengine.com", "{selector}.{domain}.dkim.fmhosted.com"),
    "smtp.mail.me.com": Provider("icloud.com", "{selector}.dkim.{domain}.at.icloudmailadmin.com"),
    "smtp.protonmail.ch": Provider("_spf.protonmail.ch"),
    "smtp.yandex.com": _YANDEX,
    "smtp.yandex.ru": _YANDEX,
}

# Domains whose mailboxes belong to the public: their users cannot add a record.
_SHARED_DOMAINS = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp hotmail.com hotmail.co.uk
    hotmail.fr hotmail.de hotmail.it hotmail.es live.com live.co.uk live.de live.fr live.nl live.it msn.com windowslive.com
    yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.co.in yahoo.in yahoo.co.jp yahoo.com.br
    yahoo.com.au yahoo.com.mx ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com proton.me protonmail.com
    protonmail.ch pm.me gmx.de gmx.net gmx.com gmx.at gmx.ch gmx.org gmx.eu gmx.fr gmx.us gmx.co.uk web.de mail.com email.com
    t-online.de freenet.de arcor.de posteo.de posteo.net mailbox.org tutanota.com tutanota.de tuta.com tuta.io zoho.com
    zohomail.com zohomail.eu zoho.eu fastmail.com fastmail.fm hey.com hushmail.com yandex.ru yandex.com ya.ru mail.ru bk.ru
    inbox.ru list.ru orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it alice.it seznam.cz wp.pl o2.pl
    onet.pl interia.pl bluewin.ch btinternet.com sky.com comcast.net verizon.net att.net sbcglobal.net cox.net rogers.com
    shaw.ca qq.com 163.com 126.com naver.com daum.net hanmail.net rediffmail.com uol.com.br bol.com.br terra.com.br
    """.split()
)


def provider_of(sending_host: str) -> Provider | None:
    """The provider that this submission host belongs to, where it is one of the common ones."""
    return _PROVIDERS.get(sending_host.strip().rstrip(".").lower())


def is_shared(domain: str) -> bool:
    """Whether the domain (lower case) is a provider's own, so that its records are the provider's business."""
    return domain in _SHARED_DOMAINS
