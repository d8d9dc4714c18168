using System.Text.Json.Nodes;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes;

/// <summary>The values that every chart has, whatever its workloads.</summary>
internal static class CommonValues
{
    public static void AddTo(ChartValues values, ChartOptions options)
    {
        values.Add("namespace.name", options.Namespace, "Namespace of all objects.", Rules.Name);
        values.Add("namespace.create", true, "Make the namespace; Helm keeps it when the release is removed.");
        values.Add("cluster.name", "main", "Name of this cluster in metrics.");
        values.Add("cluster.region", "", "Region of this cluster, such as eu; in metrics, and in nothing else.");
        values.Add("image.registry", $"registry.example.com/{options.Name}", "Registry and folder of the application's own images.");
        values.Add("image.tag", "", "Tag of these images; empty for the chart's appVersion.", Rules.NotLatest);
        values.Add("image.pullPolicy", "IfNotPresent", "When nodes fetch images.", Rules.OneOf("IfNotPresent", "Always", "Never"));
        values.Add("image.pullSecrets", new JsonArray(), "Secrets for the registry, as a list of {name: ...}.");
        values.Add("externalSecrets.enabled", false, "Fetch the Secrets with the External Secrets operator instead of making them by hand.");
        values.Add("externalSecrets.store", "cluster-store", "Name of its ClusterSecretStore; the remote keys are those of the Secrets.");
        values.Add("autoscaling.enabled", true, "Let autoscalers choose the number of pods, between leastPods and mostPods.");
        values.Add("autoscaling.keda", false, "Let KEDA scale the workloads that have a queue, by the work that waits in it and by processors; needs KEDA and monitoring.enabled.");
        values.Add("autoscaling.prometheus", "http://prometheus-operated.monitoring:9090", "Address at which KEDA asks Prometheus.");
        AddExposure(values, options);
        AddNetwork(values);
        values.Add("mesh.enabled", false, "Use Istio: mutual TLS, rules for callers, time limits. Needs istio-cni or ambient mode.");
        values.Add("monitoring.enabled", false, "Make ServiceMonitors, alerts and dashboards; needs the Prometheus operator.");
        values.Add("telemetry.otlpEndpoint", "", "Address of an OpenTelemetry collector (gRPC); empty for none.");
        AddQuota(values);
    }

    private static void AddExposure(ChartValues values, ChartOptions options)
    {
        values.Add("exposure.kind", "ingress", "How people reach the application: ingress, gateway (Gateway API), istio (needs mesh.enabled) or none.", Rules.OneOf("ingress", "gateway", "istio", "none"));
        values.Add("exposure.host", $"{options.Name}.example.com", "Host name under which they reach it.");
        values.Add("exposure.className", "", "Ingress class; empty for the cluster's default.");
        values.Add("exposure.gateway", "gateway", "Name of the Gateway (Gateway API) that the route joins.");
        values.Add("exposure.gatewayNamespace", "gateway", "Its namespace.");
        values.Add("exposure.canary.namespace", "", "Namespace of a second release that gets a share of the requests; empty for none. For the kinds gateway and istio.");
        values.Add("exposure.canary.weight", 10, "Its share in percent.", Rules.Between(0, 100));
        values.Add("exposure.tlsSecret", $"{options.Name}-tls", "Secret with the certificate; cert-manager makes it when the annotations ask for that.");
        values.Add("exposure.annotations", new JsonObject
        {
            ["nginx.ingress.kubernetes.io/proxy-body-size"] = "0",
            ["nginx.ingress.kubernetes.io/proxy-request-buffering"] = "off",
            ["nginx.ingress.kubernetes.io/proxy-read-timeout"] = "600",
        }, "Annotations of the Ingress, for cert-manager, external-dns and the controller. By default nginx would refuse files over 1 MB and cut answers that pause for a minute.");
    }

    private static void AddNetwork(ChartValues values)
    {
        values.Add("network.ingressNamespace", "ingress-nginx", "Namespace of the ingress controller or gateway, from which people's requests come.");
        values.Add("network.monitoringNamespace", "monitoring", "Namespace of Prometheus.");
        values.Add("network.telemetryNamespace", "observability", "Namespace of the OpenTelemetry collector.");
        values.Add("network.meshNamespace", "istio-system", "Namespace of the mesh's control plane.");
        values.Add("network.providers.cidr", "0.0.0.0/0", "Network of the model providers, port 443.");
        values.Add("network.providers.except", new JsonArray("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"), "Networks in it that are never a provider's: inner addresses, and the cloud's metadata.");
        values.Add("network.objectStore.cidr", "0.0.0.0/0", "Network of the object store.");
        values.Add("network.objectStore.port", 443, "Its port.", Rules.Port);
        values.Add("network.externalStores.cidr", "0.0.0.0/0", "Network of stores outside of the chart, for workloads with an externalHost.");
    }

    private static void AddQuota(ChartValues values)
    {
        values.Add("quota.hard", new JsonObject
        {
            ["requests.cpu"] = "40",
            ["requests.memory"] = "160Gi",
            ["limits.cpu"] = "120",
            ["limits.memory"] = "320Gi",
            ["pods"] = "80",
        }, "What all pods of the namespace may have together: the ceiling of the bill.");
        values.Add("quota.largestContainer", new JsonObject { ["cpu"] = "16", ["memory"] = "64Gi" }, "What one container may have at most; a pod that asks for 999 processors is refused.");
        values.Add("quota.container", new JsonObject { ["cpu"] = "500m", ["memory"] = "512Mi" }, "What a container gets that names no limits, such as a sidecar.");
    }
}
