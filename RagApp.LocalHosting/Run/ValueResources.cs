using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>Parameters and connection strings run nothing; they are shown with their values, which are secrets until asked for.</summary>
internal static class ValueResources
{
    public static void Publish(DistributedApplicationModel model, RunServices services)
    {
        foreach (var resource in model.Resources)
        {
            ResourceProperty? value = resource switch
            {
                ParameterResource parameter => new("Value", parameter.Value, parameter.Secret),
                ConnectionStringResource connection => new("resource.connectionString", new ConnectionStringReference(connection).Resolve(0), IsSensitive: true),
                _ => null,
            };
            if (value is null)
                continue;

            services.Store.Publish(new ResourceSnapshot
            {
                Name = resource.Name,
                ResourceName = resource.Name,
                Type = resource is ParameterResource ? "Parameter" : "ConnectionString",
                CreatedAt = services.Time.GetUtcNow(),
                State = ResourceState.Running,
                Properties = [value],
                Relationships = ResourceFacts.RelationshipsOf(resource),
            });
        }
    }
}
