// What people do, by the simulator's control API.

export const SIM = process.env.SIM;

export async function sim(path, body) {
  const answer = await fetch(`${SIM}/_sim/${path}`, body === undefined ? {} : {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

export async function until(what, happened) {
  for (let n = 0; n < 300; n += 1) {
    if (await happened()) return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  throw new Error(`node: ${what} did not happen`);
}

export function passed(what) {
  console.log(`ok   node    ${what}`);
}
