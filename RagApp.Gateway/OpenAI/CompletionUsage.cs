using System.Text;
using System.Text.Json;
using RagApp.Models.Tokens;

namespace RagApp.Gateway.OpenAI;

/// <summary>The tokens of one chat completion: those that the provider reports, or those counted so far.</summary>
internal sealed class CompletionUsage(TokenCounter counter)
{
    private readonly StringBuilder _text = new();

    /// <summary>True once the provider has sent something of an answer.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Tokens of prompt and answer as reported; null when none were.</summary>
    public (long Input, long Output)? Reported { get; private set; }

    public long CountedOutput => counter.Count(_text.ToString());

    /// <summary>Reads an answer, or one piece of a stream.</summary>
    /// <returns>True for a piece of a stream that has the usage and nothing of an answer.</returns>
    public bool Observe(ReadOnlyMemory<byte> json)
    {
        HasBegun = true;
        try
        {
            using var document = JsonDocument.Parse(json);
            var piece = document.RootElement;
            if (piece.ValueKind != JsonValueKind.Object)
                return false;
            var hasUsage = piece.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object;
            if (hasUsage)
                Reported = (NumberOf(usage, "prompt_tokens"), NumberOf(usage, "completion_tokens"));
            if (!piece.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array)
                return false;
            foreach (var choice in choices.EnumerateArray())
                Add(choice);
            return hasUsage && choices.GetArrayLength() == 0;
        }
        catch (JsonException)
        {
            return false; // passed on as it is; the reader of the answer says what is wrong with it
        }
    }

    private void Add(JsonElement choice)
    {
        if (choice.ValueKind == JsonValueKind.Object && (choice.TryGetProperty("delta", out var part) || choice.TryGetProperty("message", out part)))
            AddTexts(part);
    }

    private void AddTexts(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _text.Append(json.GetString());
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    AddTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var field in json.EnumerateObject().Where(field => field.Name is not ("role" or "id" or "type")))
                    AddTexts(field.Value);
                break;
        }
    }

    private static long NumberOf(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? Math.Max(0, number) : 0;
}
