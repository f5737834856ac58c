"""The customer's mail house: answers by mailbox name, tells each mail that it took as one line of JSON."""
import asyncio, base64, json, sys
from aiosmtpd.controller import Controller

REFUSALS = {
    'nouser': '550 5.1.1 No such user here',
    'full': '552 5.2.2 Mailbox full',
    'policy': '550 5.7.1 Message refused by content policy',
}


class House:
    def __init__(self):
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        user = address.split('@')[0]
        if user in REFUSALS:
            return REFUSALS[user]
        if user.startswith('grey') and address not in self.seen:
            self.seen.add(address)
            return '451 4.7.1 Greylisted, try again later'
        envelope.rcpt_tos.append(address)
        return '250 2.1.5 OK'

    async def handle_DATA(self, server, session, envelope):
        told = {
            'from': envelope.mail_from,
            'to': envelope.rcpt_tos,
            'bytes': base64.b64encode(envelope.content).decode(),
        }
        print(json.dumps(told), flush=True)
        return '250 2.0.0 Taken'


controller = Controller(House(), hostname='127.0.0.1', port=int(sys.argv[1]), ident='mx.customer.test')
controller.start()
print(json.dumps({'ready': True}), flush=True)
sys.stdin.read()
controller.stop()
