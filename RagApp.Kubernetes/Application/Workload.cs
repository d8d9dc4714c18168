using Aspire.Hosting.ApplicationModel;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Application;

/// <summary>A resource of the application model as the chart deploys it.</summary>
internal sealed record Workload
{
    public required IResource Resource { get; init; }

    /// <summary>Name of the resource, of its Service, and label <c>app</c> of its pods.</summary>
    public required string Name { get; init; }

    public required WorkloadDeployment Deployment { get; init; }

    /// <summary>Image, with Helm's tokens.</summary>
    public required string Image { get; init; }

    public required IReadOnlyList<Port> Ports { get; init; }

    public required IReadOnlyList<Setting> Settings { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Folder of the volume in the container; null without a volume.</summary>
    public required string? VolumePath { get; init; }

    /// <summary>Endpoints of other resources that this one calls.</summary>
    public required IReadOnlyList<Reference> References { get; init; }

    /// <summary>Commands that run by a schedule; null without any.</summary>
    public TaskDeployment? Tasks => Resource.Annotations.OfType<TasksAnnotation>().LastOrDefault()?.Tasks;

    /// <summary>Label <c>app</c>, account and policies of the pods of <see cref="Tasks"/>.</summary>
    public string TasksName => $"{Name}-tasks";

    public string? TasksCondition => Tasks?.EnabledBy is { } value ? $".Values.{value}" : null;

    /// <summary>Settings that are files in the pods of a project: each is one secret, whose changes the program notices.</summary>
    public IEnumerable<Setting> FileSettings => Resource is ProjectResource ? Settings.Where(setting => setting.Whole is { IsFile: true }) : [];

    /// <summary>Endpoints of other resources that the tasks call.</summary>
    public IEnumerable<Reference> TaskReferences => Tasks is { } tasks ? References.Where(reference => tasks.Calls.Contains(reference.Workload)) : [];

    /// <summary>Name of the Deployment or StatefulSet.</summary>
    public string ObjectName => Deployment.Name ?? Name;

    public bool IsStateful => VolumePath is not null;

    /// <summary>True for a store of several pods, which talk to each other.</summary>
    public bool HasPeers => IsStateful && Deployment.Pods.Most > 1;

    public string HeadlessName => $"{Name}-headless";

    public string SettingsName => $"{Name}-config";

    /// <summary>Expression of a value of this workload.</summary>
    public string Value(string name) => $".Values.{PathOf(Name)}.{name}";

    /// <summary>Condition under which the chart has this workload; null for always.</summary>
    public string? Condition => Deployment.MayBeExternal ? $"not {Value("externalHost")}" : null;

    /// <summary>Port with metrics; null without them.</summary>
    public Port? Metrics => Ports.FirstOrDefault(port => port.Name == Deployment.MetricsEndpoint);

    /// <summary>True when people outside of the cluster reach it.</summary>
    public bool IsExternal => Ports.Any(port => port.IsExternal);

    /// <summary>Path of the values of a resource.</summary>
    public static string PathOf(string name) => $"workloads.{ChartValues.KeyOf(name)}";
}

/// <summary>A port of a workload, named after its endpoint.</summary>
internal sealed record Port(string Name, int Number, bool IsExternal);

/// <summary>A workload and a port of it that another one calls.</summary>
internal sealed record Reference(string Workload, string Port);

/// <summary>An environment variable: <c>$(VARIABLE)</c> in its value stands for a secret of that name.</summary>
internal sealed record Setting(string Name, string Value, IReadOnlyList<SecretKey> Secrets)
{
    /// <summary>The secret that the whole value is; null when the value has other characters.</summary>
    public SecretKey? Whole => Secrets is [var only] && Value == only.Placeholder ? only : null;
}

/// <summary>A key of a Secret, and the environment variable that holds it.</summary>
internal sealed record SecretKey(string Variable, string Secret, string Key, bool IsOptional)
{
    public string Placeholder => $"$({Variable})";

    /// <summary>True when projects get it as a file.</summary>
    public bool IsFile { get; init; }
}
