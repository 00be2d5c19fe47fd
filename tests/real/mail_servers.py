"""A real postfix and a real dovecot on loopback, with their settings, queue and mail in a directory of their own.

Submission with STARTTLS and AUTH, IMAP with TLS, delivery over LMTP with Sieve (vacation), true delivery reports,
and a copy of each letter in the sender's Sent, as the large providers make it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingot.mail.server import MailServer
from tests.fakes.certificates import Certificates, make_certificates

DOMAIN = "ingot.test"
_VMAIL = 5000  # the number dovecot keeps mail under; no account of this machine needs to have it
_START_DEADLINE_S = 30.0


def missing() -> str:
    """Why the servers cannot run here, or nothing."""
    if os.getuid() != 0:
        return "postfix and dovecot start as root only"
    absent = [name for name in ("postfix", "dovecot") if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


@dataclass(frozen=True)
class Ports:
    smtp: int
    imaps: int
    lmtp: int
    auth: int
    inject: int


@dataclass(frozen=True)
class MailServers:
    root: Path
    ports: Ports
    passwords: Mapping[str, str]
    certificates: Certificates

    def smtp(self, user: str, *, timeout: float = 20.0) -> MailServer:
        return self._server(user, self.ports.smtp, timeout)

    def imap(self, user: str, *, port: int = 0, timeout: float = 20.0) -> MailServer:
        return self._server(user, port or self.ports.imaps, timeout)

    def _server(self, user: str, port: int, timeout: float) -> MailServer:
        return MailServer(
            host="localhost",
            port=port,
            username=user,
            password=self.passwords[user],
            tls=self.certificates.client_context(),
            timeout=timeout,
        )

    def go_on_vacation(self, user: str, text: str) -> None:
        """From now on this user's mailbox answers by itself."""
        home = self.root / "mail" / user
        home.mkdir(exist_ok=True)
        script = home / ".dovecot.sieve"
        script.write_text(f'require ["vacation"];\nvacation :subject "Away" "{text}";\n')
        for path in (home, script):
            os.chown(path, _VMAIL, _VMAIL)


@contextmanager
def running_mail_servers(passwords: Mapping[str, str]) -> Iterator[MailServers]:
    """Start both servers for these users (address to password, at `DOMAIN`), and stop them and remove their mail."""
    root = Path(tempfile.mkdtemp(prefix="ingot-mail-"))
    try:
        root.chmod(0o755)  # their own users go in and out
        ports = Ports(*_free_ports(5))
        servers = MailServers(root, ports, passwords, make_certificates(root))
        _write_dovecot(servers)
        _write_postfix(servers)
        with (root / "dovecot.out").open("wb") as log:
            dovecot = subprocess.Popen(["dovecot", "-F", "-c", root / "dovecot.conf"], stdout=log, stderr=log)
        try:
            postfix = ["postfix", "-c", root / "postfix"]
            subprocess.run([*postfix, "start"], check=True, capture_output=True)
            try:
                for port in (ports.smtp, ports.imaps, ports.lmtp, ports.inject):
                    _wait_for(port, root)
                yield servers
            finally:
                subprocess.run([*postfix, "stop"], check=False, capture_output=True)
        finally:
            dovecot.terminate()
            dovecot.wait(timeout=20)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _wait_for(port: int, root: Path) -> None:
    deadline = time.monotonic() + _START_DEADLINE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                logs = [path.read_text()[-1500:] for path in root.glob("*.log")]
                raise RuntimeError(f"the mail servers did not start: {logs}") from None
            time.sleep(0.02)
        else:
            return


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _write_dovecot(servers: MailServers) -> None:
    root, ports, tls = servers.root, servers.ports, servers.certificates
    mail = root / "mail"
    mail.mkdir()
    os.chown(mail, _VMAIL, _VMAIL)
    (root / "users").write_text("".join(f"{user}:{{PLAIN}}{word}\n" for user, word in servers.passwords.items()))
    (root / "dovecot.conf").write_text(f"""\
base_dir = {root}/dovecot
state_dir = {root}/dovecot-state
instance_name = ingot-{ports.imaps}
log_path = {root}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <{tls.server}
ssl_key = <{tls.key}
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_fsync = never
first_valid_uid = 1
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
submission_host = 127.0.0.1:{ports.inject}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {root}/users
}}
userdb {{
  driver = static
  args = uid={_VMAIL} gid={_VMAIL} home={mail}/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {ports.imaps}
    ssl = yes
  }}
  service_count = 0
}}
protocol lmtp {{
  mail_plugins = $mail_plugins sieve
}}
plugin {{
  sieve = file:~/sieve;active=~/.dovecot.sieve
  sieve_vacation_min_period = 0
  sieve_vacation_default_period = 0
}}
service lmtp {{
  inet_listener lmtp {{
    port = {ports.lmtp}
  }}
}}
service auth {{
  inet_listener {{
    port = {ports.auth}
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
""")


def _write_postfix(servers: MailServers) -> None:
    root, ports, tls = servers.root, servers.ports, servers.certificates
    config, spool, data = (root / name for name in ("postfix", "spool", "postfix-data"))
    for folder in (config, spool, data):
        folder.mkdir()
    shutil.chown(data, "postfix")
    (config / "users").write_text("".join(f"{user} ok\n" for user in servers.passwords))
    (config / "copies").write_text("".join(f"{user} {user.replace('@', '+Sent@')}\n" for user in servers.passwords))
    (config / "main.cf").write_text(f"""\
compatibility_level = 3.6
queue_directory = {spool}
data_directory = {data}
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
multi_instance_name = postfix-ingot{ports.smtp}
myhostname = mx.{DOMAIN}
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
maillog_file = {root}/postfix.log
maillog_file_prefixes = {root}
smtp_dns_support_level = disabled
relayhost =
default_transport = error:5.4.4 nothing leaves this machine
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = texthash:{config}/users
virtual_transport = lmtp:inet:127.0.0.1:{ports.lmtp}
sender_bcc_maps = texthash:{config}/copies
recipient_delimiter = +
lmtp_destination_recipient_limit = 1
smtpd_tls_cert_file = {tls.server}
smtpd_tls_key_file = {tls.key}
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{ports.auth}
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
smtpd_client_connection_rate_limit = 0
in_flow_delay = 0
""")
    # No check for unlisted recipients on submission: an unknown one bounces later, as it does from other companies.
    (config / "master.cf").write_text(f"""\
127.0.0.1:{ports.smtp} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_reject_unlisted_recipient=no
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{ports.inject} inet n - n - - smtpd
  -o mynetworks=127.0.0.0/8
  -o smtpd_sasl_auth_enable=no
  -o smtpd_relay_restrictions=permit_mynetworks,reject
  -o smtpd_recipient_restrictions=permit_mynetworks,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
""")
