namespace RagApp.Kubernetes;

/// <summary>Settings of a chart that are not in the application model.</summary>
public sealed class ChartOptions
{
    /// <summary>Stands for the namespace in alerts and dashboards.</summary>
    public const string NamespacePlaceholder = "NAMESPACE";

    /// <summary>Name of the chart, in the labels of its objects and in its example host.</summary>
    public string Name { get; set; } = "application";

    /// <summary>Version of the chart and, unless a value says otherwise, tag of the application's images.</summary>
    public string Version { get; set; } = "0.1.0";

    public string Description { get; set; } = "A distributed application.";

    /// <summary>Default namespace.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>Name of the policies that allow nothing, beside which all others are exceptions.</summary>
    public string DenyingPolicy { get; set; } = "zero-trust";

    /// <summary>
    /// Environment variable that tells a project the folder of its secret files, such as <c>SecretFiles__Folder</c>. A file has the name
    /// of the environment variable in whose place it stands, and changes with the Secret.
    /// </summary>
    public string SecretFolderVariable { get; set; } = "SECRET_FOLDER";

    /// <summary>Text that Helm prints after an installation, a Helm template.</summary>
    public string Notes { get; set; } = "";

    /// <summary>Further files of the chart, such as values for a region: text by path relative to the chart.</summary>
    public IDictionary<string, string> Files { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Rules for the Prometheus operator.</summary>
    public IList<Alert> Alerts { get; } = [];

    /// <summary>Grafana dashboards: JSON by file name.</summary>
    public IDictionary<string, string> Dashboards { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal string ChartFile() => $"""
        apiVersion: v2
        name: {Name}
        description: {Description}
        type: application
        version: {Version}
        appVersion: "{Version}"
        kubeVersion: ">=1.30.0-0"

        """;
}

/// <summary>An alert of Prometheus.</summary>
/// <param name="Name">Name in Pascal case; the runbook is found under it.</param>
/// <param name="Expression">PromQL that returns a series while something is wrong.</param>
/// <param name="For">How long it must be wrong, a duration of Prometheus.</param>
/// <param name="Severity"><c>critical</c> wakes somebody, <c>warning</c> waits for the morning.</param>
/// <param name="Summary">One sentence that says what people notice; may use Prometheus' templates.</param>
public sealed record Alert(string Name, string Expression, string For, string Severity, string Summary);
