namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment of one resource while its callbacks fill it; values are text or <see cref="IModelValue"/>.</summary>
internal sealed class EnvironmentContext
{
    public Dictionary<string, object> Variables { get; } = new(StringComparer.Ordinal);
}
