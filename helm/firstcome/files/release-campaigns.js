// Before an uninstall: nobody would be left to take finalizers off, and Campaigns and namespaces could never be deleted.
import { fail, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';

export const options = { vus: 1, iterations: 1 };

const server = `https://${__ENV.KUBERNETES_SERVICE_HOST}:${__ENV.KUBERNETES_SERVICE_PORT}`;
const token = open('/var/run/secrets/kubernetes.io/serviceaccount/token');
const namespaces = JSON.parse(__ENV.NAMESPACES);
const finalizer = 'firstcome.io/topic';

function call(method, path, body) {
  const answer = http.request(method, server + path, body && JSON.stringify(body), {
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/merge-patch+json' },
  });
  if (answer.status !== 200 && answer.status !== 404) {
    fail(`${method} ${path}: ${answer.status} ${answer.body || answer.error}`);
  }
  return answer;
}

// It would put the finalizers back.
function stopOperator() {
  const own = namespaces[0];
  call('PATCH', `/apis/apps/v1/namespaces/${own}/deployments/${__ENV.OPERATOR}/scale`, {
    spec: { replicas: 0 },
  });
  const pods = `/api/v1/namespaces/${own}/pods?labelSelector=${encodeURIComponent(__ENV.OPERATOR_PODS)}`;
  for (let end = Date.now() + 60000; Date.now() < end; sleep(1)) {
    if (call('GET', pods).json('items').length === 0) {
      return;
    }
  }
  fail('The operator does not stop.');
}

export default function () {
  try {
    releaseCampaigns();
  } catch (e) {
    // An error alone would not make k6 fail.
    exec.test.abort(String(e));
  }
}

function releaseCampaigns() {
  stopOperator();
  for (const namespace of namespaces) {
    const path = `/apis/firstcome.io/v1/namespaces/${namespace}/campaigns`;
    const found = call('GET', path);
    for (const { metadata } of found.status === 200 ? found.json('items') : []) {
      const finalizers = metadata.finalizers || [];
      if (finalizers.includes(finalizer)) {
        const { name, resourceVersion } = metadata;
        const rest = finalizers.filter((one) => one !== finalizer);
        call('PATCH', `${path}/${name}`, { metadata: { resourceVersion, finalizers: rest } });
        console.log(`Campaign ${namespace}/${name}: its topic and its history stay.`);
      }
    }
  }
}
