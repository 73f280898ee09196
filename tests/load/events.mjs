// Writes N distinct, correctly signed and encrypted callback requests, one per line: query, tab, body.
// Usage: node events.mjs COUNT TOKEN AES_KEY OWNER > events.tsv
import { createCipheriv, createHash, randomBytes } from 'node:crypto';

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

const now = Date.now();
const lines = [];
for (let i = 0; i < Number(count); i++) {
  const encrypt = seal(JSON.stringify({
    EventType: 'user_modify_org', EventTime: now, CorpId: 'dingcorp', BizId: String(i), eventId: `load-${now}-${i}`,
    timeStamp: String(now), userId: [`load${i}`], diffInfo: { userid: `load${i}`, prev: { jobNumber: '1' }, curr: { jobNumber: '2' } },
  }));
  const timestamp = String(now), nonce = randomBytes(8).toString('hex');
  const signature = createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex');
  lines.push(`signature=${signature}&timestamp=${timestamp}&nonce=${nonce}\t${JSON.stringify({ encrypt })}`);
}
process.stdout.write(lines.join('\n') + '\n');
