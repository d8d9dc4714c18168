using RagApp.Kubernetes;

namespace RagApp.AppHost.Deployment;

/// <summary>The Kubernetes deployment as a whole: name of the chart, its notes, its values by region, alerts and dashboards.</summary>
internal static class Cluster
{
    private const string Version = "0.1.0";
    private const string IngressNetwork = "network.ingressCidr";

    public static void AddCluster(this IDistributedApplicationBuilder builder) => builder.AddKubernetesEnvironment("kubernetes", chart =>
    {
        chart.Name = "ragapp";
        chart.Version = Version;
        chart.Description = "Answers questions from an organisation's documents, under each person's permissions.";
        chart.Namespace = "rag-production";
        chart.DenyingPolicy = "rag-zero-trust";
        chart.SecretFolderVariable = "SecretFiles__Folder";
        chart.Notes = InstallationNotes.Text;
        foreach (var (file, text) in Regions.Files)
            chart.Files[file] = text;
        foreach (var alert in Alerts.All)
            chart.Alerts.Add(alert);
        foreach (var (file, json) in Dashboards.All)
            chart.Dashboards[file] = json;
    });

    /// <summary>Tells the gateway the name under which people reach it, and the network of the ingress, whose word on their addresses it takes.</summary>
    public static IResourceBuilder<ProjectResource> WithHostNames(this IResourceBuilder<ProjectResource> gateway) => gateway.PublishAsKubernetesService(resource =>
    {
        resource.Values.Add(
            IngressNetwork, "", "Network of the ingress controller's pods, such as 10.244.0.0/16, whose X-Forwarded-For is believed; empty: all people share the limits of its address.",
            new() { ["pattern"] = "^([0-9A-Fa-f.:]+/[0-9]{1,3})?$" });
        resource.ConfigMap.Data["AllowedHosts"] = resource.Helm.Text(".Values.exposure.host");
        resource.ConfigMap.Data["RateLimits__TrustedProxies__0"] = resource.Helm.TextOrNothing($".Values.{IngressNetwork}");
    });
}
