using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The instances of this run, filled before any of them starts.</summary>
internal sealed class InstanceRegistry
{
    private readonly List<ResourceInstance> _instances = [];

    public IReadOnlyList<ResourceInstance> All => _instances;

    public void Add(IEnumerable<ResourceInstance> instances) => _instances.AddRange(instances);

    public IEnumerable<ResourceInstance> Of(ProjectResource project) => _instances.Where(i => i.Project == project);

    public ResourceInstance? Find(string instanceName) => _instances.Find(i => i.Name == instanceName);
}
