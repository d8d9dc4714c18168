using Aspire.Hosting.ApplicationModel;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;
using RagApp.Kubernetes.Objects;

namespace RagApp.Kubernetes;

/// <summary>A chart while it is made: its values, and its objects by concern.</summary>
internal sealed class Chart
{
    private readonly List<ChartTemplate> _templates = [];
    private readonly List<SecretKey> _secrets = [];
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    public Chart(ChartOptions options)
    {
        Options = options;
        CommonValues.AddTo(Values, options);
        Namespace = Helm.Text(".Values.namespace.name");
    }

    public ChartOptions Options { get; }

    public HelmExpressions Helm { get; } = new();

    public ChartValues Values { get; } = new();

    public IReadOnlyList<ChartTemplate> Templates => _templates;

    /// <summary>The namespace of all objects.</summary>
    public string Namespace { get; }

    public IReadOnlyList<Workload> Workloads { get; private set; } = [];

    /// <summary>Keys of all Secrets that the application uses.</summary>
    public IEnumerable<SecretKey> Secrets => _secrets;

    /// <summary>Labels of every object.</summary>
    public Dictionary<string, string> LabelsOf(string component) => new(StringComparer.Ordinal)
    {
        ["app"] = component,
        ["app.kubernetes.io/name"] = component,
        ["app.kubernetes.io/instance"] = Helm.Text(".Release.Name"),
        ["app.kubernetes.io/part-of"] = Options.Name,
        ["app.kubernetes.io/managed-by"] = Helm.Text(".Release.Service"),
    };

    public void AddWorkloadValues(string name, WorkloadDeployment deployment) => WorkloadValues.AddTo(Values, Workload.PathOf(name), deployment);

    /// <summary>Host under which a resource is called: its Service, or a server outside of the chart.</summary>
    public string HostOf(IResource resource) => WorkloadReader.DeploymentOf(resource).MayBeExternal
        ? Helm.Text($".Values.{Workload.PathOf(resource.Name)}.externalHost | default \"{resource.Name}\"")
        : resource.Name;

    /// <summary>Expression of the value that a parameter becomes.</summary>
    public string ParameterValue(ParameterResource parameter)
    {
        if (_parameters.TryGetValue(parameter.Name, out var known))
            return known;
        var annotation = parameter.Annotations.OfType<ValueAnnotation>().LastOrDefault();
        return _parameters[parameter.Name] = Values.Add(
            $"parameters.{ChartValues.KeyOf(parameter.Name)}",
            annotation?.Default ?? "", annotation?.Description ?? parameter.Description ?? $"Parameter {parameter.Name}.");
    }

    public SecretKey SecretOf(ParameterResource parameter)
    {
        var place = parameter.Annotations.OfType<SecretAnnotation>().LastOrDefault() ?? new SecretAnnotation(parameter.Name, "value", IsOptional: false, IsFile: false);
        return Use(new SecretKey(parameter.Name.ToUpperInvariant().Replace('-', '_'), place.Secret, place.Key, place.IsOptional) { IsFile = place.IsFile });
    }

    /// <summary>Notes that the application uses the key.</summary>
    public SecretKey Use(SecretKey secret)
    {
        if (!_secrets.Contains(secret))
            _secrets.Add(secret);
        return secret;
    }

    /// <summary>Makes all objects.</summary>
    public void Fill(IReadOnlyList<Workload> workloads)
    {
        Workloads = workloads;
        _templates.AddRange(Namespaces.Of(this));
        _templates.AddRange(Quotas.Of(this));
        _templates.AddRange(Priorities.Of(this));
        foreach (var workload in workloads)
        {
            _templates.AddRange(WorkloadObjects.Of(this, workload));
            _templates.AddRange(ScheduledTasks.Of(this, workload));
        }
        _templates.AddRange(ExternalSecrets.Of(this));
        _templates.AddRange(NetworkPolicies.Of(this));
        _templates.AddRange(Exposures.Of(this));
        _templates.AddRange(Meshes.Of(this));
        _templates.AddRange(Monitors.Of(this));
        _templates.AddRange(Connectivity.Of(this));
    }
}
