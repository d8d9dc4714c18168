using System.Collections;
using System.Reflection;
using RagApp.Gateway.Authentication;

namespace RagApp.Tests.Architecture;

/// <summary>
/// All configuration keys: those of the options classes, found through their <c>Section</c> constants, and those that are
/// read without an options class. A segment that is a number or a name chosen by the operator is <c>*</c>.
/// </summary>
internal static class SettingNames
{
    private const string Any = "*";

    /// <summary>Keys of the framework, and keys that the AppHost reads individually.</summary>
    private static readonly string[] WithoutOptions =
    [
        "AllowedHosts", "ConnectionStrings:documents", "ConnectionStrings:redis", "ConnectionStrings:qdrant", "ConnectionStrings:qdrant_http", "Logging:LogLevel:*", "services:*:http:*",
        "Stores:Mode", "Stores:DataPath", "Stores:Documents", "Stores:S3:Endpoint", "Stores:S3:Bucket", "Stores:S3:AccessKey", "Stores:S3:SecretKey", "Stores:S3:Region",
        "Unstructured:Enabled", "Unstructured:Endpoint", "Inference:Model", "Inference:Dimension", "Gateway:Port", "Dashboard:Enabled", "Parameters:*",
    ];

    private static readonly string[] Assemblies =
        ["RagApp.Cache", "RagApp.Dlp", "RagApp.Embedding", "RagApp.Gateway", "RagApp.Ingestion", "RagApp.Models", "RagApp.Query", "RagApp.ServiceDefaults", "RagApp.Storage"];

    public static IReadOnlyList<string[]> All { get; } = [.. WithoutOptions.Concat(OfOptions()).Select(key => key.Split(':'))];

    /// <summary>True when a key, or a section that contains keys, has this name.</summary>
    public static bool Has(string name)
    {
        var segments = name.Split(':');
        return All.Any(key => key.Length >= segments.Length && segments.Index().All(segment => key[segment.Index] == segment.Item || key[segment.Index] == Any));
    }

    private static IEnumerable<string> OfOptions() =>
        from assembly in Assemblies
        from type in Assembly.Load(assembly).GetTypes()
        from section in type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field is { IsLiteral: true } && field.Name.EndsWith("Section", StringComparison.Ordinal))
        from key in KeysOf(type, RootOf(type, section))
        select key;

    /// <summary>
    /// Prefix of the keys of a section. A <c>FurtherSection</c> is a list of named entries, so the name of an entry follows the
    /// section.
    /// </summary>
    private static string RootOf(Type type, FieldInfo section) => (string)section.GetRawConstantValue()! + (section.Name == "FurtherSection" ? $":{Any}" : "");

    private static IEnumerable<string> KeysOf(Type type, string path) => type == typeof(ApiKeyOptions)
        ? KeysOf(typeof(ApiKeyEntry), $"{path}:{Any}")
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property => KeysAt(property.PropertyType, $"{path}:{property.Name}"));

    private static IEnumerable<string> KeysAt(Type type, string path)
    {
        if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type))
            return KeysAt(type.GetGenericArguments()[^1], $"{path}:{Any}");
        return type is { IsClass: true, Namespace: { } space } && space.StartsWith("RagApp", StringComparison.Ordinal) ? KeysOf(type, path) : [path];
    }
}
