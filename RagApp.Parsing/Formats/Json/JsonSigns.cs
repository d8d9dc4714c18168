using System.Text;
using System.Text.Json;

namespace RagApp.Parsing.Formats.Json;

/// <summary>Tells JSON and JSON Lines from other text: the sample must parse as JSON.</summary>
internal static class JsonSigns
{
    private static readonly JsonReaderOptions Tolerant = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowMultipleValues = true,
        MaxDepth = int.MaxValue,
    };

    /// <param name="named">True when the file's name also says that it is JSON.</param>
    public static bool AreIn(string text, bool named)
    {
        var start = text.AsSpan().TrimStart();
        return !start.IsEmpty && start[0] is '{' or '[' && (named || ReadsAsJson(text));
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
