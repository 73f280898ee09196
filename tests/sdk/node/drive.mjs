// The official Node SDKs against the simulator. What stands here of the app stands in world.toml too.

import { calls } from './calls.mjs';
import { stream } from './stream.mjs';

const app = {
  clientId: 'dingsdkapp0000000001',
  clientSecret: 'sdk-secret-that-is-not-secret-00000000000000000000000000000000001',
  robotCode: 'dingsdkrobot00000001',
  agentId: 300100201,
};

await calls(app);
await stream(app);
process.exit(0);
