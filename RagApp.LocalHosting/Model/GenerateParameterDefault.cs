using System.Security.Cryptography;
using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random value, made once.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ0123456789";
    private const string Marks = "-_.{}~()*+!";

    /// <summary>Length in characters; default 22, which is 128 bits.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether punctuation may be used; default true.</summary>
    public bool Special { get; set; } = true;

    public override string GetDefaultValue() =>
        RandomNumberGenerator.GetString(Special ? Letters + Marks : Letters, MinLength);

    internal override void WriteToManifest(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        if (!Special)
            writer.WriteBoolean("special", false);
        writer.WriteEndObject();
    }
}
