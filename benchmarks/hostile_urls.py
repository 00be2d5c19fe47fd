"""Addresses that lead, or seem to lead, into a private network, by the trick they play."""

from __future__ import annotations

PUBLIC = "93.184.216.34"
"""What every name without an entry in `NAMES` resolves to."""

NAMES: dict[str, list[str]] = {
    "loopback.example": ["127.0.0.1"],
    "loopback6.example": ["::1"],
    "lan.example": ["192.168.1.10"],
    "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:10.0.0.1"],
    "scoped.example": ["fe80::1%2"],
    "mixed.example": [PUBLIC, "10.0.0.1"],
    "mixed6.example": ["2606:4700::1111", PUBLIC, "fd00::1"],
    "nothing.example": [],
    "junk.example": ["not an address"],
}

HOSTILE_URLS: dict[str, str] = {
    "IPv4": """http://127.0.0.1/ http://127.255.255.254/ http://10.0.0.1/ http://172.16.0.1/ http://172.31.255.255/
        http://192.168.1.1/ https://127.0.0.1/""",
    "shortened": "http://127.1/ http://127.0.1/ http://0/ http://10.1/",
    "decimal": "http://2130706433/ http://3232235777/ http://2852039166/",
    "octal": "http://0177.0.0.1/ http://017700000001/ http://0300.0250.1.1/",
    "hexadecimal": "http://0x7f000001/ http://0x7f.0.0.1/ http://0xA9FEA9FE/ http://0x7f.1/",
    "unspecified": "http://0.0.0.0/ http://[::]/",
    "broadcast": "http://255.255.255.255/ http://240.0.0.1/",
    "multicast": "http://224.0.0.1/ http://239.255.255.250/ http://[ff02::1]/",
    "link-local": "http://169.254.1.1/ http://[fe80::1]/ http://[fe80::1%25lo]/ http://scoped.example/",
    "metadata": "http://169.254.169.254/latest/meta-data/ http://168.63.129.16/ http://[fd00:ec2::254]/ http://100.100.100.200/",
    "carrier-grade NAT": "http://100.64.0.1/ http://100.127.255.254/",
    "special purpose": """http://192.0.0.8/ http://192.0.2.1/ http://198.18.0.1/ http://198.51.100.7/ http://203.0.113.9/
        http://192.88.99.1/ http://[100::1]/ http://[2001:db8::1]/ http://[3fff::1]/""",
    "IPv6": "http://[::1]/ http://[0:0:0:0:0:0:0:1]/ http://[fc00::1]/ http://[fd12:3456::1]/ http://[fec0::1]/",
    "mapped": """http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::ffff:a00:1]/ http://[::127.0.0.1]/
        http://[::ffff:0:127.0.0.1]/ http://mapped.example/""",
    "NAT64": "http://[64:ff9b::7f00:1]/ http://[64:ff9b::10.0.0.1]/ http://[64:ff9b:1::1]/",
    "6to4": "http://[2002:7f00:1::]/ http://[2002:a00:1::1]/",
    "Teredo": "http://[2001::1]/ http://[2001:0:7f00:1::80ff:fffe]/",
    "local name": """http://localhost/ http://LOCALHOST/ https://localhost/ http://localhost./ http://127.0.0.1./
        http://localhost.localdomain/ http://ip6-localhost/""",
    "other digits": """http://①②⑦.⓪.⓪.①/ http://１２７.0.0.1/ http://127。0。0。1/ http://ⓛocalhost/ http://١٢٧.0.0.1/
        http://xn--/ http://127.0.0.1%00.example/ http://127%2e0%2e0%2e1/""",
    "credentials": """http://user:secret@public.example/ http://public.example@127.0.0.1/
        http://public.example\\@127.0.0.1/ http://127.0.0.1#@public.example/ http://user@localhost/""",
    "ports": """http://public.example:22/ http://public.example:8080/ http://public.example:6379/ http://127.0.0.1:80/
        http://public.example:99999/ http://public.example:0/ http://[::1]:443/""",
    "schemes": """ftp://public.example/ file:///etc/passwd gopher://127.0.0.1/ javascript:alert(1) data:text/html,x
        ws://127.0.0.1/ unix:///run/docker.sock http:///path http:127.0.0.1""",
    "names": """http://loopback.example/ http://loopback6.example/ http://lan.example/ https://metadata.example/
        http://loopback.example./ http://nothing.example/ http://junk.example/""",
    "mixed answers": "http://mixed.example/ http://mixed6.example/",
}


def hostile_urls() -> list[tuple[str, str]]:
    """(trick, address), one by one."""
    return [(trick, url) for trick, urls in HOSTILE_URLS.items() for url in urls.split()]
