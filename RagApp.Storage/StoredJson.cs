using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage;

/// <summary>JSON options of stored records: camelCase, without nulls.</summary>
internal static class StoredJson
{
    /// <summary>
    /// New options that do not escape letters of any script: no record is shown in a web page, and escapes take three times the
    /// space.
    /// </summary>
    public static JsonSerializerOptions NewOptions() => new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
