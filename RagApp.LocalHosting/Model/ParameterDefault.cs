using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a parameter's value comes from when configuration has none.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();

    /// <summary>Writes the member of the manifest's <c>default</c> object; never a secret's value.</summary>
    internal abstract void WriteToManifest(Utf8JsonWriter writer);
}
