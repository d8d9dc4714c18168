using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps a generated value in the AppHost's user secrets, so that it is the same at the next start.</summary>
internal sealed class UserSecretsParameterDefault(UserSecrets secrets, string parameterName, ParameterDefault inner) : ParameterDefault
{
    public override string GetDefaultValue() => secrets.GetOrAdd($"Parameters:{parameterName}", inner.GetDefaultValue);

    internal override void WriteToManifest(Utf8JsonWriter writer) => inner.WriteToManifest(writer);
}
