// Writes N distinct, correctly signed and encrypted callback requests, one per line: query, tab, body.
// Usage: node events.mjs COUNT TOKEN AES_KEY OWNER > events.tsv
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';

const [count, token, aesKey, owner] = process.argv.slice(2);
const key = Buffer.from(aesKey + '=', 'base64');

function seal(message) {
  const text = Buffer.from(message), length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(owner)]);
  const pad = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString('base64');
}

// A push of an approval has some 826 bytes in its body; so has each of these.
function message(event) {
  const short = JSON.stringify({ ...event, remark: '' });
  return JSON.stringify({ ...event, remark: 'r'.repeat(607 - 20 - owner.length - short.length) });
}

const now = Date.now();
const out = createWriteStream('/dev/stdout');
for (let i = 0; i < Number(count); i++) {
  // Somebody leaves whom nobody knows: an effect in the database, and no question to the platform.
  const encrypt = seal(message({ EventType: 'user_leave_org', CorpId: owner, TimeStamp: String(now), eventId: `load-${now}-${i}`, UserId: [`load${now}x${i}`] }));
  const timestamp = String(now), nonce = randomBytes(8).toString('hex');
  const signature = createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex');
  out.write(`signature=${signature}&timestamp=${timestamp}&nonce=${nonce}\t${JSON.stringify({ encrypt })}\n`);
}
out.end();
