// A mail server that keeps what it is given, for the tests of sending.
import net from 'node:net';

/** Listens on a free port of this machine: `port`, `mails` (from, to, data), `stop()`. */
export async function sink() {
  const mails = [];
  const server = net.createServer(socket => {
    let buffer = '', inData = false, mail = { from: '', to: [], data: '' };
    const say = line => socket.write(`${line}\r\n`);
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    say('220 sink ready');
    socket.on('data', chunk => {
      buffer += chunk;
      for (;;) {
        if (inData) {
          const end = buffer.indexOf('\r\n.\r\n');
          if (end < 0) return;
          mail.data = buffer.slice(0, end).replace(/^\.\./gm, '.');
          buffer = buffer.slice(end + 5);
          inData = false;
          mails.push(mail);
          mail = { from: '', to: [], data: '' };
          say('250 kept');
          continue;
        }
        const end = buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (/^(EHLO|HELO)/i.test(line)) say('250-sink\r\n250 8BITMIME');
        else if (/^MAIL FROM:/i.test(line)) { mail.from = line.match(/<([^>]*)>/)?.[1] ?? ''; say('250 ok'); }
        else if (/^RCPT TO:/i.test(line)) { mail.to.push(line.match(/<([^>]*)>/)?.[1] ?? ''); say('250 ok'); }
        else if (/^DATA/i.test(line)) { inData = true; say('354 go on'); }
        else if (/^QUIT/i.test(line)) { say('221 bye'); socket.end(); }
        else say('250 ok');
      }
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, mails, stop: () => new Promise(resolve => server.close(resolve)) };
}

/** The text of a mail as a person reads it: first text part, decoded. */
export function textOf({ data }) {
  const boundary = data.match(/boundary="?([^";\r\n]+)/i)?.[1];
  const parts = boundary ? data.split(`--${boundary}`) : [data];
  const part = parts.find(p => /content-type:\s*text\/plain/i.test(p)) ?? parts[0];
  const [head, ...body] = part.replace(/\r\n/g, '\n').replace(/^\n/, '').split('\n\n');
  const text = body.join('\n\n');
  if (/transfer-encoding:\s*base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  if (/transfer-encoding:\s*quoted-printable/i.test(head)) {
    const plain = text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(plain, 'latin1').toString('utf8');
  }
  return text;
}
