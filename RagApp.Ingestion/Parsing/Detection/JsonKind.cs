using System.Text;
using System.Text.Json;

namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>JSON and JSON Lines: what reads as JSON as far as it was looked at.</summary>
internal static class JsonKind
{
    private static readonly JsonReaderOptions Tolerant = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowMultipleValues = true,
        MaxDepth = int.MaxValue,
    };

    public static string? Detect(string text, string ending)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty || start[0] is not ('{' or '['))
            return null;
        return ending is ".JSON" or ".JSONL" or ".NDJSON" || ReadsAsJson(text) ? MediaTypes.Json : null;
    }

    private static bool ReadsAsJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, new JsonReaderState(Tolerant));
            var tokens = 0;
            while (reader.Read())
                tokens++;
            return tokens > 2;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
