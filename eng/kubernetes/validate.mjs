// Validates objects that are not Kubernetes' own: a JSON list on standard input, one line per fault on standard output.
import { text } from 'node:stream/consumers';

const packages = {
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'keda.sh': '@kubernetes-models/keda',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'networking.istio.io': '@kubernetes-models/istio',
  'security.istio.io': '@kubernetes-models/istio',
  'telemetry.istio.io': '@kubernetes-models/istio',
};

for (const object of JSON.parse(await text(process.stdin))) {
  const [group, version] = object.apiVersion.split('/');
  try {
    const models = await import(`${packages[group]}/${group}/${version}/${object.kind}`);
    new models[object.kind](object).validate();
  } catch (fault) {
    console.log(`${object.kind} ${object.metadata.name}: ${fault.message}`);
  }
}
