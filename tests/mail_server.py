"""A mail server of the tests' own: speaks enough SMTP, and fails as it is told to."""

import contextlib
import email
import email.policy
import socketserver
import threading


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it took in ``letters``; ``refusing`` addresses, and what it ``hangs`` on."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters = []
        self.conversations = 0
        self.refusing = {}  # address: the server's answer
        self.is_closing = False  # hangs up on everybody who calls
        self.drops_after_data = False  # takes the mail, and hangs up before saying so
        self.lock = threading.Lock()
        # Set: mails are taken at once; cleared: the sender waits for the answer.
        self.answers = threading.Event()
        self.answers.set()
        self.has_data = threading.Event()

    @property
    def port(self):
        return self.server_address[1]

    def take(self, receivers, data):
        letter = email.message_from_bytes(data, policy=email.policy.default)
        with self.lock:
            self.letters.append((receivers, letter))
        self.has_data.set()

    def identifiers(self):
        return [letter["Message-ID"] for _receivers, letter in self.letters]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        with contextlib.suppress(ConnectionError):
            self._converse()

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def _converse(self):
        self.server.conversations += 1
        if self.server.is_closing:
            self._say("421 closing for today")
            return
        self._say("220 test ESMTP")
        receivers = []
        while line := self.rfile.readline():
            verb, _space, rest = line.decode().strip().partition(" ")
            match verb.upper():
                case "QUIT":
                    self._say("221 bye")
                    return
                case "MAIL":
                    receivers = []
                    self._say("250 ok")
                case "RCPT":
                    address = rest.partition("<")[2].partition(">")[0]
                    answer = self.server.refusing.get(address)
                    if answer is None:
                        receivers.append(address)
                    self._say(answer or "250 ok")
                case "DATA":
                    self._say("354 go on")
                    data = b""
                    while (part := self.rfile.readline()) != b".\r\n":
                        data += part[1:] if part.startswith(b"..") else part
                    self.server.take(receivers, data)
                    if self.server.drops_after_data:
                        return
                    self.server.answers.wait(60)
                    self._say("250 taken")
                case _:
                    self._say("250 ok")


@contextlib.contextmanager
def mail_server():
    """Run a mail server for a while."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.answers.set()
            server.shutdown()
            thread.join(timeout=10)
