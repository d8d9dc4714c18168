using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A default that is public and may stand in the manifest.</summary>
internal sealed class ConstantParameterDefault(Func<string> valueGetter) : ParameterDefault
{
    public override string GetDefaultValue() => valueGetter();

    internal override void WriteToManifest(Utf8JsonWriter writer) => writer.WriteString("value", valueGetter());
}
