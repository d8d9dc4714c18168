using System.Globalization;
using Aspire.Hosting.Dashboard.Wire;
using Aspire.Hosting.Run;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>A snapshot as the dashboard reads it.</summary>
internal static class WireResource
{
    public static Resource From(ResourceSnapshot snapshot)
    {
        var resource = new Resource
        {
            Name = snapshot.Name,
            Uid = snapshot.Name,
            DisplayName = snapshot.ResourceName,
            ResourceType = snapshot.Type,
            State = snapshot.State.ToString(),
            CreatedAt = Timestamp.FromDateTimeOffset(snapshot.CreatedAt),
            StartedAt = snapshot.StartedAt is { } started ? Timestamp.FromDateTimeOffset(started) : null,
            StoppedAt = snapshot.StoppedAt is { } stopped ? Timestamp.FromDateTimeOffset(stopped) : null,
        };
        if (snapshot.State is ResourceState.Exited or ResourceState.FailedToStart)
            resource.StateStyle = "error";
        resource.Commands.AddRange(ResourceCommands.Of(snapshot));
        resource.Environment.AddRange(snapshot.Environment.Select(v => new EnvironmentVariable { Name = v.Key, Value = v.Value, IsFromSpec = true }));
        resource.Properties.AddRange(PropertiesOf(snapshot));
        resource.Urls.AddRange(snapshot.Urls.Select(u => Url(u, isInactive: snapshot.State != ResourceState.Running)));
        resource.HealthReports.AddRange(snapshot.HealthReports.Select(Report));
        resource.Relationships.AddRange(snapshot.Relationships.Select(r => new Wire.ResourceRelationship { ResourceName = r.ResourceName, Type = r.Type }));
        return resource;
    }

    private static IEnumerable<Wire.ResourceProperty> PropertiesOf(ResourceSnapshot snapshot)
    {
        var properties = snapshot.Properties.ToList();
        if (snapshot.ProcessId is { } processId)
            properties.Add(new("executable.pid", processId.ToString(CultureInfo.InvariantCulture)));
        if (snapshot.ExitCode is { } exitCode)
            properties.Add(new("resource.exitCode", exitCode.ToString(CultureInfo.InvariantCulture)));
        return properties.Select(p => new Wire.ResourceProperty { Name = p.Name, Value = Value.ForString(p.Value), IsSensitive = p.IsSensitive });
    }

    private static Url Url(ResourceUrl url, bool isInactive) => new()
    {
        EndpointName = url.EndpointName,
        FullUrl = url.Url,
        IsInactive = isInactive,
        DisplayProperties = new UrlDisplayProperties(),
    };

    private static Wire.HealthReport Report(Run.HealthReport report)
    {
        var wire = new Wire.HealthReport
        {
            Key = report.Key,
            Description = report.Description,
            LastRunAt = report.LastRunAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        };
        if (report.IsHealthy is { } healthy)
            wire.Status = healthy ? HealthStatus.Healthy : HealthStatus.Unhealthy;
        return wire;
    }
}
